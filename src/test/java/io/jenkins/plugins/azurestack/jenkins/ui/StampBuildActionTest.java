package io.jenkins.plugins.azurestack.jenkins.ui;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import io.jenkins.plugins.azurestack.wiring.Starters;
import java.util.List;
import java.util.Set;
import org.junit.Test;

public class StampBuildActionTest {
    @Test
    public void whoStartedABuildThroughBuildsOfOtherJobsStartedItToo() {
        final Cause olga = new By("olga");
        final Cause timer = new Cause() {};

        assertThat(StampBuildAction.starters(List.of(timer))).isEqualTo(Starters.of(Set.of()));
        assertThat(StampBuildAction.starters(List.of(timer, olga, new By(null))))
                .isEqualTo(Starters.of(Set.of("olga")));
        assertThat(StampBuildAction.starters(List.of(new Upstream(List.of(timer, new Upstream(List.of(olga)))))))
                .isEqualTo(Starters.of(Set.of("olga")));
    }

    @Test
    public void whoStartedALongerChainThanJenkinsKeepsIsNotKnown() {
        final Cause cutOff = new Cause.UpstreamCause.DeeplyNestedUpstreamCause();

        assertThat(StampBuildAction.starters(
                        List.of(new By("olga"), new Upstream(List.of(new Upstream(List.of(cutOff)))))))
                .isEqualTo(new Starters(Set.of("olga"), false));
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
