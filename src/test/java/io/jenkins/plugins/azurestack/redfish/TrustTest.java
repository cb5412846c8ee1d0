package io.jenkins.plugins.azurestack.redfish;

import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.OLD;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.net.DirectNetwork;
import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.net.http.Fingerprint;
import io.jenkins.plugins.azurestack.net.http.TlsTrust;
import io.jenkins.plugins.azurestack.simulator.pki.CertificateAuthority;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import io.jenkins.plugins.azurestack.simulator.redfish.BmcRule;
import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;

/** A BMC is believed by its root and its name, or by its one accepted certificate; whoever is not gets nothing. */
public class TrustTest {
    private static final Flavour FLAVOUR = Flavour.IDRAC_9;
    private static final Instant NOW = InstantSource.system().instant();
    private static final CertificateAuthority STRANGER =
            new CertificateAuthority("Stranger", "stranger.example", NOW, Visitor.RANDOM);

    @Rule
    public final BmcRule rule = new BmcRule();

    private final Visitor visitor = new Visitor(rule);
    private final List<String> dialled = new ArrayList<>();

    private Fingerprint presented() throws Exception {
        return Fingerprint.of(rule.of(FLAVOUR).certificate().leaf());
    }

    private static IssuedCertificate foreign(final Instant notAfter, final String... names) {
        return STRANGER.issue(Specimen.of(List.of(names), NOW.minus(Duration.ofDays(90)), notAfter));
    }

    private void requireUntrusted(final TlsTrust trust) {
        assertThatThrownBy(() -> visitor.redfish().open(visitor.address(FLAVOUR), trust))
                .isInstanceOfSatisfying(BmcException.class, distrust -> {
                    assertThat(distrust.kind()).isEqualTo(BmcException.Kind.UNTRUSTED);
                    assertThat(distrust).hasMessageContaining("nothing was sent");
                });
        assertThat(visitor.seen(FLAVOUR)).as("what the BMC received").isEmpty();
    }

    @Test
    public void aRootThatIsNotTrustedGetsNothing() {
        requireUntrusted(TlsTrust.roots(List.of(), Visitor.RANDOM));
        requireUntrusted(TlsTrust.roots(List.of(STRANGER.root()), Visitor.RANDOM));
    }

    @Test
    public void aCertificateForAnotherAddressGetsNothing() {
        rule.of(FLAVOUR).serve(foreign(NOW.plus(Duration.ofDays(9)), "10.30.4.99", "localhost"));
        requireUntrusted(TlsTrust.roots(List.of(STRANGER.root()), Visitor.RANDOM));
    }

    @Test
    public void anExpiredCertificateGetsNothing() {
        rule.of(FLAVOUR).serve(foreign(NOW.minus(Duration.ofDays(1)), "127.0.0.1"));
        requireUntrusted(TlsTrust.roots(List.of(STRANGER.root()), Visitor.RANDOM));
    }

    @Test
    public void anotherCertificateThanTheAcceptedOneGetsNothingEvenFromATrustedRoot() throws Exception {
        final Fingerprint accepted = presented();
        rule.of(FLAVOUR)
                .serve(BmcRule.authority().issue(rule.of(FLAVOUR).node().specimen(NOW, NOW.plusSeconds(86_400))));
        requireUntrusted(TlsTrust.pinned(accepted, Visitor.RANDOM));
    }

    @Test
    public void aCertificateThatChangesAfterTheFirstMeetingGetsNoPassword() throws Exception {
        for (final TlsTrust trust : List.of(TlsTrust.pinned(presented(), Visitor.RANDOM), Visitor.trusting())) {
            final IssuedCertificate good = rule.of(FLAVOUR).certificate();
            final Bmc bmc = visitor.redfish().open(visitor.address(FLAVOUR), trust);
            final int before = visitor.seen(FLAVOUR).size();
            rule.of(FLAVOUR).serve(foreign(NOW.plus(Duration.ofDays(9)), "127.0.0.1"));
            final LogOn refused = bmc.logOn(USER, OLD.toCharArray());
            assertThat(refused).isInstanceOf(LogOn.Untrusted.class);
            assertThat(refused.mayHaveCounted()).isFalse();
            assertThat(visitor.seen(FLAVOUR)).hasSize(before);
            rule.of(FLAVOUR).serve(good);
        }
    }

    @Test
    public void aCertificateThatChangesBeforeTheChangeGetsNoNewPassword() throws Exception {
        try (BmcSession session = visitor.logOn(FLAVOUR, OLD)) {
            final Account account = session.account(USER).orElseThrow();
            rule.of(FLAVOUR).serve(foreign(NOW.plus(Duration.ofDays(9)), "127.0.0.1"));
            assertThat(session.changePassword(account, BmcRule.NEW.toCharArray()))
                    .isInstanceOf(PasswordChange.NotSent.class);
        }
        assertThat(visitor.changesSent(FLAVOUR)).isZero();
    }

    @Test
    public void theAcceptedCertificateMayBeExpiredOfNobodyKnownAndForAnotherName() throws Exception {
        final IssuedCertificate odd = foreign(NOW.minus(Duration.ofDays(1)), "idrac.factory.example");
        rule.of(FLAVOUR).serve(odd);
        final Bmc bmc = visitor.redfish()
                .open(visitor.address(FLAVOUR), TlsTrust.pinned(Fingerprint.of(odd.leaf()), Visitor.RANDOM));
        Visitor.accepted(bmc.logOn(USER, OLD.toCharArray())).close();
    }

    @Test
    public void anOperatorIsShownTheCertificateThatWouldBePinnedAndNothingIsSentForIt() throws Exception {
        final X509Certificate shown = visitor.redfish()
                .certificate(visitor.address(FLAVOUR))
                .certificates()
                .get(0);
        assertThat(Fingerprint.of(shown)).isEqualTo(presented());
        assertThat(visitor.seen(FLAVOUR)).isEmpty();
    }

    private Network toTheBmc() {
        return (host, port, timeout) -> {
            dialled.add(host + " " + port);
            final Socket socket = new DirectNetwork()
                    .connect("127.0.0.1", rule.of(FLAVOUR).address().getPort(), timeout);
            return socket;
        };
    }

    @Test
    public void aBmcIsVerifiedByTheAddressThatTheStampKnows() throws Exception {
        final String address = rule.of(FLAVOUR).node().bmcAddress();
        final Bmc bmc = Visitor.over(toTheBmc()).open(BmcAddress.of(address), Visitor.trusting());
        Visitor.accepted(bmc.logOn(USER, OLD.toCharArray())).close();
        assertThat(dialled).containsOnly(address + " 443");
        assertThatThrownBy(() -> Visitor.over(toTheBmc()).open(BmcAddress.of("10.30.4.98"), Visitor.trusting()))
                .hasMessageContaining("10.30.4.98");
    }

    @Test
    public void anIpv6AddressIsDialledWithoutBrackets() throws Exception {
        final BmcAddress address = BmcAddress.of("2001:db8::5");
        final Bmc bmc = Visitor.over(toTheBmc()).open(address, TlsTrust.pinned(presented(), Visitor.RANDOM));
        Visitor.accepted(bmc.logOn(USER, OLD.toCharArray())).close();
        assertThat(dialled).containsOnly("2001:db8::5 443");
        assertThat(address).hasToString("[2001:db8::5]");
    }

    @Test
    public void fingerprintsAreReadAsPeopleWriteThem() throws Exception {
        final String hex = presented().hex();
        assertThat(Fingerprint.parse(hex.toLowerCase(java.util.Locale.ROOT).replaceAll("(..)(?!$)", "$1:")))
                .isEqualTo(presented());
        for (final String bad : List.of("", "00", hex + "0", hex.replace(hex.charAt(0), 'G'))) {
            assertThatThrownBy(() -> Fingerprint.parse(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("64 hexadecimal digits");
        }
    }

    @Test
    public void whatIsNoAddressIsRefused() {
        for (final String bad : List.of("", "a b", "a/b", "a@b", "-x", "[::1]", "x:y", "user:pw@host", "a?b")) {
            assertThatThrownBy(() -> BmcAddress.of(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new BmcAddress("10.0.0.1", 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
