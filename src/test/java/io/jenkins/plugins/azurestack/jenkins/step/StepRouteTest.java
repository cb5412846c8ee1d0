package io.jenkins.plugins.azurestack.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.ListenableFuture;
import hudson.model.Computer;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.azurestack.net.DirectNetwork;
import io.jenkins.plugins.azurestack.share.Protection;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.wiring.Route;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.junit.Test;

/** Which way a step's connections take. */
public class StepRouteTest {
    /** Inside {@code node} or not. */
    private static final class Surroundings extends StepContext {
        private static final long serialVersionUID = 1L;

        private final transient Computer computer;

        Surroundings(final Computer computer) {
            this.computer = computer;
        }

        @Override
        public <T> T get(final Class<T> key) {
            return key == Computer.class ? key.cast(computer) : null;
        }

        @Override
        public void onSuccess(final Object result) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void onFailure(final Throwable failure) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ListenableFuture<Void> saveState() {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Near extends Computer {
        Near() {
            super(null);
        }

        @Override
        public String getName() {
            return "near-the-stamp";
        }

        @Override
        public VirtualChannel getChannel() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getDisplayName() {
            return getName();
        }
    }

    @Test
    public void fromTheControllerItIsDirectInsideNodeToo() throws Exception {
        for (final Computer computer : new Computer[] {null, new Near()}) {
            final StepRoute chosen = StepRoute.of(Via.CONTROLLER, new Surroundings(computer));
            final Route route = chosen.open(null, Duration.ofSeconds(1), null);
            assertThat(route.network()).isInstanceOf(DirectNetwork.class);
            assertThat(route.from()).isEqualTo("the Jenkins controller");
            assertThat(route.protection()).isEqualTo(Protection.SIGNED);
            assertThat(chosen.waiting()).isEmpty();
        }
    }

    @Test
    public void anAgentIsNeededOnlyWhereItIsAskedFor() {
        assertThatThrownBy(() -> StepRoute.of(Via.AGENT, new Surroundings(null)))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("via: 'agent' is for a step inside node")
                .hasMessageContaining("Nothing was done");
    }

    @Test
    public void ofAnAgentOnlyTheNameLasts() throws Exception {
        final StepRoute chosen = StepRoute.of(Via.AGENT, new Surroundings(new Near()));
        final ByteArrayOutputStream saved = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(saved)) {
            out.writeObject(chosen);
        }
        assertThat(saved.toString(StandardCharsets.ISO_8859_1)).contains("near-the-stamp");
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(saved.toByteArray()))) {
            assertThat(in.readObject()).isInstanceOf(StepRoute.class);
        }
    }
}
