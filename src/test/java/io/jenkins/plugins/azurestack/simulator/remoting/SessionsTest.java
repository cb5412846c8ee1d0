package io.jenkins.plugins.azurestack.simulator.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlReader;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.psrp.Message;
import io.jenkins.plugins.azurestack.powershell.psrp.MessageType;
import io.jenkins.plugins.azurestack.powershell.psrp.PipelineResult;
import io.jenkins.plugins.azurestack.powershell.psrp.RunspacePool;
import io.jenkins.plugins.azurestack.simulator.remoting.RawClient.Answer;
import io.jenkins.plugins.azurestack.simulator.world.Ledger.Call;
import io.jenkins.plugins.azurestack.simulator.world.Ledger.Service;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** What becomes of sessions and pipelines while clients come, go, stop and stay silent. */
public class SessionsTest {
    private static final String TERMINATE = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/signal/Terminate";

    @Rule
    public final Timeout limit = Timeout.seconds(90);

    private RunningEndpoint server;
    private RawClient client;

    @Before
    public void listen() throws Exception {
        listen(Limits.WINDOWS);
    }

    private void listen(final Limits limits) throws Exception {
        if (server != null) {
            server.close();
        }
        server = new RunningEndpoint(limits);
        client = new RawClient(server);
    }

    @After
    public void stopListening() throws Exception {
        server.close();
    }

    private UUID started(final String cmdlet, final String arguments) throws Exception {
        final UUID command = UUID.randomUUID();
        assertThat(client.command(command, cmdlet, arguments).status()).isEqualTo(200);
        return command;
    }

    private static String count(final int number) {
        return RawClient.argument("Count", "<I32 N=\"V\">" + number + "</I32>");
    }

    /** All messages of a command until it is done. */
    private List<Message> whole(final UUID command) throws Exception {
        final List<Message> messages = new ArrayList<>();
        Answer answer;
        do {
            answer = client.receive(command);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            messages.addAll(client.messages(answer));
        } while (!answer.text().contains("CommandState/Done"));
        return messages;
    }

    private static List<String> output(final List<Message> messages) throws Exception {
        final List<String> output = new ArrayList<>();
        for (final Message message : messages) {
            if (message.type().orElseThrow() == MessageType.PIPELINE_OUTPUT) {
                output.add(new CliXmlReader().read(message.payload()).asString());
            }
        }
        return output;
    }

    private static PsValue state(final List<Message> messages) throws Exception {
        final Message last = messages.get(messages.size() - 1);
        assertThat(last.type()).contains(MessageType.PIPELINE_STATE);
        return new CliXmlReader().read(last.payload());
    }

    private List<String> outcomes(final String cmdlet) {
        return server.ledger.calls(Service.CMDLET, cmdlet).stream()
                .map(Call::outcome)
                .toList();
    }

    private void awaitOutcome(final String cmdlet) {
        while (outcomes(cmdlet).isEmpty()) {
            Thread.onSpinWait();
        }
    }

    @Test
    public void aSecondPipelineWaitsForTheOnlyRunspace() throws Exception {
        client.open();
        final UUID first = started("Wait-Signal", "");
        final UUID second = started("Get-Number", "");
        server.cmdlets.waiting.await();
        client.timeout = "PT0.500S";
        assertThat(client.receive(second).code()).isEqualTo(2150858793L);
        server.cmdlets.signals.release();
        client.timeout = "PT20S";

        assertThat(output(whole(first))).containsExactly("waiting", "went on");
        assertThat(output(whole(second))).containsExactly("1");
        assertThat(server.ledger.calls(Service.CMDLET))
                .extracting(Call::action)
                .containsExactly("Wait-Signal", "Get-Number");
    }

    @Test
    public void moreRunspacesLetPipelinesRunSideBySide() throws Exception {
        client.open();
        client.send(
                null,
                MessageType.SET_MAX_RUNSPACES,
                "<Obj RefId=\"0\"><MS><I32 N=\"MaxRunspaces\">2</I32><I64 N=\"ci\">7</I64></MS></Obj>");
        final Message answer = client.messages(client.receive(null)).get(0);
        started("Wait-Signal", "");
        server.cmdlets.waiting.await();

        assertThat(answer.type()).contains(MessageType.RUNSPACE_AVAILABILITY);
        assertThat(new String(answer.payload(), StandardCharsets.UTF_8))
                .contains("<B N=\"SetMinMaxRunspacesResponse\">true</B><I64 N=\"ci\">7</I64>");
        assertThat(output(whole(started("Get-Number", "")))).containsExactly("1");
        client.send(null, MessageType.GET_AVAILABLE_RUNSPACES, "<Obj RefId=\"0\"><MS><I64 N=\"ci\">8</I64></MS></Obj>");
        assertThat(new String(client.messages(client.receive(null)).get(0).payload(), StandardCharsets.UTF_8))
                .contains("<I64 N=\"SetMinMaxRunspacesResponse\">1</I64><I64 N=\"ci\">8</I64>");
    }

    @Test
    public void onlyTheMisspeltSignalStops() throws Exception {
        client.open();
        final UUID command = started("Wait-Signal", "");
        server.cmdlets.waiting.await();

        assertThat(client.signal(command, "powershell/signal/crtl_c").status()).isEqualTo(200);
        final PsValue state = state(whole(command));
        assertThat(state.property("PipelineState").asInt()).isEqualTo(3);
        assertThat(state.property("ExceptionAsErrorRecord").asString()).isEqualTo("The pipeline has been stopped.");
        assertThat(state.property("ExceptionAsErrorRecord")
                        .property("ErrorCategory_Reason")
                        .asString())
                .isEqualTo("PipelineStoppedException");
        assertThat(outcomes("Wait-Signal")).containsExactly("stopped");
    }

    @Test
    public void anyOtherSignalClosesTheCommandWithoutAWord() throws Exception {
        client.open();
        final UUID command = started("Wait-Signal", "");
        server.cmdlets.waiting.await();

        assertThat(client.signal(command, "powershell/signal/ctrl_c").status()).isEqualTo(200);
        assertThat(client.receive(command).code()).isEqualTo(2150858843L);
        awaitOutcome("Wait-Signal");
        assertThat(outcomes("Wait-Signal")).containsExactly("session-gone");
    }

    @Test
    public void deletingAShellKillsWhatRunsInIt() throws Exception {
        client.open();
        started("Wait-Signal", "");
        server.cmdlets.waiting.await();

        client.transfer("Delete");
        awaitOutcome("Wait-Signal");
        assertThat(outcomes("Wait-Signal")).containsExactly("session-gone");
    }

    @Test
    public void whatNobodyReceivedIsKeptAndAFullBufferMakesTheCmdletWait() throws Exception {
        listen(Limits.WINDOWS.withBufferedBytes(4096));
        client.open();
        final UUID command = started("Get-Number", count(500));
        client.operate("Disconnect", "<rsp:Disconnect/>");
        assertThat(outcomes("Get-Number")).isEmpty();
        client.operate("Reconnect", "");

        assertThat(output(whole(command)))
                .isEqualTo(IntStream.rangeClosed(1, 500)
                        .mapToObj(Integer::toString)
                        .toList());
        assertThat(outcomes("Get-Number")).containsExactly("done");
    }

    @Test
    public void theOldestIsDroppedIfTheClientWantedThat() throws Exception {
        listen(Limits.WINDOWS.withBufferedBytes(4096));
        client.open();
        final UUID command = started("Get-Number", count(500));
        client.operate("Disconnect", "<rsp:Disconnect><rsp:BufferMode>Drop</rsp:BufferMode></rsp:Disconnect>");
        awaitOutcome("Get-Number");
        client.operate("Reconnect", "");

        final List<Message> kept = whole(command);
        assertThat(state(kept).property("PipelineState").asInt()).isEqualTo(4);
        final List<String> numbers = output(kept);
        assertThat(numbers).hasSizeBetween(1, 499);
        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(501 - numbers.size(), 500)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    @Test
    public void anotherClientOfTheSameUserTakesOverAPoolAndItsPipeline() throws Exception {
        client.open();
        final UUID command = started("Wait-Signal", "");
        server.cmdlets.waiting.await();
        client.operate("Disconnect", "<rsp:Disconnect/>");
        final RawClient other = new RawClient(server, TestAccounts.USER, client.shell);

        final Answer connected = other.connect();
        assertThat(connected.text()).contains("<rsp:InputStreams>stdin pr</rsp:InputStreams>", "connectResponseXml");
        assertThat(other.messages(other.receive(null)))
                .extracting(message -> message.type().orElseThrow())
                .containsExactly(MessageType.APPLICATION_PRIVATE_DATA);
        assertThat(other.operate("Connect", "<rsp:Connect CommandId=\"" + RawClient.text(command) + "\"/>")
                        .status())
                .isEqualTo(200);
        server.cmdlets.signals.release();
        client = other;
        assertThat(output(whole(command))).containsExactly("waiting", "went on");
    }

    @Test
    public void aShellWhoseClientHasVanishedIsDisconnectedAndItsPipelineRunsOn() throws Exception {
        client.open();
        final UUID command = started("Wait-Signal", "");
        server.cmdlets.waiting.await();
        server.time.advance(Duration.ofMinutes(5));
        while (!client.transfer("Get").element("State").equals("Disconnected")) {
            Thread.onSpinWait();
        }
        server.cmdlets.signals.release();
        awaitOutcome("Wait-Signal");

        assertThat(client.receive(command).code()).isEqualTo(2150859204L);
        client.operate("Reconnect", "");
        assertThat(output(whole(command))).containsExactly("waiting", "went on");
    }

    @Test
    public void anIdleTimeOutEndsAPipelineThatStillRuns() throws Exception {
        client.open();
        started("Wait-Signal", "");
        server.cmdlets.waiting.await();
        client.operate("Disconnect", "<rsp:Disconnect><rsp:IdleTimeOut>PT120S</rsp:IdleTimeOut></rsp:Disconnect>");
        assertThat(client.transfer("Get").element("IdleTimeOut")).isEqualTo("PT120.000S");
        server.time.advance(Duration.ofMinutes(3));
        awaitOutcome("Wait-Signal");

        assertThat(outcomes("Wait-Signal")).containsExactly("session-gone");
        assertThat(client.operate("Reconnect", "").code()).isEqualTo(2150858843L);
    }

    @Test
    public void sessionsEndWithTheEndpoint() throws Exception {
        client.open();
        started("Wait-Signal", "");
        server.cmdlets.waiting.await();
        server.endpoint.close();
        awaitOutcome("Wait-Signal");

        assertThat(outcomes("Wait-Signal")).containsExactly("session-gone");
    }

    @Test
    public void aReceiveThatIsSentOnceMoreGetsTheSameAnswer() throws Exception {
        client.open();
        final UUID command = started("Get-Number", count(2));
        final String envelope = client.envelope(
                "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/Receive",
                client.selector(),
                "<rsp:Receive><rsp:DesiredStream CommandId=\"" + RawClient.text(command)
                        + "\">stdout</rsp:DesiredStream></rsp:Receive>");
        final String first = client.post(envelope).text();

        assertThat(streams(client.post(envelope).text()))
                .isEqualTo(streams(first))
                .isNotEmpty();
    }

    private static String streams(final String answer) {
        return answer.substring(answer.indexOf("<rsp:ReceiveResponse"));
    }

    @Test
    public void shellsAndTheirCommandsAreListed() throws Exception {
        client.open();
        final UUID command = started("Wait-Signal", "");
        final Answer shells = client.enumerate("http://schemas.microsoft.com/wbem/wsman/1/windows/shell", "");
        final Answer commands = client.enumerate(
                "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/Command",
                "<w:Filter Dialect=\"http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter\">" + client.selector()
                        + "</w:Filter>");
        final RawClient auditor = new RawClient(server, TestAccounts.OTHER, client.shell);

        assertThat(shells.text())
                .contains("<rsp:ShellId>" + RawClient.text(client.shell) + "</rsp:ShellId>")
                .contains("<rsp:Owner>AzureStack\\CloudAdmin</rsp:Owner>", "<rsp:State>Connected</rsp:State>");
        assertThat(commands.text())
                .contains("<rsp:CommandId>" + RawClient.text(command) + "</rsp:CommandId>")
                .contains("<rsp:CommandState>Running</rsp:CommandState>");
        assertThat(auditor.enumerate("http://schemas.microsoft.com/wbem/wsman/1/windows/shell", "")
                        .text())
                .doesNotContain("rsp:ShellId");
    }

    @Test
    public void objectsThatAClientPipesInAreTaken() throws Exception {
        client.open();
        final UUID command = UUID.randomUUID();
        client.commandWithInput(command, "Measure-Object");
        client.send(command, MessageType.PIPELINE_INPUT, "<S>one</S>");
        client.send(command, MessageType.PIPELINE_INPUT, "<I32>2</I32>");
        client.send(command, MessageType.END_OF_PIPELINE_INPUT, "");

        final List<Message> messages = whole(command);
        assertThat(new CliXmlReader()
                        .read(messages.get(0).payload())
                        .property("Count")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    public void objectsThatACmdletDoesNotTakeAreErrors() throws Exception {
        client.open();
        final UUID command = UUID.randomUUID();
        client.commandWithInput(command, "Get-Number");
        client.send(command, MessageType.PIPELINE_INPUT, "<S>one</S>");
        client.send(command, MessageType.END_OF_PIPELINE_INPUT, "");

        final List<Message> messages = whole(command);
        assertThat(messages.get(0).type()).contains(MessageType.ERROR_RECORD);
        assertThat(new String(messages.get(0).payload(), StandardCharsets.UTF_8))
                .contains("InputObjectNotBound,Get-Number")
                .contains("The input object cannot be bound to any parameters for the command");
    }

    @Test
    public void commandsAreDescribedToProxies() throws Exception {
        client.open();
        final UUID command = UUID.randomUUID();
        client.metadata(command, "Get-N*");

        final List<Message> messages = whole(command);
        final PsValue count = new CliXmlReader().read(messages.get(0).payload());
        final PsValue found = new CliXmlReader().read(messages.get(1).payload());
        assertThat(count.property("Count").asInt()).isEqualTo(1);
        assertThat(found.property("Name").asString()).isEqualTo("Get-Number");
        assertThat(found.property("Parameters")
                        .property("Fast")
                        .property("SwitchParameter")
                        .asBoolean())
                .isTrue();
    }

    @Test
    public void manySessionsRunSideBySide() throws Exception {
        final int sessions = 24;
        final ExecutorService threads = Executors.newFixedThreadPool(sessions);
        try {
            final List<CompletableFuture<Boolean>> all = IntStream.range(0, sessions)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> isServed("client " + i), threads))
                    .toList();

            assertThat(all).allMatch(CompletableFuture::join);
        } finally {
            threads.shutdownNow();
        }
        assertThat(server.ledger.calls(Service.CMDLET, "Get-Greeting")).hasSize(sessions * 3);
        assertThat(server.ledger.calls(Service.WSMAN, "Create")).hasSize(sessions);
        assertThat(server.ledger.calls(Service.WSMAN, "Delete")).hasSize(sessions);
    }

    private boolean isServed(final String name) {
        try (PasswordCredentials user = RunningEndpoint.user();
                RunspacePool pool = server.client(user).open()) {
            boolean served = true;
            for (int i = 0; i < 3; i++) {
                final PipelineResult result =
                        pool.command("Get-Greeting").argument(name).run(Duration.ofMinutes(1));
                served &=
                        result.succeeded() && result.output().get(0).asString().equals("Hello " + name);
            }
            return served;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    public void aDoneCommandIsReleasedByTerminateOnly() throws Exception {
        client.open();
        final UUID command = started("Get-Number", "");
        whole(command);

        assertThat(client.receive(command).code()).isEqualTo(2150858843L);
        assertThat(client.signal(command, TERMINATE).status()).isEqualTo(200);
        assertThat(client.signal(command, TERMINATE).code()).isEqualTo(2150858843L);
    }
}
