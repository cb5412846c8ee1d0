package io.jenkins.plugins.azurestack.powershell.psrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.clixml.PsSecureString;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.psrp.FakePowerShell.Cut;
import io.jenkins.plugins.azurestack.powershell.wsman.LogonRefusedException;
import io.jenkins.plugins.azurestack.powershell.wsman.LoopbackEndpoint;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** All layers together: pools and pipelines over HTTP on loopback, every message sealed. */
public class LoopbackTest {
    @Rule
    public final Timeout limit = Timeout.seconds(60);

    private final FakePowerShell server = new FakePowerShell();
    private LoopbackEndpoint endpoint;

    @Before
    public void listen() throws Exception {
        endpoint = LoopbackEndpoint.sealed(server.channel());
    }

    @After
    public void stopListening() throws Exception {
        endpoint.close();
    }

    private RunspacePoolBuilder client(PasswordCredentials credentials) {
        return RunspacePool.at(endpoint.address(), FakePowerShell.CONFIGURATION)
                .credentials(credentials)
                .connector((host, port, timeout) -> new Socket(host, port))
                .pauses((duration, closed) -> {});
    }

    @Test
    public void aSecretReachesItsCommand() throws Exception {
        server.on("Set-Secret", running -> running.output("ok").complete());
        try (PasswordCredentials user = LoopbackEndpoint.credentials();
                RunspacePool pool = client(user).open();
                PsSecureString secret = PsSecureString.of("hunter2".toCharArray())) {
            PipelineResult result =
                    pool.command("Set-Secret").parameter("Value", secret).run(Duration.ofMinutes(1));

            assertThat(result.succeeded()).isTrue();
        }
        assertThat(endpoint.logons()).as("one for receiving, one for the rest").isEqualTo(2);
    }

    @Test
    public void nothingOfASecretIsLoggedOrThrownAtAnyLevel() throws Exception {
        List<String> said = new ArrayList<>();
        Handler ear = new Handler() {
            @Override
            public synchronized void publish(LogRecord line) {
                said.add(new SimpleFormatter().format(line));
            }

            @Override
            public void flush() {
                // nothing is held back
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        Logger remoting = Logger.getLogger("io.jenkins.plugins.azurestack.powershell");
        remoting.setLevel(Level.ALL);
        ear.setLevel(Level.ALL);
        remoting.addHandler(ear);
        server.on("Set-Secret", running -> running.fail("Refused", "the password is too short"));
        server.cut("Delete", Cut.ANSWER_LOST);
        try (PasswordCredentials user = LoopbackEndpoint.credentials();
                PasswordCredentials share = new PasswordCredentials("share", "canary-1".toCharArray());
                PsSecureString secret = PsSecureString.of("canary-2".toCharArray());
                RunspacePool pool = client(user).open()) {
            Throwable failure = catchThrowable(() -> pool.command("Set-Secret")
                    .parameter("Value", secret)
                    .parameter("Plain", "canary-3")
                    .parameter("Credential", share)
                    .run());
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            said.add(trace.toString());
        } finally {
            remoting.removeHandler(ear);
            remoting.setLevel(null);
        }
        assertThat(said).as("the failure, and the lost answer to Delete").hasSizeGreaterThan(1);
        assertThat(said).allSatisfy(line -> assertThat(line).doesNotContain("canary", "Pa55"));
    }

    @Test
    public void aWrongPasswordIsRefusedOnceAndForAll() {
        try (PasswordCredentials user = new PasswordCredentials("AzureStack\\CloudAdmin", "wrong".toCharArray())) {
            assertThatThrownBy(() -> client(user).open()).isInstanceOf(LogonRefusedException.class);
        }
        assertThat(endpoint.logons()).isEqualTo(1);
    }

    @Test
    public void aRotationIsLeftFoundAgainByAnotherSessionAndFollowedThroughLostConnections() throws Exception {
        List<DetachedPipeline> journal = new ArrayList<>();
        server.on("Start-SecretRotation", running -> running.output("step 1"));
        try (PasswordCredentials user = LoopbackEndpoint.credentials()) {
            Pipeline pipeline = client(user)
                    .open()
                    .command("Start-SecretRotation")
                    .listener(new PipelineListener() {
                        @Override
                        public void starting(DetachedPipeline ids) {
                            journal.add(ids);
                        }
                    })
                    .start();
            server.awaitCount("silent Receive pipeline", 1);
            DetachedPipeline ids = pipeline.detach().orElseThrow();
            assertThat(ids.commandId()).isEqualTo(journal.get(0).commandId());
            server.onlyShell().session = "uuid:LOST";
            server.cut("Receive pipeline", Cut.NONE, Cut.REQUEST_VANISHED, Cut.REFUSED);
            server.onlyPipeline().output("step 2").output("step 3").complete();

            Pipeline again = client(user).reattach(ids, PipelineListener.NONE);
            PipelineResult result = again.await();
            again.pool().close();

            assertThat(result.succeeded()).isTrue();
            assertThat(result.output()).extracting(PsValue::asString).containsExactly("step 2", "step 3");
        }
        assertThat(server.count("Command")).isEqualTo(1);
        assertThat(server.ledger).containsSubsequence("Disconnect", "Reconnect", "Connect pool", "Connect pipeline");
        assertThat(server.ledger).noneMatch(line -> line.contains("crtl_c"));
        assertThat(server.shells).isEmpty();
    }

    @Test
    public void closingEndsAPendingReceiveAtOnce() throws Exception {
        server.on("Wait-Job", running -> {});
        try (PasswordCredentials user = LoopbackEndpoint.credentials()) {
            RunspacePool pool = client(user).open();
            Pipeline pipeline = pool.command("Wait-Job").start();
            server.awaitCount("silent Receive pipeline", 1);

            pool.close();

            assertThatThrownBy(pipeline::await).isInstanceOf(PipelineDetachedException.class);
        }
        assertThat(server.count("Delete")).isZero();
        assertThat(server.count("Disconnect")).isEqualTo(1);
    }
}
