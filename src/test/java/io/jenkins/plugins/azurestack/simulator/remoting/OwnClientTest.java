package io.jenkins.plugins.azurestack.simulator.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.psrp.PipelineResult;
import io.jenkins.plugins.azurestack.powershell.psrp.RunspacePool;
import io.jenkins.plugins.azurestack.powershell.psrp.RunspacePoolBuilder;
import java.time.Duration;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** The plugin's own client and the simulated endpoint, which share nothing but proven codecs, over loopback. */
public class OwnClientTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Rule
    public final Timeout limit = Timeout.seconds(120);

    private RunningEndpoint server;

    @Before
    public void listen() throws Exception {
        server = new RunningEndpoint();
    }

    @After
    public void stopListening() throws Exception {
        server.close();
    }

    @Test
    public void aCommandRunsOverSealedHttp() throws Exception {
        try (PasswordCredentials user = RunningEndpoint.user()) {
            aCommandRuns(server.client(user));
        }
    }

    private void aCommandRuns(final RunspacePoolBuilder client) throws Exception {
        try (RunspacePool pool = client.open()) {
            final PipelineResult result =
                    pool.command("Get-Greeting").parameter("Name", "World").run(LIMIT);

            assertThat(result.succeeded()).isTrue();
            assertThat(result.output()).extracting(PsValue::asString).containsExactly("Hello World");
        }
    }
}
