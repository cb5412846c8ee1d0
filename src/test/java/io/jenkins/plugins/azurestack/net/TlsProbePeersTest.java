package io.jenkins.plugins.azurestack.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.net.TlsProbeException.Kind;
import io.jenkins.plugins.azurestack.peer.DebianProgram;
import io.jenkins.plugins.azurestack.peer.Nginx;
import io.jenkins.plugins.azurestack.peer.OpenSslServer;
import io.jenkins.plugins.azurestack.peer.PemFiles;
import io.jenkins.plugins.azurestack.peer.WireTap;
import io.jenkins.plugins.azurestack.simulator.pki.CertificateAuthority;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The probe against servers nobody here wrote: {@code openssl s_server} and nginx. */
public class TlsProbePeersTest {
    private static final String HOST = "portal.east.contoso.com";
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Instant NOW = Instant.now();
    private static final Specimen GOOD =
            Specimen.of(List.of(HOST), NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(90)));

    private static final SecureRandom RANDOM = new SecureRandom();

    private static CertificateAuthority authority;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private DebianProgram openssl;

    @BeforeClass
    public static void foundAuthority() {
        authority = new CertificateAuthority("Contoso", "contoso.com", NOW, RANDOM);
    }

    @Before
    public void findOpenSsl() {
        openssl = DebianProgram.required("openssl", "openssl");
    }

    /** What was seen, and what the server received. */
    private record Look(TlsProbe.Presented presented, byte[] sent) {}

    private Look look(final IssuedCertificate issued, final String... options) throws Exception {
        return look(HOST, issued, options);
    }

    private Look look(final String host, final IssuedCertificate issued, final String... options) throws Exception {
        try (OpenSslServer server = serve(issued, options);
                WireTap tap = new WireTap(server.port())) {
            return new Look(new TlsProbe(tap, RANDOM).look(host, 443, LONG), tap.sent());
        }
    }

    private OpenSslServer serve(final IssuedCertificate issued, final String... options) throws IOException {
        final Path home = folder.getRoot().toPath();
        return OpenSslServer.start(openssl, home, PemFiles.write(home, "server", issued), options);
    }

    private void assertRefused(final Kind kind, final String reason, final String... options) throws Exception {
        try (OpenSslServer server = serve(authority.issue(GOOD), options)) {
            assertFails(server.port(), kind, reason);
        }
    }

    private static void assertFails(final int port, final Kind kind, final String reason) throws Exception {
        try (WireTap tap = new WireTap(port)) {
            assertThatThrownBy(() -> new TlsProbe(tap, RANDOM).look(HOST, 443, LONG))
                    .isInstanceOfSatisfying(TlsProbeException.class, failure -> assertThat(failure.kind())
                            .isEqualTo(kind))
                    .hasMessageContaining(reason);
            assertThat(Records.names(tap.sent())).containsOnly("ClientHello");
        }
    }

    @Test
    public void seesTheChainOfATls12ServerAndSendsNothingButItsHello() throws Exception {
        final IssuedCertificate issued = authority.issue(GOOD);

        final Look look = look(issued, "-tls1_2");

        assertThat(look.presented().certificates()).isEqualTo(issued.chain());
        assertThat(look.presented().protocol()).isEqualTo("TLSv1.2");
        assertThat(Records.names(look.sent())).containsExactly("ClientHello");
    }

    @Test
    public void seesTheChainOfATls13ServerAndSendsNothingButItsHello() throws Exception {
        final IssuedCertificate issued = authority.issue(GOOD);

        final Look look = look(issued, "-tls1_3");

        assertThat(look.presented().certificates()).isEqualTo(issued.chain());
        assertThat(look.presented().protocol()).isEqualTo("TLSv1.3");
        assertThat(Records.names(look.sent())).containsExactly("ClientHello");
    }

    @Test
    public void saysHelloAgainWhenTheServerWantsAnotherGroupAndStillSendsNothingElse() throws Exception {
        final Look look = look(authority.issue(GOOD), "-tls1_3", "-groups", "P-384");

        assertThat(look.presented().certificates()).hasSize(2);
        assertThat(Records.names(look.sent())).containsExactly("ClientHello", "ClientHello");
    }

    @Test
    public void asksForTheHostByName() throws Exception {
        assertThat(Records.serverName(look(authority.issue(GOOD)).sent())).isEqualTo(HOST);
    }

    @Test
    public void leavesTheRootDotOutOfTheServerName() throws Exception {
        assertThat(Records.serverName(look(HOST + ".", authority.issue(GOOD)).sent()))
                .isEqualTo(HOST);
    }

    @Test
    public void asksForNoNameWhereTheHostIsAnAddress() throws Exception {
        assertThat(Records.serverName(look("127.0.0.1", authority.issue(GOOD)).sent()))
                .isEmpty();
        assertThat(Records.serverName(look("::1", authority.issue(GOOD)).sent()))
                .isEmpty();
    }

    @Test
    public void takesAnExpiredCertificate() throws Exception {
        assertSeen(GOOD.withDates(NOW.minus(Duration.ofDays(90)), NOW.minus(Duration.ofDays(1))));
    }

    @Test
    public void takesACertificateThatIsNotYetValid() throws Exception {
        assertSeen(GOOD.withDates(NOW.plus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(2))));
    }

    @Test
    public void takesACertificateForAnotherName() throws Exception {
        assertSeen(GOOD.withNames("elsewhere.example"));
    }

    @Test
    public void takesASelfSignedCertificate() throws Exception {
        assertSeen(GOOD.withChain(Specimen.Chain.SELF_SIGNED));
    }

    @Test
    public void takesAChainWithoutItsIntermediate() throws Exception {
        assertSeen(GOOD.withChain(Specimen.Chain.LEAF_ONLY));
    }

    @Test
    public void takesAChainWithItsRoot() throws Exception {
        assertSeen(GOOD.withChain(Specimen.Chain.WITH_ROOT));
    }

    @Test
    public void keepsTheOrderOfAnUnorderedChain() throws Exception {
        final Path home = folder.getRoot().toPath();
        final PemFiles files = PemFiles.write(home, "server", authority.issue(GOOD));
        PemFiles.write(home, "server.others.pem", List.of(authority.root(), authority.issuing()));
        try (OpenSslServer server = OpenSslServer.start(openssl, home, files);
                WireTap tap = new WireTap(server.port())) {
            assertThat(new TlsProbe(tap, RANDOM).look(HOST, 443, LONG).certificates())
                    .endsWith(authority.root(), authority.issuing())
                    .hasSize(3);
        }
    }

    @Test
    public void takesAnRsaKeyOf1024Bits() throws Exception {
        assertSeen(GOOD.withKey(Specimen.Key.RSA_1024), "-cipher", "ALL:@SECLEVEL=0");
    }

    @Test
    public void takesAnEllipticCurveKey() throws Exception {
        assertSeen(GOOD.withKey(Specimen.Key.EC_P256));
    }

    @Test
    public void takesASha1Signature() throws Exception {
        assertSeen(GOOD.withSignature(Specimen.Signature.SHA1_RSA), "-cipher", "ALL:@SECLEVEL=0");
    }

    private void assertSeen(final Specimen specimen, final String... options) throws Exception {
        final IssuedCertificate issued = authority.issue(specimen);

        assertThat(look(issued, options).presented().certificates()).isEqualTo(issued.chain());
    }

    @Test
    public void saysThatAServerIsTooOld() throws Exception {
        assertRefused(Kind.PROTOCOL_TOO_OLD, "neither TLS 1.3 nor TLS 1.2", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0");
        assertRefused(Kind.PROTOCOL_TOO_OLD, "neither TLS 1.3 nor TLS 1.2", "-tls1", "-cipher", "ALL:@SECLEVEL=0");
    }

    @Test
    public void namesTheAlertOfAServerWithoutACipherSuiteInCommon() throws Exception {
        assertRefused(Kind.ALERT, "handshake_failure", "-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA");
    }

    @Test
    public void namesTheAlertOfAServerThatDoesNotKnowTheName() throws Exception {
        final PemFiles other = PemFiles.write(folder.newFolder().toPath(), "other", authority.issue(GOOD));
        final String[] fatal = {
            "-servername",
            "elsewhere.example",
            "-servername_fatal",
            "-cert2",
            other.leaf().toString(),
            "-key2",
            other.key().toString()
        };

        assertRefused(Kind.ALERT, "unrecognized_name", fatal);
    }

    @Test
    public void goesOnWhenAServerOnlyWarnsThatItDoesNotKnowTheName() throws Exception {
        final IssuedCertificate issued = authority.issue(GOOD);
        final PemFiles other = PemFiles.write(folder.newFolder().toPath(), "other", issued);

        final Look look = look(
                issued,
                "-tls1_2",
                "-servername",
                "elsewhere.example",
                "-cert2",
                other.leaf().toString(),
                "-key2",
                other.key().toString());

        assertThat(look.presented().certificates()).isEqualTo(issued.chain());
    }

    @Test
    public void isNotAskedToProveItselfWhereAServerWantsAClientCertificate() throws Exception {
        final IssuedCertificate issued = authority.issue(GOOD);

        assertThat(look(issued, "-tls1_3", "-Verify", "1").presented().certificates())
                .isEqualTo(issued.chain());
        assertThat(look(issued, "-tls1_2", "-Verify", "1").presented().certificates())
                .isEqualTo(issued.chain());
    }

    @Test
    public void seesForEachNameTheCertificateThatNginxHasForIt() throws Exception {
        final Path home = folder.getRoot().toPath();
        final Map<String, IssuedCertificate> issued = new LinkedHashMap<>();
        final Map<String, PemFiles> files = new LinkedHashMap<>();
        for (final String name :
                List.of("portal.east.contoso.com", "*.vault.east.contoso.com", "adfs.east.contoso.com")) {
            issued.put(name, authority.issue(GOOD.withNames(name)));
            files.put(name, PemFiles.write(home, "server" + files.size(), issued.get(name)));
        }
        try (Nginx nginx = Nginx.start(DebianProgram.required("nginx", "nginx-light"), home, files)) {
            final TlsProbe probe = new TlsProbe(
                    (host, port, timeout) -> new DirectNetwork().connect("127.0.0.1", nginx.port(), timeout), RANDOM);

            assertThat(probe.look("adfs.east.contoso.com", 443, LONG).certificates())
                    .isEqualTo(issued.get("adfs.east.contoso.com").chain());
            assertThat(probe.look("a1b2.vault.east.contoso.com", 443, LONG).certificates())
                    .isEqualTo(issued.get("*.vault.east.contoso.com").chain());
            assertThat(probe.look("unknown.example", 443, LONG).certificates())
                    .isEqualTo(issued.get("portal.east.contoso.com").chain());
        }
    }
}
