package io.jenkins.plugins.azurestack.simulator.remoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.clixml.PsSecureString;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.psrp.CommandNotFoundException;
import io.jenkins.plugins.azurestack.powershell.psrp.DebugRecord;
import io.jenkins.plugins.azurestack.powershell.psrp.DetachedPipeline;
import io.jenkins.plugins.azurestack.powershell.psrp.ErrorRecord;
import io.jenkins.plugins.azurestack.powershell.psrp.InformationRecord;
import io.jenkins.plugins.azurestack.powershell.psrp.Pipeline;
import io.jenkins.plugins.azurestack.powershell.psrp.PipelineFailedException;
import io.jenkins.plugins.azurestack.powershell.psrp.PipelineListener;
import io.jenkins.plugins.azurestack.powershell.psrp.PipelineResult;
import io.jenkins.plugins.azurestack.powershell.psrp.PipelineState;
import io.jenkins.plugins.azurestack.powershell.psrp.ProgressRecord;
import io.jenkins.plugins.azurestack.powershell.psrp.RunspacePool;
import io.jenkins.plugins.azurestack.powershell.psrp.RunspacePoolBuilder;
import io.jenkins.plugins.azurestack.powershell.psrp.ScriptsNotAllowedException;
import io.jenkins.plugins.azurestack.powershell.psrp.VerboseRecord;
import io.jenkins.plugins.azurestack.powershell.psrp.WarningRecord;
import io.jenkins.plugins.azurestack.powershell.wsman.AccessDeniedException;
import io.jenkins.plugins.azurestack.powershell.wsman.Authentication;
import io.jenkins.plugins.azurestack.powershell.wsman.ClockSkewException;
import io.jenkins.plugins.azurestack.powershell.wsman.LogonRefusedException;
import io.jenkins.plugins.azurestack.powershell.wsman.UnknownConfigurationException;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManEndpoint;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Ledger.Call;
import io.jenkins.plugins.azurestack.simulator.world.Ledger.Service;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

    @Test
    public void aCommandRunsOverSealedHttp() throws Exception {
        aCommandRuns(server.client(user));
    }

    @Test
    public void aCommandRunsOverHttpsWithNtlmBoundToTheChannel() throws Exception {
        aCommandRuns(server.secureClient(user));
    }

    @Test
    public void aCommandRunsOverHttpsWithBasic() throws Exception {
        aCommandRuns(server.secureClient(user).authentication(Authentication.BASIC));
    }

    private void aCommandRuns(final RunspacePoolBuilder client) throws Exception {
        try (RunspacePool pool = client.open()) {
            final PipelineResult result =
                    pool.command("Get-Greeting").parameter("Name", "World").run(LIMIT);

            assertThat(result.succeeded()).isTrue();
            assertThat(result.output()).extracting(PsValue::asString).containsExactly("Hello World");
        }
        assertThat(server.ledger.calls(Service.WSMAN))
                .extracting(Call::action)
                .containsSubsequence("Create", "Receive", "Command", "Receive", "Signal", "Delete");
        assertThat(server.ledger.calls(Service.WSMAN, "Logon")).hasSize(2).allMatch(Call::isDone);
    }

    @Test
    public void secretsArriveOpenedAndStayOutOfTheLedger() throws Exception {
        try (RunspacePool pool = server.client(user).open();
                PsSecureString secret = PsSecureString.of("hunter2".toCharArray());
                PasswordCredentials login = new PasswordCredentials("share\\reader", "swördfish".toCharArray())) {
            final PipelineResult result = pool.command("Get-Secret")
                    .parameter("Value", secret)
                    .parameter("Login", login)
                    .run(LIMIT);

            assertThat(result.output())
                    .extracting(PsValue::asString)
                    .containsExactly("hunter2", "share\\reader/swördfish");
        }
        assertThat(server.ledger.calls(Service.CMDLET, "Get-Secret"))
                .singleElement()
                .satisfies(call -> assertThat(call.details())
                        .containsEntry("Value", "(secret)")
                        .containsEntry("Login", "share\\reader (secret)"));
        assertThat(server.ledger.entries().toString()).doesNotContain("hunter2", "swördfish", TestAccounts.PASSWORD);
    }

    @Test
    public void everyStreamArrives() throws Exception {
        final List<String> heard = Collections.synchronizedList(new ArrayList<>());
        try (RunspacePool pool = server.client(user).open()) {
            final PipelineResult result = pool.command("Write-Everything")
                    .listener(new PipelineListener() {
                        @Override
                        public void output(final PsValue value) {
                            heard.add("output " + value.property("Size").asString());
                        }

                        @Override
                        public void error(final ErrorRecord record) {
                            heard.add("error " + record.message() + " " + record.fullyQualifiedErrorId() + " "
                                    + record.categoryMessage());
                        }

                        @Override
                        public void warning(final WarningRecord record) {
                            heard.add("warning " + record.message());
                        }

                        @Override
                        public void verbose(final VerboseRecord record) {
                            heard.add("verbose " + record.message());
                        }

                        @Override
                        public void debug(final DebugRecord record) {
                            heard.add("debug " + record.message());
                        }

                        @Override
                        public void information(final InformationRecord record) {
                            heard.add("information " + record.message() + " by " + record.user() + " on "
                                    + record.computer());
                        }

                        @Override
                        public void progress(final ProgressRecord record) {
                            heard.add("progress " + record.activity() + " " + record.statusDescription() + " "
                                    + record.percentComplete());
                        }
                    })
                    .run(LIMIT);

            assertThat(result.state()).isEqualTo(PipelineState.COMPLETED);
            assertThat(result.succeeded()).isFalse();
        }
        assertThat(heard)
                .containsExactly(
                        "output 3",
                        "error It is not there. NotThere,Write-Everything ObjectNotFound: (it:String)"
                                + " [Write-Everything], FileNotFoundException",
                        "warning mind the gap",
                        "verbose in other words",
                        "debug at this point",
                        "information by the way by AzureStack\\CloudAdmin on AZS-ERCS01",
                        "progress Working half 50");
    }

    @Test
    public void errorsCanBeSentIntoTheOutput() throws Exception {
        try (RunspacePool pool = server.client(user).open()) {
            final PipelineResult result =
                    pool.command("Write-Everything").errorsToOutput().run(LIMIT);

            assertThat(result.errors()).isEmpty();
            assertThat(result.output()).extracting(PsValue::asString).containsExactly("thing", "It is not there.");
        }
    }

    @Test
    public void aScriptIsRefused() throws Exception {
        try (RunspacePool pool = server.client(user).open()) {
            assertThatThrownBy(() -> pool.script("1 + 1").run(LIMIT)).isInstanceOf(ScriptsNotAllowedException.class);
        }
        assertThat(server.ledger.calls(Service.CMDLET))
                .extracting(Call::action, Call::outcome)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("(script)", "ScriptsNotAllowed"));
    }

    @Test
    public void whatIsNoCommandIsNotFound() throws Exception {
        try (RunspacePool pool = server.client(user).open()) {
            assertThatThrownBy(() -> pool.command("Get-ChildItem").run(LIMIT))
                    .isInstanceOf(CommandNotFoundException.class)
                    .hasMessageContaining("The term 'Get-ChildItem' is not recognized");
        }
    }

    @Test
    public void aTerminatingErrorFailsThePipeline() throws Exception {
        try (RunspacePool pool = server.client(user).open()) {
            assertThatThrownBy(() -> pool.command("Stop-Everything").run(LIMIT))
                    .isInstanceOf(PipelineFailedException.class)
                    .hasMessageContaining("That is that.");
        }
    }

    @Test
    public void aPipelineIsStopped() throws Exception {
        try (RunspacePool pool = server.client(user).open()) {
            final Pipeline pipeline = pool.command("Wait-Signal").start();
            server.cmdlets.waiting.await();

            assertThat(pipeline.stop(LIMIT)).isEqualTo(PipelineState.STOPPED);
        }
        assertThat(server.ledger.calls(Service.CMDLET, "Wait-Signal"))
                .extracting(Call::outcome)
                .containsExactly("stopped");
    }

    @Test
    public void commandsArePipedIntoEachOther() throws Exception {
        try (RunspacePool pool = server.client(user).open()) {
            final PipelineResult stream = pool.command("Get-Number")
                    .parameter("Count", 3)
                    .pipeTo("Out-String")
                    .withSwitch("Stream")
                    .run(LIMIT);
            final PipelineResult whole = pool.command("Write-Everything")
                    .pipeTo("Select-Object")
                    .parameter("Property", List.of("Size"))
                    .pipeTo("Out-String")
                    .run(LIMIT);
            final PipelineResult counted = pool.command("Get-Number")
                    .parameter("Count", 5)
                    .pipeTo("Measure-Object")
                    .run(LIMIT);

            assertThat(stream.output()).extracting(PsValue::asString).containsExactly("1", "2", "3");
            assertThat(whole.output()).extracting(PsValue::asString).containsExactly("\r\n\r\nSize : 3\r\n\r\n\r\n");
            assertThat(counted.output())
                    .extracting(value -> value.property("Count").asString())
                    .containsExactly("5");
        }
    }

    @Test
    public void statementsRunOneAfterTheOther() throws Exception {
        try (RunspacePool pool = server.client(user).open()) {
            final PipelineResult result = pool.command("Get-Greeting")
                    .argument("one")
                    .then("Get-Greeting")
                    .argument("two")
                    .run(LIMIT);

            assertThat(result.output()).extracting(PsValue::asString).containsExactly("Hello one", "Hello two");
        }
    }

    @Test
    public void theEndpointsCmdletsAreListedWithTheirParameters() throws Exception {
        try (RunspacePool pool = server.client(user).open()) {
            final PipelineResult all = pool.command("Get-Command").run(LIMIT);
            final PipelineResult one = pool.command("Get-Command")
                    .parameter("Name", List.of("Get-Gree*"))
                    .withSwitch("Syntax")
                    .run(LIMIT);

            assertThat(all.output())
                    .extracting(command -> command.property("Name").asString())
                    .contains("Get-Command", "Exit-PSSession", "Get-Greeting", "Wait-Signal");
            assertThat(all.output())
                    .filteredOn(command -> command.asString().equals("Get-Greeting"))
                    .singleElement()
                    .satisfies(command -> assertThat(command.property("Parameters")
                                    .property("Name")
                                    .property("ParameterType")
                                    .asString())
                            .isEqualTo("System.String"));
            assertThat(one.output())
                    .extracting(PsValue::asString)
                    .containsExactly("\r\nGet-Greeting [-Name] <string> [<CommonParameters>]\r\n");
        }
    }

    @Test
    public void aMessageOfManyFragmentsArrivesBothWays() throws Exception {
        final String name = "x".repeat(300_000);
        try (RunspacePool pool = server.client(user).open()) {
            final PipelineResult back =
                    pool.command("Get-Greeting").parameter("Name", name).run(LIMIT);

            assertThat(back.output()).extracting(PsValue::asString).containsExactly("Hello " + name);
        }
    }

    @Test
    public void aPipelineIsLeftAndFoundAgainByAnotherProcess() throws Exception {
        final Pipeline pipeline =
                server.client(user).open().command("Wait-Signal").start();
        server.cmdlets.waiting.await();
        final DetachedPipeline ids = pipeline.detach().orElseThrow();
        assertThat(ids.disconnected()).isTrue();
        server.cmdlets.signals.release();

        final DetachedPipeline read = DetachedPipeline.fromMap(ids.toMap());
        final Pipeline again = server.client(user).reattach(read, PipelineListener.NONE);
        final PipelineResult result = again.await(LIMIT);
        again.pool().close();

        assertThat(result.state()).isEqualTo(PipelineState.COMPLETED);
        assertThat(result.output()).extracting(PsValue::asString).last().isEqualTo("went on");
        assertThat(server.ledger.calls(Service.CMDLET, "Wait-Signal"))
                .singleElement()
                .matches(Call::isDone);
    }

    @Test
    public void aPipelineGoesOnWhileItsConnectionsDropAgainAndAgain() throws Exception {
        try (RunspacePool pool = server.client(user).open()) {
            final Pipeline pipeline = pool.command("Wait-Signal").start();
            server.cmdlets.waiting.await();
            for (int i = 0; i < 5; i++) {
                server.endpoint.dropConnections();
            }
            server.cmdlets.signals.release();
            final PipelineResult result = pipeline.await(LIMIT);

            assertThat(result.output()).extracting(PsValue::asString).last().isEqualTo("went on");
        }
        assertThat(server.ledger.calls(Service.CMDLET, "Wait-Signal")).hasSize(1);
    }

    @Test
    public void aWrongPasswordIsRefusedAndThreeLockTheAccount() throws Exception {
        try (PasswordCredentials wrong = new PasswordCredentials(TestAccounts.USER, "wrong".toCharArray())) {
            for (int i = 0; i < TestAccounts.ATTEMPTS; i++) {
                assertThatThrownBy(() -> server.client(wrong).open()).isInstanceOf(LogonRefusedException.class);
            }
        }
        assertThatThrownBy(() -> server.client(user).open()).isInstanceOf(LogonRefusedException.class);
        assertThat(server.ledger.calls(Service.WSMAN, "Logon"))
                .extracting(Call::outcome)
                .containsExactly("wrong-password", "wrong-password", "wrong-password", "locked");
        assertThat(server.ledger.calls(Service.WSMAN, "Logon")).allSatisfy(call -> {
            assertThat(call.identity()).isEmpty();
            assertThat(call.details()).containsEntry("user", TestAccounts.USER);
        });
    }

    @Test
    public void aUserWithoutARoleIsDeniedAccess() throws Exception {
        try (PasswordCredentials other =
                new PasswordCredentials(TestAccounts.OTHER, TestAccounts.PASSWORD.toCharArray())) {
            assertThatThrownBy(() -> server.client(other).open())
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining("Access is denied.");
        }
    }

    @Test
    public void aConfigurationThatIsNotThereIsUnknown() {
        assertThatThrownBy(() -> RunspacePool.at(
                                new WsManEndpoint(false, "127.0.0.1", server.httpPort(), "/wsman"), "Nonsense")
                        .credentials(user)
                        .connector((host, port, timeout) -> new Socket(host, port))
                        .open())
                .isInstanceOf(UnknownConfigurationException.class);
    }

    @Test
    public void aClockThatIsWrongIsNoticed() {
        server.faults.arm(Fault.CLOCK_SKEW, Moment.at("Logon"));

        assertThatThrownBy(() -> server.client(user).open()).isInstanceOf(ClockSkewException.class);
        assertThat(server.ledger.calls(Service.WSMAN, "Logon"))
                .extracting(Call::outcome)
                .containsExactly("clock-skew");
    }
}
