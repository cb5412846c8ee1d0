package io.jenkins.plugins.azurestack.simulator.remoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.RemotingException;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.psrp.Pipeline;
import io.jenkins.plugins.azurestack.powershell.psrp.PipelineGoneException;
import io.jenkins.plugins.azurestack.powershell.psrp.RunspacePool;
import io.jenkins.plugins.azurestack.powershell.psrp.StartUnknownException;
import io.jenkins.plugins.azurestack.powershell.wsman.OutcomeUnknownException;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Ledger.Call;
import io.jenkins.plugins.azurestack.simulator.world.Ledger.Service;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import java.time.Duration;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Each fault that an endpoint can be told to have, and what is in the ledger afterwards. */
public class EndpointFaultsTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Rule
    public final Timeout limit = Timeout.seconds(120);

    private RunningEndpoint server;
    private PasswordCredentials user;

    @Before
    public void listen() throws Exception {
        server = new RunningEndpoint();
        user = RunningEndpoint.user();
    }

    @After
    public void stopListening() throws Exception {
        user.close();
        server.close();
    }

    private List<String> outcomes(final String operation) {
        return server.ledger.calls(Service.WSMAN, operation).stream()
                .map(Call::outcome)
                .toList();
    }

    @Test
    public void aSessionThatDropsTakesItsPipelineAlong() throws Exception {
        final RunspacePool pool = server.client(user).open();
        final Pipeline pipeline = pool.command("Wait-Signal").start();
        server.cmdlets.waiting.await();
        server.faults.arm(Fault.SESSION_DROP, Moment.at("Receive"));
        server.cmdlets.signals.release();

        assertThatThrownBy(() -> pipeline.await(LIMIT)).isInstanceOf(PipelineGoneException.class);
        pool.close();
        assertThat(outcomes("Create")).containsExactly("done");
        assertThat(outcomes("Receive")).contains("no-such-shell");
    }

    @Test
    public void aStartWhoseAnswerIsLostHasBegunOnce() throws Exception {
        server.faults.arm(Fault.ANSWER_LOST, Moment.at("Get-Greeting"));
        try (RunspacePool pool = server.client(user).open()) {
            assertThatThrownBy(
                            () -> pool.command("Get-Greeting").argument("you").run(LIMIT))
                    .isInstanceOf(StartUnknownException.class);
            while (server.ledger.calls(Service.CMDLET).isEmpty()) {
                Thread.onSpinWait();
            }
        }
        assertThat(outcomes("Command")).containsExactly("done");
        assertThat(server.ledger.calls(Service.CMDLET, "Get-Greeting"))
                .singleElement()
                .matches(Call::isDone);
    }

    @Test
    public void aRequestThatIsResetHasNoEffect() throws Exception {
        server.faults.arm(Fault.RESET, Moment.at("Create"));

        assertThatThrownBy(() -> server.client(user).open()).isInstanceOf(OutcomeUnknownException.class);
        assertThat(outcomes("Create")).containsExactly("reset");
        assertThat(outcomes("Delete")).allMatch("no-such-shell"::equals);
    }

    @Test
    public void anAnswerThatIsCutOffIsNoAnswer() throws Exception {
        server.faults.arm(Fault.TRUNCATED, Moment.at("Create"));

        assertThatThrownBy(() -> server.client(user).open()).isInstanceOf(OutcomeUnknownException.class);
        assertThat(outcomes("Create")).containsExactly("done");
    }

    @Test
    public void anAnswerThatDripsArrives() throws Exception {
        server.faults.arm(Fault.SLOW_DRIP, Moment.at("Get-Greeting"));
        try (RunspacePool pool = server.client(user).open()) {
            assertThat(pool.command("Get-Greeting").argument("you").run(LIMIT).output())
                    .extracting(PsValue::asString)
                    .containsExactly("Hello you");
        }
    }

    @Test
    public void anEndpointThatIsDownAcceptsNothingUntilItIsUpAgain() throws Exception {
        server.faults.arm(Fault.ENDPOINT_DOWN, Moment.always(RunningEndpoint.ADDRESS));
        assertThatThrownBy(() -> server.client(user).open()).isInstanceOf(RemotingException.class);
        assertThat(server.ledger.entries()).isEmpty();

        server.faults.clear(Fault.ENDPOINT_DOWN);
        server.client(user).open().close();
        assertThat(outcomes("Create")).containsExactly("done");
    }

    @Test
    public void anotherEndpointsFaultsAreNotThisOnes() throws Exception {
        server.faults.arm(Fault.ENDPOINT_DOWN, Moment.always("10.30.0.226"));
        server.faults.arm(Fault.RESET, Moment.always("10.30.0.226"));

        server.client(user).open().close();
        assertThat(outcomes("Create")).containsExactly("done");
    }
}
