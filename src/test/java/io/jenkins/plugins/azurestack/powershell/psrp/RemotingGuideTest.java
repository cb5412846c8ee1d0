package io.jenkins.plugins.azurestack.powershell.psrp;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.powershell.Connector;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.RemotingException;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.wsman.LoopbackEndpoint;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManEndpoint;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** The examples of {@code docs/powershell-remoting.md}: they compile, they run, and they are what the page shows. */
public class RemotingGuideTest {
    private static final Path GUIDE = Path.of("docs/powershell-remoting.md");
    private static final Path THIS = Path.of(
            "src/test/java/io/jenkins/plugins/azurestack/powershell/psrp",
            RemotingGuideTest.class.getSimpleName() + ".java");
    private static final int EXAMPLES = 3;

    @Rule
    public final Timeout limit = Timeout.seconds(60);

    private final FakePowerShell server = new FakePowerShell();
    private final List<String> console = new ArrayList<>();
    private Map<String, String> journal;

    private void print(String line) {
        console.add(line);
    }

    private RunspacePoolBuilder open(WsManEndpoint endpoint, PasswordCredentials cloudAdmin, Connector network)
            throws RemotingException, InterruptedException {
        // example: open
        // $session = New-PSSession -ComputerName ercs01 -ConfigurationName PrivilegedEndpoint -Credential $cloudAdmin
        RunspacePoolBuilder session = RunspacePool.at(endpoint, "PrivilegedEndpoint")
                .credentials(cloudAdmin)
                .connector(network);
        try (RunspacePool pool = session.open()) {
            // Test-AzureStack -Include AzsControlPlane, AzsInfraRoleSummary -Debug | Out-String -Stream
            PipelineResult result = pool.command("Test-AzureStack")
                    .parameter("Include", List.of("AzsControlPlane", "AzsInfraRoleSummary"))
                    .withSwitch("Debug")
                    .pipeTo("Out-String")
                    .withSwitch("Stream")
                    .run(Duration.ofHours(1));
            for (PsValue line : result.output()) {
                print(line.asString());
            }
            if (!result.succeeded()) {
                print("wrote errors, or may be incomplete: " + result.errors() + result.gaps());
            }
        }
        // end of example
        return session;
    }

    private void leave(RunspacePoolBuilder session, PasswordCredentials shareUser)
            throws RemotingException, InterruptedException {
        // example: leave
        PipelineListener listener = new PipelineListener() {
            @Override
            public void starting(DetachedPipeline ids) {
                journal = ids.toMap(); // before the request leaves: a crash from here on loses nothing
            }

            @Override
            public void output(PsValue value) {
                print(value.asString());
            }

            @Override
            public void gap(OutputGap gap) {
                print("something may be missing here: " + gap);
            }
        };
        try (RunspacePool pool = session.open()) {
            Pipeline rotation = pool.command("Start-SecretRotation")
                    .parameter("PathAccessCredential", shareUser) // encrypted once more, under a key of the session
                    .listener(listener)
                    .start();
            rotation.detach().ifPresent(ids -> journal = ids.toMap()); // neither stopped nor closed: it runs on
        }
        // end of example
    }

    private void comeBack(RunspacePoolBuilder session, PipelineListener listener)
            throws RemotingException, InterruptedException {
        // example: come back
        Pipeline rotation = session.reattach(DetachedPipeline.fromMap(journal), listener);
        try {
            PipelineResult result = rotation.await(Duration.ofHours(6));
            print(result.state() + (result.isComplete() ? "" : ", and not all of its output is here"));
        } catch (PipelineStillRunningException e) {
            print("still running");
        } finally {
            rotation.pool().close(); // gives the session back, or leaves it again while the rotation runs
        }
        // end of example
    }

    @Test
    public void theExamplesRun() throws Exception {
        server.on("Test-AzureStack", running -> running.output("all well").complete());
        server.on("Start-SecretRotation", running -> running.output("step 1"));
        try (LoopbackEndpoint endpoint = LoopbackEndpoint.sealed(server.channel());
                PasswordCredentials user = LoopbackEndpoint.credentials()) {
            RunspacePoolBuilder session =
                    open(endpoint.address(), user, (host, port, timeout) -> new Socket(host, port));
            leave(session, user);
            server.onlyPipeline().output("step 2").complete();
            comeBack(session, new PipelineListener() {
                @Override
                public void output(PsValue value) {
                    print(value.asString());
                }
            });
        }
        assertThat(console).startsWith("all well").contains("step 2").last().isEqualTo("COMPLETED");
        assertThat(server.count("Command")).isEqualTo(2);
        assertThat(server.shells).isEmpty();
    }

    @Test
    public void theGuideShowsThem() throws Exception {
        List<String> examples = examples(Files.readAllLines(THIS));
        String guide = Files.readString(GUIDE).replace("\r\n", "\n");

        assertThat(examples).hasSize(EXAMPLES);
        assertThat(examples).allSatisfy(example -> assertThat(guide).contains("```java\n" + example + "```\n"));
    }

    private static List<String> examples(List<String> lines) {
        List<String> examples = new ArrayList<>();
        StringBuilder open = null;
        for (String line : lines) {
            if (line.startsWith("        // example: ")) {
                open = new StringBuilder();
            } else if (line.equals("        // end of example")) {
                examples.add(String.valueOf(open));
                open = null;
            } else if (open != null) {
                open.append(line.isEmpty() ? line : line.substring("        ".length()))
                        .append('\n');
            }
        }
        return examples;
    }
}
