package io.jenkins.plugins.azurestack.simulator.pep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.clixml.PsSecureString;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.psrp.PipelineBuilder;
import io.jenkins.plugins.azurestack.powershell.psrp.PipelineFailedException;
import io.jenkins.plugins.azurestack.powershell.psrp.PipelineListener;
import io.jenkins.plugins.azurestack.powershell.psrp.PipelineResult;
import io.jenkins.plugins.azurestack.powershell.psrp.RunspacePool;
import io.jenkins.plugins.azurestack.powershell.psrp.VerboseRecord;
import io.jenkins.plugins.azurestack.powershell.wsman.LogonRefusedException;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManEndpoint;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.remoting.Limits;
import io.jenkins.plugins.azurestack.simulator.remoting.PowerShellEndpoint;
import io.jenkins.plugins.azurestack.simulator.remoting.SessionConfiguration;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/** The cmdlets as a client sees them: three endpoints on loopback, sealed, with an hour of the stamp in five seconds. */
public class OverTheWireTest {
    private static final double FACTOR = 720;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** A busy machine that makes a key is silent for an hour of this stamp. */
    private static final Limits PATIENT = new Limits(
            Limits.WINDOWS.shellsPerUser(),
            Limits.WINDOWS.commandsPerShell(),
            Limits.WINDOWS.envelopeBytes(),
            Duration.ofDays(9),
            Duration.ofDays(9),
            Limits.WINDOWS.bufferedBytes(),
            Limits.WINDOWS.fragmentBytes());

    @Rule
    public final Timeout limit = Timeout.seconds(300);

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private final List<PowerShellEndpoint> listening = new ArrayList<>();
    private Premises premises;
    private PasswordCredentials user;

    @Before
    public void listen() throws IOException {
        premises = Premises.running(temporary.newFolder().toPath(), "1.2311.1.22", FACTOR);
        premises.endpoints.start();
        for (final String address : World.PRIVILEGED_ENDPOINTS) {
            listening.add(PowerShellEndpoint.at(address)
                    .configuration(new SessionConfiguration("PrivilegedEndpoint", premises.endpoints.cmdlets()))
                    .accounts(premises.endpoints.accounts())
                    .time(premises.world.time())
                    .ledger(premises.ledger)
                    .faults(premises.world.faults())
                    .limits(PATIENT)
                    .start());
        }
        user = new PasswordCredentials("AZURESTACK\\CloudAdmin", "Simulated-CloudAdmin-1".toCharArray());
    }

    @After
    public void stopListening() throws IOException {
        user.close();
        for (final PowerShellEndpoint endpoint : listening) {
            endpoint.close();
        }
        premises.endpoints.close();
    }

    private RunspacePool open(final int endpoint) throws Exception {
        return open(endpoint, user);
    }

    private RunspacePool open(final int endpoint, final PasswordCredentials who) throws Exception {
        final int port = listening.get(endpoint).http().getPort();
        return RunspacePool.at(new WsManEndpoint(false, "127.0.0.1", port, "/wsman"), "PrivilegedEndpoint")
                .connector((host, where, timeout) -> new Socket("127.0.0.1", where))
                .credentials(who)
                .open();
    }

    private static PipelineBuilder rotation(
            final RunspacePool pool, final PasswordCredentials share, final PsSecureString password) {
        return pool.command("Start-SecretRotation")
                .parameter("PfxFilesPath", Premises.PATH)
                .parameter("PathAccessCredential", share)
                .parameter("CertificatePassword", password);
    }

    private static PasswordCredentials share() {
        return new PasswordCredentials(Premises.USER, Premises.SHARE_PASSWORD.toCharArray());
    }

    private static PsSecureString pfxPassword() {
        return PsSecureString.of(Premises.PFX_PASSWORD.toCharArray());
    }

    private String status(final int endpoint) throws Exception {
        try (RunspacePool pool = open(endpoint)) {
            final List<PsValue> output = pool.command("Get-ActionStatus")
                    .argument("Start-SecretRotation")
                    .run(LIMIT)
                    .output();
            return output.isEmpty() ? "" : output.get(0).property("Status").asString();
        }
    }

    @Test
    public void anExternalRotationIsFollowedToItsEnd() throws Exception {
        final Map<CertificateFolder, IssuedCertificate> set = premises.stage();
        final List<String> verbose = Collections.synchronizedList(new ArrayList<>());
        try (RunspacePool pool = open(0);
                PasswordCredentials share = share();
                PsSecureString password = pfxPassword()) {
            assertThat(pool.command("Test-AzureStack")
                            .parameter("Group", "SecretRotationReadiness")
                            .run(LIMIT)
                            .output())
                    .singleElement()
                    .satisfies(answer -> assertThat(answer.asBoolean()).isTrue());
            final PipelineResult result = rotation(pool, share, password)
                    .listener(new PipelineListener() {
                        @Override
                        public void verbose(final VerboseRecord message) {
                            verbose.add(message.message());
                        }
                    })
                    .run(LIMIT);
            assertThat(result.succeeded()).isTrue();
            assertThat(result.output()).hasSize(2);
            assertThat(result.output().get(1).property("Status").asString()).isEqualTo("Completed");
            assertThat(result.output().get(1).property("InstanceID").asGuid())
                    .isEqualTo(result.output().get(0).asGuid());
        }
        assertThat(verbose)
                .contains("Step 'Update portal certificates' status: 'InProgress'")
                .endsWith("Action plan finished with status: 'Completed'");
        assertThat(premises.served.certificates.get(CertificateFolder.GRAPH)).isNull();
        set.forEach((folder, certificate) ->
                assertThat(premises.served.certificates.get(folder).leaf()).isEqualTo(certificate.leaf()));
        assertThat(premises.ledger.calls(Ledger.Service.CMDLET, "Start-SecretRotation"))
                .singleElement()
                .matches(Ledger.Call::isDone);
        assertThat(premises.ledger.entries().toString()).doesNotContain("canary");
    }

    @Test
    public void aLostSessionLeavesTheRotationToAnotherEndpoint() throws Exception {
        premises.stage();
        final CountDownLatch told = new CountDownLatch(1);
        final RunspacePool pool = open(0);
        try (PasswordCredentials share = share();
                PsSecureString password = pfxPassword()) {
            rotation(pool, share, password)
                    .listener(new PipelineListener() {
                        @Override
                        public void verbose(final VerboseRecord message) {
                            told.countDown();
                        }
                    })
                    .start();
            assertThat(told.await(60, TimeUnit.SECONDS)).isTrue();
        }
        listening.get(0).close();
        assertThat(premises.served.replaced.await(120, TimeUnit.SECONDS)).isTrue();
        String status = status(1);
        for (int i = 0; i < 100 && status.equals("Running"); i++) {
            status = status(2);
        }
        assertThat(status).isEqualTo("Completed");
        assertThat(premises.ledger.calls(Ledger.Service.ENGINE))
                .extracting(Ledger.Call::outcome)
                .containsExactly("started", "completed");
    }

    @Test
    public void theMisleadingErrorArrivesAsItIsDocumented() throws Exception {
        try (RunspacePool pool = open(0)) {
            final PipelineFailedException failed =
                    catchThrowableOfType(PipelineFailedException.class, () -> pool.command("Start-SecretRotation")
                            .run(LIMIT));
            assertThat(failed.error().message())
                    .isEqualTo("Cannot bind argument to parameter 'Path' because it is null.");
            assertThat(failed.error().categoryMessage())
                    .isEqualTo("InvalidData: (:) [Test-Certificate], ParameterBindingValidationException");
            assertThat(failed.error().fullyQualifiedErrorId())
                    .isEqualTo("ParameterArgumentValidationErrorNullNotAllowed,Test-Certificate");
        }
    }

    @Test
    public void aFailedPlanIsAnErrorAfterItsObjects() throws Exception {
        premises.world.faults().arm(Fault.ACTION_PLAN_FAILS, Moment.at("2.1"));
        try (RunspacePool pool = open(1)) {
            final PipelineFailedException failed =
                    catchThrowableOfType(PipelineFailedException.class, () -> pool.command("Start-SecretRotation")
                            .withSwitch("Internal")
                            .run(LIMIT));
            assertThat(failed.error().message()).contains("2.1 Validate internal secrets");
            assertThat(failed.soFar().output()).hasSize(2);
        }
        assertThat(status(2)).isEqualTo("Failed");
    }

    @Test
    public void aWrongPasswordOnOneEndpointCountsOnAll() throws Exception {
        try (PasswordCredentials wrong = new PasswordCredentials("AZURESTACK\\CloudAdmin", "wrong".toCharArray())) {
            for (int i = 0; i < CloudAdmins.THRESHOLD; i++) {
                final int endpoint = i % listening.size();
                assertThatThrownBy(() -> open(endpoint, wrong)).isInstanceOf(LogonRefusedException.class);
            }
        }
        assertThat(premises.endpoints.accounts().isLocked("AZURESTACK", "CloudAdmin"))
                .isTrue();
        assertThatThrownBy(() -> open(2)).isInstanceOf(LogonRefusedException.class);
        premises.world.time().advance(CloudAdmins.LOCKED);
        open(2).close();
    }

    @Test
    public void getCommandShowsTheParametersOfTheRelease() throws Exception {
        try (RunspacePool pool = open(0)) {
            final List<PsValue> found = pool.command("Get-Command")
                    .parameter("Name", List.of("Set-BmcCredential"))
                    .run(LIMIT)
                    .output();
            assertThat(found).singleElement().satisfies(command -> assertThat(command.property("Parameters")
                            .property("BypassBMCUpdate")
                            .isNull())
                    .isFalse());
        }
    }
}
