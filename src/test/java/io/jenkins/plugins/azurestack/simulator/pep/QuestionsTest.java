package io.jenkins.plugins.azurestack.simulator.pep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlException;
import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlWriter;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.simulator.remoting.Cmdlet;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The cmdlets that ask, and the one that closes. */
public class QuestionsTest {
    private static final String TRANSCRIPTS = Premises.ADDRESS + "\\transcripts";

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private Premises premises(final String version) throws IOException {
        return new Premises(temporary.newFolder().toPath(), version, IdentityProvider.ADFS);
    }

    private Premises usual() throws IOException {
        return premises("1.2311.1.22");
    }

    private static PsValue information(final Premises premises) {
        return premises.call("Get-AzureStackStampInformation").run().last();
    }

    @Test
    public void stampInformationHasEveryPropertyThatPublicCodeReads() throws Exception {
        final PsValue stamp = information(usual());
        assertThat(stamp.property("RegionName").asString()).isEqualTo("east");
        assertThat(stamp.property("ExternalDomainFQDN").asString()).isEqualTo("east.azurestack.contoso.com");
        assertThat(stamp.property("DomainFQDN").asString()).isEqualTo("azurestack.local");
        assertThat(stamp.property("DomainNetBIOSName").asString()).isEqualTo("AZURESTACK");
        assertThat(stamp.property("StampVersion").asString()).isEqualTo("1.2311.1.22");
        assertThat(stamp.property("AADTenantID").asString()).isEqualTo("5f1ed000-0000-4000-8000-00000000aad0");
        assertThat(stamp.property("TimeZone").asString()).isEqualTo("UTC");
        assertThat(stamp.property("CloudId").asString()).matches("[0-9a-f-]{36}");
        assertThat(stamp.property("DeploymentID").asString()).matches("[0-9a-f-]{36}");
        assertThat(stamp.property("EmergencyConsoleIPAddresses").items())
                .extracting(PsValue::asString)
                .isEqualTo(World.PRIVILEGED_ENDPOINTS);
        assertThat(stamp.property("TenantExternalEndpoints")
                        .property("TenantResourceManager")
                        .asString())
                .isEqualTo("https://management.east.azurestack.contoso.com");
        assertThat(stamp.property("AdminExternalEndpoints")
                        .property("AdminResourceManager")
                        .asString())
                .isEqualTo("https://adminmanagement.east.azurestack.contoso.com");
    }

    @Test
    public void rootCertificatesAreThereFrom2108OnAndTheLastToEndIsTheNewOne() throws Exception {
        assertThat(information(premises("1.2102.28.83"))
                        .property("RootCACertificates")
                        .isNull())
                .isTrue();
        final Premises premises = premises("1.2108.2.81");
        assertThat(ends(premises)).hasSize(1);
        final Instant before = premises.world.internalSecrets().root().ends();
        premises.call("Start-SecretRotation").with("Internal").run();
        assertThat(ends(premises)).hasSize(2).contains(before);
        assertThat(ends(premises).stream().max(Instant::compareTo))
                .hasValueSatisfying(end -> assertThat(end).isAfter(before.plus(Duration.ofDays(100))));
        premises.restart();
        assertThat(ends(premises)).hasSize(2);
    }

    private static List<Instant> ends(final Premises premises) throws CliXmlException {
        final List<Instant> ends = new ArrayList<>();
        for (final PsValue root :
                information(premises).property("RootCACertificates").items()) {
            ends.add(root.property("NotAfter").asInstant());
        }
        return ends;
    }

    @Test
    public void theStatusOfUpdatesIsAWordOrXml() throws IOException {
        final Premises premises = usual();
        assertThat(value(premises)).isEqualTo("Completed");
        assertThat(xml(premises)).startsWith("<Action Type=\"MasUpdate\" Status=\"Success\"");
        premises.world.faults().arm(Fault.UPDATE_RUNNING, Moment.ALWAYS);
        assertThat(value(premises)).isEqualTo("Running");
        assertThat(xml(premises)).contains("Status=\"InProgress\"");
    }

    private static String value(final Premises premises) {
        return premises.call("Get-AzureStackUpdateStatus")
                .with("StatusOnly")
                .run()
                .last()
                .property("Value")
                .asString();
    }

    private static String xml(final Premises premises) {
        return premises.call("Get-AzureStackUpdateStatus").run().last().asString();
    }

    @Test
    public void theLatestActionOfAFunctionIsToldByPositionInAnyCaseAndByType() throws IOException {
        final Premises premises = usual();
        assertThat(premises.cmdlet("Get-ActionStatus").parameters())
                .extracting(Cmdlet.Parameter::name, Cmdlet.Parameter::position)
                .containsExactly(tuple("FunctionName", 0), tuple("ActionType", 1));
        premises.call("Start-SecretRotation").with("Internal").run();
        premises.call("Set-BmcCredential").withSecret("BmcPassword", "another1").run();
        assertThat(actionType(premises.call("Get-ActionStatus").with("FunctionName", "start-secretrotation")))
                .isEqualTo("InternalSecretRotation");
        assertThat(actionType(premises.call("Get-ActionStatus"))).isEqualTo("BmcCredentialUpdate");
        assertThat(premises.call("Get-ActionStatus")
                        .with("FunctionName", "Start-SecretRotation")
                        .with("ActionType", "ExternalSecretRotation")
                        .run()
                        .output)
                .isEmpty();
    }

    private static String actionType(final Call call) {
        final Seen seen = call.run();
        assertThat(seen.verbose).isNotEmpty();
        return seen.last().property("ActionTypeName").asString();
    }

    @Test
    public void everythingThatIsWrittenCanBeSerialised() throws Exception {
        final Premises premises = usual();
        premises.stage();
        final List<PsValue> all = new ArrayList<>(premises.external().run().output);
        all.add(information(premises));
        all.addAll(premises.call("Test-AzureStack").with("DetailedResults").run().output);
        all.addAll(premises.call("Test-AzureStack").with("List").run().output);
        all.addAll(
                premises.call("Get-AzureStackUpdateStatus").with("StatusOnly").run().output);
        all.addAll(premises.call("Get-CloudAdminUserList").run().output);
        all.addAll(premises.call("Get-TLSPolicy").run().output);
        for (final PsValue value : all) {
            assertThat(new CliXmlWriter().writeString(value)).isNotEmpty();
        }
    }

    @Test
    public void closingMovesEveryPendingTranscriptOfItsEndpointAndNoSecret() throws IOException {
        final Premises premises = usual();
        premises.stage();
        final String other = World.PRIVILEGED_ENDPOINTS.get(1);
        premises.external().run();
        premises.call("Set-BmcCredential")
                .withSecret("BmcPassword", "canary-bmc-1")
                .inSession(World.PRIVILEGED_ENDPOINTS.get(0), "session-2")
                .run();
        premises.call("Get-AzureStackUpdateStatus")
                .inSession(other, "session-3")
                .run();
        premises.restart();
        final Path folder = Files.createDirectories(premises.folder.resolve("transcripts"));
        assertThat(close(premises, Premises.SHARE_PASSWORD).ended()).isNull();

        final String written = written(folder);
        assertThat(list(folder)).hasSize(3).allSatisfy(path -> assertThat(
                        path.getFileName().toString())
                .matches("PowerShell_transcript[.]10[.]30[.]0[.]225[.][0-9a-f]{8}[.][0-9]{14}[.]txt"));
        assertThat(written)
                .contains("PS>Start-SecretRotation -PfxFilesPath \"\\\\10.30.0.50\\rotation\\Certificates\""
                        + " -PathAccessCredential CONTOSO\\share -CertificatePassword System.Security.SecureString")
                .contains("VERBOSE: Action plan finished with status: 'Completed'")
                .contains("PS>Set-BmcCredential -BmcPassword System.Security.SecureString")
                .contains("PS>Close-PrivilegedEndpoint")
                .doesNotContain("Get-AzureStackUpdateStatus")
                .doesNotContain("canary");
        assertThat(premises.store.read("transcripts").orElseThrow().toString())
                .contains("Get-AzureStackUpdateStatus")
                .doesNotContain("Start-SecretRotation")
                .doesNotContain("canary");
        // The positive control: the stamp's state does have the passwords.
        assertThat(premises.state()).contains("canary");
    }

    @Test
    public void aShareThatRefusesLeavesTheTranscriptsWhereTheyAre() throws IOException {
        final Premises premises = usual();
        premises.call("Get-AzureStackUpdateStatus").run();
        final Path folder = Files.createDirectories(premises.folder.resolve("transcripts"));
        assertThat(close(premises, "wrong").ended()).hasMessage("The specified network password is not correct");
        assertThat(list(folder)).isEmpty();
        assertThat(close(premises, Premises.SHARE_PASSWORD).ended()).isNull();
        assertThat(written(folder)).contains("Get-AzureStackUpdateStatus");
    }

    private static Seen close(final Premises premises, final String password) {
        return premises.call("Close-PrivilegedEndpoint")
                .with("TranscriptsPathDestination", TRANSCRIPTS)
                .withCredential("Credential", Premises.USER, password)
                .run();
    }

    private static List<Path> list(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static String written(final Path folder) throws IOException {
        final StringBuilder all = new StringBuilder();
        for (final Path file : list(folder)) {
            all.append(Files.readString(file)).append('\n');
        }
        return all.toString();
    }
}
