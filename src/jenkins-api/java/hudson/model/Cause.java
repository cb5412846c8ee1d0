package hudson.model;

import java.util.List;

public abstract class Cause {
    public Cause() {}

    public static class UserIdCause extends Cause {
        public UserIdCause() {}

        public String getUserId() {
            throw new UnsupportedOperationException();
        }
    }

    public static class UpstreamCause extends Cause {
        public UpstreamCause(Run<?, ?> up) {}

        public List<Cause> getUpstreamCauses() {
            throw new UnsupportedOperationException();
        }

        public static class DeeplyNestedUpstreamCause extends Cause {
            public DeeplyNestedUpstreamCause() {}
        }
    }
}
