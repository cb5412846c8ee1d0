package io.jenkins.plugins.azurestack.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.certificate.UnreadablePfxException.Kind;
import io.jenkins.plugins.azurestack.simulator.pki.CertificateAuthority;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import java.io.ByteArrayInputStream;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.BeforeClass;
import org.junit.Test;

/** Which certificate is a key's, and what becomes of those for which that can't be told. */
public class PfxKeysTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final Specimen GOOD =
            Specimen.of(List.of("portal.east.contoso.com"), NOW, NOW.plus(Duration.ofDays(90)));
    private static final Specimen ENDED = GOOD.withDates(NOW.minus(Duration.ofDays(40)), NOW.minus(Duration.ofDays(4)));

    private static CertificateAuthority authority;
    private static IssuedCertificate good;
    private static IssuedCertificate ended;
    private static X509Certificate issuing;

    @BeforeClass
    public static void issue() {
        authority = new CertificateAuthority("Contoso", "contoso.com", NOW, new SecureRandom());
        good = authority.issue(GOOD);
        ended = authority.issue(ENDED);
        issuing = authority.issuing();
    }

    private static PfxFile open(final PlainPfx file) throws Exception {
        return PfxFile.open(file.bytes(), new char[0]);
    }

    private static CertificateChain chain(final IssuedCertificate issued) {
        return CertificateChain.of(issued.chain());
    }

    @Test
    public void everyKeyHasTheCertificateOfItsId() throws Exception {
        final PfxFile opened = open(new PlainPfx()
                .certificate(issuing)
                .certificate(ended.leaf(), 2)
                .certificate(good.leaf(), 1)
                .key(1)
                .key(2));

        assertThat(opened.chains()).containsExactly(chain(good), chain(ended));
        assertThat(opened.keysWithoutCertificate()).isZero();
        assertThat(opened.chainsWithoutKey()).isEmpty();
    }

    @Test
    public void aKeyWithoutIdsHasTheOnlyLeaf() throws Exception {
        final PfxFile opened = open(
                new PlainPfx().certificate(issuing).certificate(good.leaf()).key());

        assertThat(opened.chains()).containsExactly(chain(good));
        assertThat(opened.keysWithoutCertificate()).isZero();
    }

    @Test
    public void aKeyWhoseCertificateHasNoIdIsMissedAndTheCertificateIsStillShown() throws Exception {
        final PfxFile opened = open(new PlainPfx()
                .certificate(good.leaf(), 1)
                .certificate(ended.leaf())
                .certificate(issuing)
                .key(1)
                .key(2));

        assertThat(opened.chains()).containsExactly(chain(good));
        assertThat(opened.keysWithoutCertificate()).isOne();
        assertThat(opened.chainsWithoutKey()).containsExactly(chain(ended));
    }

    @Test
    public void ofTwoLeavesWithoutIdsNoneIsTakenForTheKeys() throws Exception {
        final PfxFile opened = open(new PlainPfx()
                .certificate(good.leaf())
                .certificate(ended.leaf())
                .certificate(issuing)
                .key());

        assertThat(opened.chains()).isEmpty();
        assertThat(opened.keysWithoutCertificate()).isOne();
        assertThat(opened.chainsWithoutKey()).containsExactly(chain(good), chain(ended));
    }

    @Test
    public void ofTwoLeavesWithOneIdNoneIsTakenForTheKeys() throws Exception {
        final PfxFile opened = open(new PlainPfx()
                .certificate(good.leaf(), 1)
                .certificate(ended.leaf(), 1)
                .key(1));

        assertThat(opened.chains()).isEmpty();
        assertThat(opened.keysWithoutCertificate()).isOne();
        assertThat(opened.chainsWithoutKey()).hasSize(2);
    }

    @Test
    public void aCertificateWithTheIdOfAnotherKeyIsNotTakenForTheKeys() throws Exception {
        final PfxFile opened = open(new PlainPfx().certificate(good.leaf(), 1).key(2));

        assertThat(opened.chains()).isEmpty();
        assertThat(opened.keysWithoutCertificate()).isOne();
    }

    @Test
    public void anIdOnTheWholeChainMeansItsLeaf() throws Exception {
        final PfxFile opened = open(new PlainPfx()
                .certificate(issuing, 1)
                .certificate(good.leaf(), 1)
                .key(1));

        assertThat(opened.chains()).containsExactly(chain(good));
    }

    @Test
    public void ofSeveralKeysWithoutIdsEachIsMissed() throws Exception {
        final PfxFile opened = open(new PlainPfx()
                .certificate(good.leaf())
                .certificate(ended.leaf())
                .certificate(issuing)
                .key()
                .key());

        assertThat(opened.chains()).isEmpty();
        assertThat(opened.keysWithoutCertificate()).isEqualTo(2);
        assertThat(opened.chainsWithoutKey()).containsExactly(chain(good), chain(ended));
    }

    @Test
    public void twoKeysWithOneIdDoNotShareACertificate() throws Exception {
        final PfxFile opened =
                open(new PlainPfx().certificate(good.leaf(), 1).key(1).key(1));

        assertThat(opened.chains()).hasSize(1);
        assertThat(opened.keysWithoutCertificate()).isOne();
    }

    @Test
    public void aCertificateThatIsThereTwiceHasTheIdOfEither() throws Exception {
        final PfxFile opened = open(new PlainPfx()
                .certificate(good.leaf())
                .certificate(ended.leaf(), 2)
                .certificate(good.leaf(), 1)
                .certificate(issuing)
                .key(1)
                .key(2));

        assertThat(opened.chains()).containsExactly(chain(good), chain(ended));
    }

    @Test
    public void anOldSelfSignedCertificateIsNoIssuerOfItsSuccessor() throws Exception {
        final X509Certificate old =
                authority.issue(ENDED.withChain(Specimen.Chain.SELF_SIGNED)).leaf();
        final X509Certificate successor =
                authority.issue(GOOD.withChain(Specimen.Chain.SELF_SIGNED)).leaf();

        final PfxFile opened =
                open(new PlainPfx().certificate(successor).certificate(old).key());

        assertThat(opened.keysWithoutCertificate()).isOne();
        assertThat(opened.chainsWithoutKey()).extracting(CertificateChain::leaf).containsExactly(successor, old);
    }

    @Test
    public void anAuthorityIsNoLeaf() throws Exception {
        final PfxFile opened = open(new PlainPfx()
                .certificate(good.leaf(), 1)
                .certificate(issuing)
                .certificate(authority.root())
                .certificate(new CertificateAuthority("Fabrikam", "fabrikam.com", NOW, new SecureRandom()).root())
                .key(1));

        assertThat(opened.certificatesWithoutKey()).hasSize(1);
        assertThat(opened.chainsWithoutKey()).isEmpty();
    }

    @Test
    public void aKeyWithoutCertificateInAnOpenedKeyStoreIsMissed() throws Exception {
        final KeyStore store = KeyStore.getInstance("PKCS12", "SunJSSE");
        store.load(
                new ByteArrayInputStream(new PlainPfx()
                        .certificate(good.leaf(), 1)
                        .certificate(issuing)
                        .key(1)
                        .key(2)
                        .bytes()),
                null);

        final PfxFile opened = PfxFile.of(store);

        assertThat(opened.chains()).hasSize(1);
        assertThat(opened.keysWithoutCertificate()).isOne();
    }

    @Test
    public void aCertificateThatBreaksTheParserOfTheJvmIsDamage() throws Exception {
        final byte[] file = new PlainPfx()
                .certificate(BrokenCertificate.encoded(), null)
                .key()
                .bytes();

        assertThatThrownBy(() -> PfxFile.open(file, new char[0]))
                .isInstanceOfSatisfying(UnreadablePfxException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(Kind.DAMAGED))
                .hasMessageContaining("a certificate in it is damaged");
    }
}
