package io.jenkins.plugins.azurestack.powershell.psrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.azurestack.powershell.clixml.PsNull;
import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import io.jenkins.plugins.azurestack.powershell.clixml.PsSecureString;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.clixml.PsVersion;
import io.jenkins.plugins.azurestack.powershell.clixml.TypeNames;
import io.jenkins.plugins.azurestack.powershell.wsman.Authentication;
import io.jenkins.plugins.azurestack.powershell.wsman.CommandId;
import io.jenkins.plugins.azurestack.powershell.wsman.LoopbackEndpoint;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManClient;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManEndpoint;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Assume;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameter;
import org.junit.runners.Parameterized.Parameters;

/**
 * The client in conversations that were recorded with Windows Server 2016: every file drives it, once without any network
 * and once each over sealed HTTP and TLS on loopback.
 */
@RunWith(Parameterized.class)
public class RecordedConversationsTest {
    private static final Set<String> PLAYED = Set.of(
            "disconnect_runspaces",
            "error_failed",
            "long_running_cmdlet",
            "multiple_commands",
            "multiple_invocations",
            "open_runspace",
            "receive_failure",
            "run_protocol_version_2.1",
            "run_protocol_version_2.2",
            "run_protocol_version_2.3",
            "small_msg_size",
            "stream_output_invocation",
            "with_input",
            "with_jea_configuration");

    /** What lies between client and recording. */
    public enum Carrier {
        NOTHING,
        SEALED_HTTP,
        TLS
    }

    @Parameters(name = "{0}")
    public static List<Carrier> carriers() {
        return List.of(Carrier.values());
    }

    @Parameter
    public Carrier carrier;

    private Path folder;
    private ReplayServer server;
    private LoopbackEndpoint endpoint;
    private final Heard heard = new Heard();

    @Before
    public void findRecordings() {
        if (RecordedMessages.folder().isEmpty()) {
            System.err.println(RecordedMessages.ABSENT);
        }
        Assume.assumeTrue(RecordedMessages.ABSENT, RecordedMessages.folder().isPresent());
        folder = RecordedMessages.folder().orElseThrow();
    }

    @After
    public void everythingWasAskedAsRecorded() throws Exception {
        if (endpoint != null) {
            endpoint.close();
        }
        if (server != null) {
            assertThat(server.complaints()).isEmpty();
        }
    }

    private RunspacePoolBuilder replay(String recording) throws Exception {
        return replay(recording, "Microsoft.PowerShell");
    }

    private RunspacePoolBuilder replay(String recording, String configuration) throws Exception {
        server = new ReplayServer(folder.resolve(recording + ".yml"));
        RunspacePoolBuilder builder =
                carrier == Carrier.NOTHING ? withoutNetwork(configuration) : onLoopback(configuration);
        return builder.pauses((duration, closed) -> {}).keyExchanges(() -> TestKeys.recorded(folder));
    }

    private RunspacePoolBuilder withoutNetwork(String configuration) {
        WsManEndpoint nowhere = WsManEndpoint.https("127.0.0.1");
        return RunspacePool.at(nowhere, configuration).clients(session -> WsManClient.to(nowhere, configuration)
                .sessionId(session)
                .channels(server.channel(), server.channel())
                .build());
    }

    private RunspacePoolBuilder onLoopback(String configuration) throws Exception {
        endpoint = carrier == Carrier.TLS
                ? LoopbackEndpoint.tls(server.channel())
                : LoopbackEndpoint.sealed(server.channel());
        RunspacePoolBuilder builder = RunspacePool.at(endpoint.address(), configuration)
                .credentials(LoopbackEndpoint.credentials())
                .connector((host, port, timeout) -> new Socket(host, port));
        if (carrier == Carrier.TLS) {
            builder.authentication(Authentication.BASIC)
                    .sslContext(endpoint.trust().orElseThrow());
        }
        return builder;
    }

    @Test
    public void noRecordingIsLeftOut() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".yml"))
                            .map(name -> name.substring(0, name.length() - 4)))
                    .containsExactlyInAnyOrderElementsOf(PLAYED);
        }
    }

    @Test
    public void aPoolIsNegotiatedOpenedAndClosed() throws Exception {
        try (RunspacePool pool = replay("open_runspace").open()) {
            assertThat(pool.state()).isEqualTo(RunspacePoolState.OPENED);
            assertThat(pool.protocolVersion()).isEqualTo(ProtocolVersion.V2_3);
            assertThat(pool.applicationPrivateData()
                            .property("PSVersionTable")
                            .property("PSVersion")
                            .asVersion())
                    .isEqualTo(PsVersion.parse("5.1.14393.2248"));
        }
    }

    @Test
    public void aSessionWithoutLanguageRunsCommandsAndRefusesScripts() throws Exception {
        try (RunspacePool pool = replay("with_jea_configuration", "JEARole").open()) {
            PipelineResult item = pool.command("Get-Item")
                    .parameter("Path", "WSMan:\\localhost\\Service\\AllowUnencrypted")
                    .run();
            assertThat(item.succeeded()).isTrue();
            assertThat(item.output()).hasSize(1);
            assertThat(item.output().get(0).property("Value").asString()).isEqualTo("true");

            ScriptsNotAllowedException refused =
                    catchThrowableOfType(ScriptsNotAllowedException.class, () -> pool.command("Get-Item")
                            .parameter("Path", "C:\\Windows")
                            .thenScript("Set-Item -Path WSMan:\\localhost\\Service\\AllowUnencrypted -Value $false")
                            .run());

            assertThat(refused.error().category()).isEqualTo(ErrorCategory.PARSER_ERROR);
            assertThat(refused.error().message()).contains("no-language mode");
            assertThat(refused.error().exceptionType()).isEqualTo("System.Management.Automation.ParseException");
            assertThat(refused.error().target().asString()).startsWith("Set-Item");
            assertThat(refused.getMessage()).doesNotContain("AllowUnencrypted").contains("ScriptsNotAllowed");
            assertThat(refused.soFar().errors())
                    .extracting(ErrorRecord::fullyQualifiedErrorId)
                    .containsExactly("ProviderNotFound,Microsoft.PowerShell.Commands.GetItemCommand");
        }
    }

    @Test
    public void secureStringsTravelBothWaysUnderTheSessionKey() throws Exception {
        try (RunspacePool pool = replay("multiple_commands").open();
                PsSecureString secret = PsSecureString.of("Hello World".toCharArray())) {
            PipelineResult result = pool.command("Set-Variable")
                    .parameter("Name", "sec_string")
                    .parameter("Value", secret)
                    .thenScript("[System.Runtime.InteropServices.marshal]::PtrToStringAuto("
                            + "[System.Runtime.InteropServices.marshal]::SecureStringToBSTR($sec_string))")
                    .then("ConvertTo-SecureString")
                    .parameter("String", "abc")
                    .parameter("AsPlainText", PsNull.NULL)
                    .parameter("Force", PsNull.NULL)
                    .then("Set-Variable")
                    .parameter("Name", "unicode_string")
                    .parameter("Value", "\u3053\u3093\u306b\u3061\u306f - actual_x000A_string\nnewline: \uD801\uDC37")
                    .thenScript("$unicode_string")
                    .then("cmd.exe")
                    .argument("/c echo hi")
                    .then("whoami.exe")
                    .then("Set-Variable")
                    .parameter("Name", "integer")
                    .parameter("Value", 123)
                    .thenScript("$integer")
                    .then("Get-Service")
                    .parameter("Name", "winrm")
                    .run();

            assertThat(result.succeeded()).isTrue();
            assertThat(result.output()).hasSize(7);
            assertThat(result.output().get(0).asString()).isEqualTo("Hello World");
            try (PsSecureString answer =
                    pool.unseal((PsSecureString) result.output().get(1))) {
                assertThat(answer.reveal()).isEqualTo("abc".toCharArray());
            }
            assertThat(result.output().get(5).asInt()).isEqualTo(123);
            assertThat(result.output().get(6).property("Name").asString()).isEqualTo("winrm");
        }
    }

    @Test
    public void aPipelineRunsAgainAfterItWasReleased() throws Exception {
        try (RunspacePool pool = replay("multiple_invocations").open()) {
            for (int i = 0; i < 2; i++) {
                assertThat(pool.script("1+1").run().output())
                        .extracting(PsValue::asInt)
                        .containsExactly(2);
            }
        }
    }

    @Test
    public void aSilentPipelineIsWaitedFor() throws Exception {
        try (RunspacePool pool = replay("long_running_cmdlet").open()) {
            PipelineResult result = pool.command("Start-Sleep")
                    .parameter("Seconds", 10)
                    .thenScript("echo hi")
                    .run();

            assertThat(result.succeeded()).isTrue();
            assertThat(result.output()).extracting(PsValue::asString).containsExactly("hi");
        }
    }

    @Test
    public void everyStreamIsHeard() throws Exception {
        try (RunspacePool pool = replay("stream_output_invocation").open()) {
            PipelineResult result =
                    pool.script(server.firstCommandText()).listener(heard).run();

            assertThat(heard.lines)
                    .containsExactly(
                            "progress Preparing modules for first use. completed",
                            "debug debug stream",
                            "verbose verbose stream",
                            "error error stream [NotSpecified, Microsoft.PowerShell.Commands.WriteErrorException]",
                            "output output stream",
                            "warning warning stream",
                            "information information stream");
            assertThat(result.isComplete()).isTrue();
            assertThat(result.succeeded()).as("an error was written").isFalse();
            assertThat(result.errors().get(0).scriptStackTrace()).contains("line 5");
            InformationRecord information = result.information().get(0);
            assertThat(information.source()).isEqualTo("Write-Information");
            assertThat(information.timeGenerated()).isEqualTo(Instant.parse("2018-06-13T23:45:29.4583203Z"));
            assertThat(information.user()).isEqualTo("WIN-NNMU24VVKJ0\\vagrant");
        }
    }

    @Test
    public void aTerminatingErrorIsAnExceptionWithWhatCameBefore() throws Exception {
        try (RunspacePool pool = replay("error_failed").open()) {
            PipelineFailedException failed =
                    catchThrowableOfType(PipelineFailedException.class, () -> pool.script(server.firstCommandText())
                            .run());

            assertThat(failed.error().message()).isEqualTo("error");
            assertThat(failed.error().fullyQualifiedErrorId())
                    .isEqualTo("Microsoft.PowerShell.Commands.WriteErrorException");
            assertThat(failed.soFar().state()).isEqualTo(PipelineState.FAILED);
            assertThat(failed.soFar().output()).extracting(PsValue::asString).containsExactly("before");
        }
    }

    @Test
    public void aCommandThatTheServerDoesNotKnowIsGoneAndNotFailed() throws Exception {
        RunspacePool pool = replay("receive_failure").open();
        Pipeline pipeline = pool.follow(new CommandId("D1BF48DA-B26C-4F4A-BE52-B382AC20DD1F"), heard);

        PipelineGoneException gone = catchThrowableOfType(PipelineGoneException.class, pipeline::await);

        assertThat(gone).hasMessageContaining("Either the command has completed execution");
        pool.kill();
    }

    @Test
    public void aPipelineReadsItsInput() throws Exception {
        try (RunspacePool pool = replay("with_input").open()) {
            PipelineResult result = pool.script(server.firstCommandText())
                    .input(List.of(
                            PsPrimitive.of("1"),
                            PsPrimitive.of(2),
                            PsObject.builder()
                                    .types(TypeNames.HASHTABLE)
                                    .container(io.jenkins.plugins.azurestack.powershell.clixml.ContainerKind.DICTIONARY)
                                    .entry("a", PsPrimitive.of("b"))
                                    .build(),
                            array(PsPrimitive.of("a"), PsPrimitive.of("b"))))
                    .run();

            assertThat(result.succeeded()).isTrue();
            assertThat(result.output()).hasSize(4);
            assertThat(result.output().get(2).property("a").asString()).isEqualTo("b");
            assertThat(result.output().get(3).items())
                    .extracting(PsValue::asString)
                    .containsExactly("a", "b");
        }
    }

    private static PsObject array(PsValue... items) {
        return PsObject.list(TypeNames.OBJECT_ARRAY, List.of(items));
    }

    @Test
    public void aPipelineTooLargeForOneFragmentIsCut() throws Exception {
        RunspacePoolBuilder builder = replay("small_msg_size").fragmentSize(23_305 + Fragment.HEADER_LENGTH);
        String script = server.firstCommandText();
        try (RunspacePool pool = builder.open()) {
            PipelineResult result =
                    pool.script(script).input(List.of(PsPrimitive.of("input"))).run();

            assertThat(result.succeeded()).isTrue();
            assertThat(result.output())
                    .extracting(output -> output.asString().length())
                    .containsExactly(5, 20_000, 10_000);
        }
    }

    @Test
    public void sessionsAreLeftAndTakenUpAgain() throws Exception {
        RunspacePoolBuilder builder = replay("disconnect_runspaces");
        RunspacePool first = builder.open();
        first.disconnect();
        first.reconnect();
        assertThat(first.state()).isEqualTo(RunspacePoolState.OPENED);
        first.disconnect();
        assertThat(first.state()).isEqualTo(RunspacePoolState.DISCONNECTED);
        RunspacePool second = builder.open();
        second.disconnect();

        RunspacePool firstAgain = builder.connect(server.connectedShell());
        assertThat(firstAgain.state()).isEqualTo(RunspacePoolState.OPENED);
        RunspacePool secondAgain = builder.connect(server.connectedShell());
        assertThat(secondAgain.state()).isEqualTo(RunspacePoolState.OPENED);

        first.close();
        second.close();
        firstAgain.close();
        secondAgain.close();
        assertThat(secondAgain.state()).isEqualTo(RunspacePoolState.CLOSED);
    }

    @Test
    public void version21IsSpoken() throws Exception {
        runProtocolVersion("run_protocol_version_2.1", ProtocolVersion.V2_1);
    }

    @Test
    public void version22IsSpoken() throws Exception {
        runProtocolVersion("run_protocol_version_2.2", ProtocolVersion.V2_2);
    }

    @Test
    public void version23IsSpoken() throws Exception {
        runProtocolVersion("run_protocol_version_2.3", ProtocolVersion.V2_3);
    }

    private void runProtocolVersion(String recording, ProtocolVersion version) throws Exception {
        RunspacePoolBuilder builder = replay(recording);
        String script = server.firstCommandText();
        try (RunspacePool pool = builder.open()) {
            assertThat(pool.protocolVersion()).isEqualTo(version);
            PipelineResult result = pool.script(script)
                    .errorsToOutput()
                    .input(List.of(
                            PsPrimitive.of("message 1"),
                            PsPrimitive.of(2),
                            array(PsPrimitive.of("3"), PsPrimitive.of(3))))
                    .listener(heard)
                    .run();

            assertThat(result.succeeded()).isTrue();
            assertThat(result.output().get(0).asString()).isEqualTo("error");
            assertThat(result.output()).hasSize(4);
            assertThat(heard.lines).contains("debug Start Block", "debug End Block");
        }
    }

    /** Writes down what a listener is told. */
    static final class Heard implements PipelineListener {
        final List<String> lines = java.util.Collections.synchronizedList(new ArrayList<>());
        final Set<String> ids = new TreeSet<>();

        @Override
        public void output(PsValue value) {
            lines.add("output " + value.asString());
        }

        @Override
        public void error(ErrorRecord error) {
            lines.add("error " + error);
        }

        @Override
        public void warning(WarningRecord warning) {
            lines.add("warning " + warning.message());
        }

        @Override
        public void verbose(VerboseRecord message) {
            lines.add("verbose " + message.message());
        }

        @Override
        public void debug(DebugRecord message) {
            lines.add("debug " + message.message());
        }

        @Override
        public void progress(ProgressRecord progress) {
            lines.add("progress " + progress.activity() + (progress.completed() ? " completed" : ""));
        }

        @Override
        public void information(InformationRecord information) {
            lines.add("information " + information.message());
        }

        @Override
        public void gap(OutputGap gap) {
            lines.add("gap " + gap.cause());
        }

        @Override
        public void connectionLost(String reason) {
            lines.add("connection lost");
        }

        @Override
        public void connectionRestored() {
            lines.add("connection restored");
        }
    }
}
