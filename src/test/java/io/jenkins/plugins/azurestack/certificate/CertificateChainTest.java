package io.jenkins.plugins.azurestack.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.simulator.pki.CertificateAuthority;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.BeforeClass;
import org.junit.Test;

public class CertificateChainTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final Specimen GOOD = Specimen.of(
            List.of("portal.east.contoso.com", "*.vault.east.contoso.com"), NOW, NOW.plus(Duration.ofDays(90)));

    private static CertificateAuthority authority;
    private static IssuedCertificate issued;

    @BeforeClass
    public static void issue() {
        authority = new CertificateAuthority("Contoso", "contoso.com", NOW, new SecureRandom());
        issued = authority.issue(GOOD);
    }

    private static CertificateChain chain(final X509Certificate... certificates) {
        return CertificateChain.of(List.of(certificates));
    }

    @Test
    public void hasAtLeastOneCertificate() {
        assertThatThrownBy(() -> CertificateChain.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void isGoodNoLongerThanTheFirstOfItsCertificatesToEnd() {
        final CertificateAuthority ending = new CertificateAuthority(
                "Contoso", "contoso.com", NOW, NOW.plus(Duration.ofDays(10)), new SecureRandom());
        final CertificateChain chain = CertificateChain.of(ending.issue(GOOD).chain());

        assertThat(chain.endsFirst()).isEqualTo(ending.issuing());
        assertThat(chain.notAfter()).isEqualTo(NOW.plus(Duration.ofDays(10)));
    }

    @Test
    public void coversTheNamesOfItsLeafAndOneLabelForAWildcard() {
        final CertificateChain chain = chain(issued.leaf());

        assertThat(chain.covers("PORTAL.east.contoso.com")).isTrue();
        assertThat(chain.covers("a.vault.east.contoso.com")).isTrue();
        assertThat(chain.covers("vault.east.contoso.com")).isFalse();
        assertThat(chain.covers("a.b.vault.east.contoso.com")).isFalse();
    }

    @Test
    public void coversNothingByItsCommonNameAlone() {
        final CertificateChain chain = CertificateChain.of(authority
                .issue(GOOD.withoutNames().withCommonName("portal.east.contoso.com"))
                .chain());

        assertThat(chain.subject()).isEqualTo("CN=portal.east.contoso.com");
        assertThat(chain.dnsNames()).isEmpty();
        assertThat(chain.covers("portal.east.contoso.com")).isFalse();
    }

    @Test
    public void isNamedByTheDigestsOfItsLeaf() throws Exception {
        final byte[] encoded = issued.leaf().getEncoded();

        assertThat(chain(issued.leaf()).thumbprint())
                .isEqualTo(HexFormat.of()
                        .withUpperCase()
                        .formatHex(MessageDigest.getInstance("SHA-1").digest(encoded)));
        assertThat(chain(issued.leaf()).fingerprint())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(encoded)));
    }

    @Test
    public void masksAThumbprintButForItsEnds() {
        assertThat(CertificateChain.masked("E86699" + "0".repeat(28) + "4617D6"))
                .isEqualTo("E86699****************************4617D6");
        assertThat(CertificateChain.masked("short")).isEqualTo("short");
    }

    @Test
    public void isWholeWithOrWithoutItsRoot() {
        assertThat(chain(issued.leaf(), authority.issuing()).gap(List.of())).isEmpty();
        assertThat(chain(issued.leaf(), authority.issuing(), authority.root()).gap(List.of()))
                .isEmpty();
        assertThat(chain(issued.leaf(), authority.issuing()).gap(List.of(authority.root())))
                .isEmpty();
    }

    @Test
    public void hasAGapWhereTheIssuerDoesNotComeAlong() {
        assertThat(chain(issued.leaf()).gap(List.of(authority.root())))
                .hasValueSatisfying(
                        gap -> assertThat(gap).contains("comes alone").contains("CN=Contoso Issuing CA"));
    }

    @Test
    public void hasNoGapWhereAKnownRootIssuedTheLeafItself() {
        assertThat(chain(issued.leaf()).gap(List.of(authority.issuing()))).isEmpty();
    }

    @Test
    public void hasAGapWhereTheOrderIsWrong() {
        assertThat(chain(issued.leaf(), authority.root(), authority.issuing()).gap(List.of(authority.root())))
                .hasValueSatisfying(gap -> assertThat(gap).contains("'CN=portal.east.contoso.com' is followed by '"));
    }

    @Test
    public void hasAGapWhereAnAuthorityOfTheSameNameDidNotSign() {
        final CertificateAuthority namesake =
                new CertificateAuthority("Contoso", "contoso.com", NOW, new SecureRandom());

        assertThat(chain(issued.leaf(), namesake.issuing()).gap(List.of()))
                .hasValueSatisfying(gap -> assertThat(gap).contains("which did not issue it"));
    }

    @Test
    public void knowsASelfSignedCertificate() {
        assertThat(CertificateChain.isSelfSigned(authority.root())).isTrue();
        assertThat(CertificateChain.isSelfSigned(authority.issuing())).isFalse();
    }

    @Test
    public void equalsAChainOfTheSameCertificates() {
        assertThat(chain(issued.leaf(), authority.issuing()))
                .isEqualTo(CertificateChain.of(issued.chain()))
                .hasSameHashCodeAs(CertificateChain.of(issued.chain()))
                .isNotEqualTo(chain(issued.leaf()));
    }
}
