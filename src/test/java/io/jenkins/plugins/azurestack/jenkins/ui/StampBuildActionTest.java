package io.jenkins.plugins.azurestack.jenkins.ui;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import java.util.List;
import org.junit.Test;

public class StampBuildActionTest {
    @Test
    public void whoStartedABuildThroughBuildsOfOtherJobsStartedItToo() {
        final Cause olga = new By("olga");
        final Cause timer = new Cause() {};

        assertThat(StampBuildAction.users(List.of(timer))).isEmpty();
        assertThat(StampBuildAction.users(List.of(timer, olga, new By(null)))).containsExactly("olga");
        assertThat(StampBuildAction.users(List.of(new Upstream(List.of(timer, new Upstream(List.of(olga)))))))
                .containsExactly("olga");
    }

    private static final class By extends Cause.UserIdCause {
        private final String user;

        By(final String user) {
            this.user = user;
        }

        @Override
        public String getUserId() {
            return user;
        }
    }

    private static final class Upstream extends Cause.UpstreamCause {
        private final List<Cause> causes;

        Upstream(final List<Cause> causes) {
            super(null);
            this.causes = causes;
        }

        @Override
        public List<Cause> getUpstreamCauses() {
            return causes;
        }
    }
}
