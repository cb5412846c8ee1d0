package io.jenkins.plugins.azurestack.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import io.jenkins.plugins.azurestack.simulator.tls.Manner;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.Ledger.Outcome;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Endpoint;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.ResourceProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

public class SimulatedStampTest {
    private static final Instant NOW = Instant.parse("2026-03-01T05:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Stamp EAST = stamp(IdentityProvider.ADFS, EnumSet.allOf(ResourceProvider.class));

    private static SimulatedStamp simulated;

    @BeforeClass
    public static void start() throws IOException {
        simulated = SimulatedStamp.start(EAST, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterClass
    public static void stop() throws IOException {
        simulated.close();
    }

    private static Stamp stamp(final IdentityProvider identity, final Set<ResourceProvider> providers) {
        return new Stamp(
                "east",
                "east",
                "azurestack.contoso.com",
                identity,
                providers,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Set.of());
    }

    @Test
    public void everyEndpointOfEveryFolderAnswersWithTheCertificateOfThatFolder() throws Exception {
        for (final Endpoint endpoint : EAST.endpoints()) {
            final X509Certificate leaf = presented(simulated, endpoint.host("x7f3"), endpoint.port())[0];
            assertThat(leaf)
                    .as(endpoint.toString())
                    .isEqualTo(simulated.served(endpoint.folder()).leaf());
        }
    }

    @Test
    public void aStampWithoutAdfsHasNoAdfsName() throws Exception {
        try (SimulatedStamp aad =
                SimulatedStamp.start(stamp(IdentityProvider.AAD, Set.of()), Clock.fixed(NOW, ZoneOffset.UTC))) {
            assertThat(presented(aad, "portal.east.azurestack.contoso.com", 443))
                    .hasSize(2);
            assertThatThrownBy(() -> presented(aad, "adfs.east.azurestack.contoso.com", 443))
                    .isInstanceOf(UnknownHostException.class);
        }
    }

    @Test
    public void aFreshStampHasOneExpiredOneInTwentyDaysOneInSixtyAndNothingElseNear() {
        assertThat(daysLeft(SimulatedStamp.EXPIRED)).isEqualTo(-2);
        assertThat(daysLeft(SimulatedStamp.IN_20_DAYS)).isEqualTo(20);
        assertThat(daysLeft(SimulatedStamp.IN_60_DAYS)).isEqualTo(60);
        final Set<CertificateFolder> near =
                EnumSet.of(SimulatedStamp.EXPIRED, SimulatedStamp.IN_20_DAYS, SimulatedStamp.IN_60_DAYS);
        assertThat(EAST.folders())
                .filteredOn(folder -> !near.contains(folder))
                .allSatisfy(folder -> assertThat(daysLeft(folder)).isBetween(400L, 700L));
    }

    @Test
    public void theChainLeadsToTheRootAndMeetsTheRules() throws GeneralSecurityException {
        final List<X509Certificate> chain =
                simulated.served(CertificateFolder.ACS_BLOB).chain();
        chain.get(0).verify(chain.get(1).getPublicKey());
        chain.get(1).verify(simulated.authority().root().getPublicKey());
        assertThat(chain.get(0).getSigAlgName()).isEqualTo("SHA256withRSA");
        assertThat(chain.get(0).getExtendedKeyUsage()).contains("1.3.6.1.5.5.7.3.1");
        assertThat(chain.get(0).getKeyUsage()).startsWith(true, false, true);
        assertThat(new String(chain.get(0).getExtensionValue("2.5.29.31"), StandardCharsets.ISO_8859_1))
                .contains("http://pki.azurestack.contoso.com/issuing.crl");
        assertThat(chain.get(1).getBasicConstraints()).isNotNegative();
    }

    @Test
    public void aNameOutsideTheStampDoesNotResolve() throws InterruptedException {
        for (final String host : List.of("localhost", "127.0.0.1", "portal.west.azurestack.contoso.com", "a.b.blob")) {
            assertThatThrownBy(() -> simulated.network().connect(host, 443, PATIENCE))
                    .as(host)
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining(host);
        }
        assertThat(simulated.ledger().handshakes())
                .anyMatch(entry -> entry.outcome() == Outcome.UNRESOLVED && "localhost".equals(entry.name()));
    }

    @Test
    public void aPortThatTheNameDoesNotServeIsClosed() {
        assertThatThrownBy(() -> simulated.network().connect("portal.east.azurestack.contoso.com", 44300, PATIENCE))
                .isInstanceOf(ConnectException.class);
        assertThatThrownBy(
                        () -> simulated.network().connect("sso.appservice.east.azurestack.contoso.com", 990, PATIENCE))
                .isInstanceOf(ConnectException.class);
    }

    @Test
    public void anExactNameGoesBeforeTheWildcardThatWouldCoverIt() throws Exception {
        assertThat(presented(simulated, "sso.appservice.east.azurestack.contoso.com", 443)[0])
                .isEqualTo(simulated
                        .served(CertificateFolder.APP_SERVICES_IDENTITY)
                        .leaf());
    }

    @Test
    public void everyMannerEndsAsItSays() throws Exception {
        try (SimulatedStamp own =
                SimulatedStamp.start(stamp(IdentityProvider.AAD, Set.of()), Clock.fixed(NOW, ZoneOffset.UTC))) {
            own.meet(CertificateFolder.ACS_BLOB, Manner.REFUSES);
            assertThatThrownBy(() -> presented(own, blob(), 443)).isInstanceOf(ConnectException.class);
            own.meet(CertificateFolder.ACS_BLOB, Manner.RESETS);
            assertThatThrownBy(() -> presented(own, blob(), 443)).isInstanceOf(SocketException.class);
            own.meet(CertificateFolder.ACS_BLOB, Manner.CLOSES);
            assertThatThrownBy(() -> presented(own, blob(), 443))
                    .isInstanceOfAny(EOFException.class, SSLException.class);
            own.meet(CertificateFolder.ACS_BLOB, Manner.BABBLES);
            assertThatThrownBy(() -> presented(own, blob(), 443)).isInstanceOf(SSLException.class);
            own.meet(CertificateFolder.ACS_BLOB, Manner.DECLINES);
            assertThatThrownBy(() -> presented(own, blob(), 443))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("handshake_failure");
            own.meet(CertificateFolder.ACS_BLOB, Manner.SERVES);
            assertThat(presented(own, blob(), 443)).hasSize(2);

            assertThat(own.settle(PATIENCE)).isTrue();
            assertThat(own.ledger().handshakesOf(CertificateFolder.ACS_BLOB))
                    .extracting(Ledger.Handshake::outcome)
                    .containsExactly(
                            Outcome.REFUSED,
                            Outcome.MISBEHAVED,
                            Outcome.MISBEHAVED,
                            Outcome.MISBEHAVED,
                            Outcome.MISBEHAVED,
                            Outcome.COMPLETED);
        }
    }

    @Test
    public void interruptingTheReaderEndsTheReadOfASilentFrontEnd() throws Exception {
        try (SimulatedStamp own =
                SimulatedStamp.start(stamp(IdentityProvider.AAD, Set.of()), Clock.fixed(NOW, ZoneOffset.UTC))) {
            own.meet(CertificateFolder.ACS_BLOB, Manner.SILENT);
            final CompletableFuture<Throwable> end = new CompletableFuture<>();
            final CompletableFuture<Socket> connected = new CompletableFuture<>();
            final Thread reader = new Thread(() -> {
                try (Socket socket = own.network().connect(blob(), 443, PATIENCE)) {
                    connected.complete(socket);
                    end.complete(
                            new AssertionError("read " + socket.getInputStream().read()));
                } catch (IOException e) {
                    end.complete(e);
                }
            });
            reader.start();
            connected.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            reader.interrupt();
            assertThat(end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(ClosedByInterruptException.class);
        }
    }

    @Test
    public void theLedgerSaysWhoWasAskedWhenAndWhatWasSent() throws Exception {
        try (SimulatedStamp own =
                SimulatedStamp.start(stamp(IdentityProvider.AAD, Set.of()), Clock.fixed(NOW, ZoneOffset.UTC))) {
            try (SSLSocket tls = handshake(own, blob(), 443, new CompletableFuture<>())) {
                tls.getOutputStream().write(new byte[] {1, 2, 3});
            }
            assertThat(own.settle(PATIENCE)).isTrue();
            assertThat(own.ledger().handshakes())
                    .containsExactly(new Ledger.Handshake(
                            NOW, blob(), Optional.of(CertificateFolder.ACS_BLOB), Outcome.COMPLETED, 3));
        }
    }

    @Test
    public void aClientThatTakesTheCertificateAndLeavesIsKnownByIt() throws Exception {
        try (SimulatedStamp own =
                SimulatedStamp.start(stamp(IdentityProvider.AAD, Set.of()), Clock.fixed(NOW, ZoneOffset.UTC))) {
            final CompletableFuture<X509Certificate[]> seen = new CompletableFuture<>();
            try (Socket socket = own.network().connect(blob(), 443, PATIENCE)) {
                final SSLSocket tls = client(socket, blob(), chain -> {
                    seen.complete(chain);
                    throw new IllegalStateException("seen enough");
                });
                assertThatThrownBy(tls::startHandshake).isInstanceOf(Exception.class);
            }
            assertThat(seen.get()).hasSize(2);
            assertThat(own.settle(PATIENCE)).isTrue();
            assertThat(own.ledger().handshakes())
                    .extracting(Ledger.Handshake::outcome)
                    .containsExactly(Outcome.CERTIFICATE_SENT);
        }
    }

    @Test
    public void whatIsNoTlsAtAllIsAnEntryWithoutAName() throws Exception {
        try (SimulatedStamp own =
                SimulatedStamp.start(stamp(IdentityProvider.AAD, Set.of()), Clock.fixed(NOW, ZoneOffset.UTC))) {
            try (Socket socket = own.network().connect(blob(), 443, PATIENCE)) {
                socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            } catch (SocketException e) {
                assertThat(e).hasMessageContaining("reset");
            }
            assertThat(own.settle(PATIENCE)).isTrue();
            assertThat(own.ledger().handshakes())
                    .containsExactly(new Ledger.Handshake(NOW, "", Optional.empty(), Outcome.NO_HELLO, 0));
        }
    }

    @Test
    public void aFolderServesWhatItIsTold() throws Exception {
        try (SimulatedStamp own =
                SimulatedStamp.start(stamp(IdentityProvider.AAD, Set.of()), Clock.fixed(NOW, ZoneOffset.UTC))) {
            final Specimen good = own.specimen(CertificateFolder.ACS_BLOB, 500);
            own.serve(CertificateFolder.ACS_BLOB, good.withChain(Specimen.Chain.LEAF_ONLY));
            assertThat(presented(own, blob(), 443)).hasSize(1);
            own.serve(CertificateFolder.ACS_BLOB, good.withKey(Specimen.Key.EC_P256));
            assertThat(presented(own, blob(), 443)[0].getPublicKey().getAlgorithm())
                    .isEqualTo("EC");
            own.serve(CertificateFolder.ACS_BLOB, good.withKey(Specimen.Key.RSA_1024));
            assertThat(presented(own, blob(), 443)[0].getPublicKey().getEncoded())
                    .hasSizeLessThan(200);
            own.serve(CertificateFolder.ACS_BLOB, good.withNames("blob.west.example"));
            assertThat(presented(own, blob(), 443)[0].getSubjectX500Principal().getName())
                    .contains("blob.west.example");
            final IssuedCertificate selfSigned =
                    own.serve(CertificateFolder.ACS_BLOB, good.withChain(Specimen.Chain.SELF_SIGNED));
            assertThat(presented(own, blob(), 443)[0].getIssuerX500Principal())
                    .isEqualTo(selfSigned.leaf().getSubjectX500Principal());
            own.serve(CertificateFolder.ACS_BLOB, good.withSignature(Specimen.Signature.SHA1_RSA));
            assertThat(presented(own, blob(), 443)[0].getSigAlgName()).isEqualTo("SHA1withRSA");
        }
    }

    @Test
    public void aKeyStoreOpensWithItsPasswordAndHoldsKeyAndChain() throws Exception {
        final IssuedCertificate stored = simulated.issue(simulated.specimen(CertificateFolder.ARM_PUBLIC, 730));
        final char[] password = "Simulated1".toCharArray();
        final KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(stored.pfx(password)), password);
        final List<String> aliases = Collections.list(store.aliases());
        assertThat(aliases).hasSize(1);
        assertThat(store.isKeyEntry(aliases.get(0))).isTrue();
        assertThat(Arrays.stream(store.getCertificateChain(aliases.get(0))).map(Certificate.class::cast))
                .containsExactlyElementsOf(stored.chain());
    }

    @Test
    public void aFolderThatTheStampDoesNotHaveCannotBeSet() throws IOException {
        try (SimulatedStamp aad =
                SimulatedStamp.start(stamp(IdentityProvider.AAD, Set.of()), Clock.fixed(NOW, ZoneOffset.UTC))) {
            assertThatThrownBy(() -> aad.meet(CertificateFolder.ADFS, Manner.SILENT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("ADFS");
        }
    }

    @Test
    public void itListensOnLoopbackOnly() {
        assertThat(simulated.frontEndAddress().getAddress().isLoopbackAddress()).isTrue();
    }

    private static String blob() {
        return "x7f3.blob.east.azurestack.contoso.com";
    }

    private static long daysLeft(final CertificateFolder folder) {
        return Math.floorDiv(
                ChronoUnit.HOURS.between(
                        NOW, simulated.served(folder).leaf().getNotAfter().toInstant()),
                24);
    }

    private static X509Certificate[] presented(final SimulatedStamp stamp, final String host, final int port)
            throws IOException, ExecutionException, InterruptedException, GeneralSecurityException {
        final CompletableFuture<X509Certificate[]> seen = new CompletableFuture<>();
        handshake(stamp, host, port, seen).close();
        return seen.get();
    }

    private static SSLSocket handshake(
            final SimulatedStamp stamp,
            final String host,
            final int port,
            final CompletableFuture<X509Certificate[]> seen)
            throws IOException, GeneralSecurityException {
        final Network network = stamp.network();
        final SSLSocket tls = client(network.connect(host, port, PATIENCE), host, seen::complete);
        try {
            tls.startHandshake();
        } catch (IOException e) {
            tls.close();
            throw e;
        }
        return tls;
    }

    private static SSLSocket client(final Socket socket, final String host, final Seen seen)
            throws IOException, GeneralSecurityException {
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Looking(seen)}, null);
        final SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, host, 443, true);
        final SSLParameters parameters = tls.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        tls.setSSLParameters(parameters);
        return tls;
    }

    private interface Seen {
        void chain(X509Certificate[] chain);
    }

    private record Looking(Seen seen) implements X509TrustManager {
        @Override
        public void checkClientTrusted(final X509Certificate[] chain, final String type) {
            throw new UnsupportedOperationException("This is a client");
        }

        @Override
        public void checkServerTrusted(final X509Certificate[] chain, final String type) {
            seen.chain(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
