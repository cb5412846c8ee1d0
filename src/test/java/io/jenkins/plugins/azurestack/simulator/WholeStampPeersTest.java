package io.jenkins.plugins.azurestack.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.net.DirectNetwork;
import io.jenkins.plugins.azurestack.peer.DebianProgram;
import io.jenkins.plugins.azurestack.peer.LibraryLog;
import io.jenkins.plugins.azurestack.peer.PemFiles;
import io.jenkins.plugins.azurestack.peer.Samba;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.psrp.RunspacePool;
import io.jenkins.plugins.azurestack.share.CertificateFile;
import io.jenkins.plugins.azurestack.share.CertificateFiles;
import io.jenkins.plugins.azurestack.share.CertificatesFolder;
import io.jenkins.plugins.azurestack.share.Comparison;
import io.jenkins.plugins.azurestack.share.Protection;
import io.jenkins.plugins.azurestack.share.ShareClient;
import io.jenkins.plugins.azurestack.share.ShareLimits;
import io.jenkins.plugins.azurestack.share.StagedFile;
import io.jenkins.plugins.azurestack.share.StagingJournal;
import io.jenkins.plugins.azurestack.share.UncPath;
import io.jenkins.plugins.azurestack.simulator.pep.PfxMaker;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import io.jenkins.plugins.azurestack.simulator.remoting.PythonClient;
import io.jenkins.plugins.azurestack.simulator.remoting.ThirdPartyClientsTest;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/** Programs of others against one whole stamp: its endpoints, managers, controllers and share. */
public class WholeStampPeersTest {
    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static final String ADMIN = "adminmanagement.east.azurestack.contoso.com";
    private static final String NEW = "Another1Bmc";

    private static SimulatedStamp stamp;
    private static Path folder;
    private static Identity identity;

    @Rule
    public final Timeout limit = Timeout.seconds(180);

    @Rule
    public final LibraryLog log = new LibraryLog(Level.OFF);

    @BeforeClass
    public static void start() throws Exception {
        folder = FOLDER.getRoot().toPath();
        stamp = SimulatedStamp.of(new Stamp(
                        "east",
                        "east",
                        "azurestack.contoso.com",
                        IdentityProvider.AAD,
                        Set.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of()))
                .nodes(List.of(Flavour.XCC))
                .share(Files.createDirectories(folder.resolve("share")))
                .timeFactor(7200)
                .start();
        identity = stamp.world().identity();
        PemFiles.write(folder, "root.pem", List.of(stamp.authority().root()));
    }

    @AfterClass
    public static void stop() throws IOException {
        stamp.close();
    }

    private static String at(final String host, final int port) {
        final InetSocketAddress to = stamp.routes().get(new StampNetwork.Place(host, port));
        return "127.0.0.1:" + to.getPort();
    }

    private static String curl(final String... arguments) throws Exception {
        final List<String> all = new ArrayList<>(List.of(
                "--silent",
                "--show-error",
                "--fail",
                "--noproxy",
                "*",
                "--cacert",
                "root.pem",
                "--connect-to",
                ADMIN + ":443:127.0.0.1:" + stamp.frontEndAddress().getPort(),
                "--connect-to",
                "login.contoso.example:443:" + at("login.contoso.example", 443),
                "--resolve",
                ADMIN + ":443:127.0.0.1",
                "--resolve",
                "login.contoso.example:443:127.0.0.1"));
        all.addAll(List.of(arguments));
        return DebianProgram.required("curl", "curl").run(folder, all.toArray(String[]::new));
    }

    @Test
    public void pywinrmLogsOnSealsAndGetsNoCommandShell() throws Exception {
        PythonClient.require("winrm, requests_ntlm", "python3-winrm and python3-requests-ntlm");
        final Path legacy = Files.writeString(folder.resolve("openssl.cnf"), ThirdPartyClientsTest.LEGACY);
        assertThat(PythonClient.run(
                        folder,
                        "winrm_client.py",
                        List.of("OPENSSL_CONF=" + legacy),
                        "http://" + at("10.30.0.225", 5985) + "/wsman",
                        "ntlm",
                        identity.netBiosName() + "\\" + identity.cloudAdmin(),
                        identity.cloudAdminPassword()))
                .singleElement()
                .asString()
                .contains("2150858811");
    }

    @Test
    public void curlGetsATokenAndAsksResourceManager() throws Exception {
        final String metadata = curl("https://" + ADMIN + "/metadata/endpoints?api-version=2015-01-01");
        final String token = StampVisitor.JSON
                .readTree(curl(
                        "--data-urlencode",
                        "grant_type=client_credentials",
                        "--data-urlencode",
                        "client_id=" + identity.clientId(),
                        "--data-urlencode",
                        "client_secret=" + identity.clientSecret(),
                        "--data-urlencode",
                        "resource="
                                + StampVisitor.JSON
                                        .readTree(metadata)
                                        .at("/authentication/audiences/0")
                                        .asText(),
                        "https://login.contoso.example/" + identity.tenant() + "/oauth2/token"))
                .path("access_token")
                .asText();
        assertThat(curl(
                        "--header",
                        "Authorization: Bearer " + token,
                        "https://" + ADMIN + "/subscriptions?api-version=2015-11-01"))
                .contains(stamp.resourceManager().providerSubscription());
    }

    @Test
    public void redfishtoolChangesAPasswordThatTheStampHas() throws Exception {
        final DebianProgram redfishtool = DebianProgram.required("redfishtool", "redfishtool");
        final String[] place = {"-r", at("10.30.4.11", 443), "-u", identity.bmcUser(), "-S", "Always", "-p"};
        run(redfishtool, place, identity.bmcPassword(), "AccountService", "setpassword", identity.bmcUser(), NEW);
        assertThat(stamp.bmcs().of("node01").password(identity.bmcUser())).contains(NEW.toCharArray());
        assertThatThrownBy(() -> run(redfishtool, place, identity.bmcPassword(), "AccountService"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("401");
    }

    private static String run(final DebianProgram program, final String[] place, final String... more)
            throws Exception {
        final List<String> all = new ArrayList<>(List.of(place));
        all.addAll(List.of(more));
        return program.run(folder, all.toArray(String[]::new));
    }

    @Test
    public void aSetThatWasStagedOverSmbIsTakenServedAndRewritten() throws Exception {
        final Map<CertificateFolder, IssuedCertificate> set = new EnumMap<>(CertificateFolder.class);
        final List<CertificateFile> files = new ArrayList<>();
        for (final CertificateFolder one : stamp.stamp().folders()) {
            set.put(one, stamp.issue(stamp.specimen(one, 700)));
            files.add(new CertificateFile(
                    one,
                    "new.pfx",
                    new PfxMaker(set.get(one)).and(stamp.authority().root()).bytes(StampVisitor.PFX_PASSWORD)));
        }
        Files.createDirectories(stamp.share().resolve("Certificates"));
        try (Samba samba = Samba.start(
                        Files.createDirectories(folder.resolve("smbd")), stamp.share(), identity.sharePassword());
                PasswordCredentials credentials = new PasswordCredentials(
                        Samba.USER, identity.sharePassword().toCharArray());
                CertificatesFolder staging = new ShareClient(
                                (host, port, timeout) ->
                                        new DirectNetwork().connect("127.0.0.1", samba.port(), timeout),
                                new SecureRandom(),
                                ShareLimits.USUAL)
                        .open(UncPath.parse("share", SimulatedStamp.SHARE), credentials, Protection.SIGNED)) {
            final List<StagedFile> staged =
                    staging.stage(new CertificateFiles(IdentityProvider.AAD, files), new Unwritten());
            final StampVisitor visitor = new StampVisitor(stamp);
            try (RunspacePool pool = visitor.session(0)) {
                visitor.rotation(pool).run(Duration.ofMinutes(1));
            }
            set.forEach((one, issued) -> assertThat(stamp.served(one).leaf()).isEqualTo(issued.leaf()));
            assertThat(staging.compare(staged).files().values()).containsOnly(Comparison.State.CHANGED);
        }
        assertThat(DebianProgram.required("openssl", "openssl")
                        .run(
                                folder,
                                "s_client",
                                "-connect",
                                "127.0.0.1:" + stamp.frontEndAddress().getPort(),
                                "-servername",
                                "adminportal.east.azurestack.contoso.com",
                                "-verify_hostname",
                                "adminportal.east.azurestack.contoso.com",
                                "-verify_return_error",
                                "-CAfile",
                                "root.pem"))
                .contains("Verify return code: 0 (ok)");
    }

    /** A journal for those who will not look into it. */
    private static final class Unwritten implements StagingJournal {
        @Override
        public void aboutToMake(final String name) {}

        @Override
        public void made(final String name) {}

        @Override
        public void aboutToWrite(final StagedFile file) {}

        @Override
        public void written(final StagedFile file) {}
    }
}
