package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.azurestack.certificate.PlainPfx;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.expiry.Sighting;
import io.jenkins.plugins.azurestack.simulator.pki.CertificateAuthority;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.StoredCertificate;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.BeforeClass;
import org.junit.Test;

/** What a look at one credential shows, and what it says of what it can't show. */
public class CredentialSourceTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final Specimen GOOD =
            Specimen.of(List.of("management.east.contoso.com"), NOW, NOW.plus(Duration.ofDays(90)));

    private static CertificateAuthority authority;
    private static IssuedCertificate good;
    private static IssuedCertificate ended;

    @BeforeClass
    public static void issue() {
        authority = new CertificateAuthority("Contoso", "contoso.com", NOW, new SecureRandom());
        good = authority.issue(GOOD);
        ended = authority.issue(GOOD.withDates(NOW.minus(Duration.ofDays(40)), NOW.minus(Duration.ofDays(4))));
    }

    private static List<Sighting> look(final CredentialLookup credentials) throws Exception {
        final Stamp stamp = new Stamp(
                "east",
                "east",
                "contoso.com",
                IdentityProvider.AAD,
                Set.of(),
                List.of(new StoredCertificate(CertificateFolder.ARM_PUBLIC, "arm", Optional.empty())),
                Optional.empty(),
                Optional.empty(),
                Set.of());
        return new CredentialSource(stamp, credentials).inquiries().get(0).look();
    }

    private static List<Sighting> look(final PlainPfx file) throws Exception {
        final byte[] content = file.bytes();
        return look((id, password) -> new CredentialLookup.Held.File(content, new char[0]));
    }

    private static void assertShows(final List<Sighting> seen, final IssuedCertificate... leaves) {
        assertThat(seen)
                .filteredOn(Sighting.Certificate.class::isInstance)
                .extracting(
                        sighting -> ((Sighting.Certificate) sighting).chain().leaf())
                .containsExactlyElementsOf(
                        List.of(leaves).stream().map(IssuedCertificate::leaf).toList());
    }

    private static void assertSays(final List<Sighting> seen, final String reason, final String advice) {
        assertThat(seen)
                .filteredOn(Sighting.Unknown.class::isInstance)
                .singleElement()
                .satisfies(sighting -> {
                    assertThat(((Sighting.Unknown) sighting).reason()).isEqualTo(reason);
                    assertThat(((Sighting.Unknown) sighting).advice()).contains(advice);
                });
    }

    @Test
    public void aPfxWithItsKeyShowsItsCertificateAndNothingElse() throws Exception {
        final List<Sighting> seen = look(new PlainPfx()
                .certificate(good.leaf(), 1)
                .certificate(authority.issuing())
                .key(1));

        assertShows(seen, good);
        assertThat(seen).hasSize(1);
    }

    @Test
    public void aKeyWhoseCertificateCannotBeToldIsUnknownAndTheCertificateIsJudged() throws Exception {
        final List<Sighting> seen = look(new PlainPfx()
                .certificate(good.leaf(), 1)
                .certificate(ended.leaf())
                .certificate(authority.issuing())
                .key(1)
                .key(2));

        assertShows(seen, good, ended);
        assertSays(seen, "credential 'arm' holds a private key whose certificate can't be told", "local key id");
    }

    @Test
    public void ofSeveralLeavesThatMayBeTheKeysEachIsJudged() throws Exception {
        final List<Sighting> seen = look(new PlainPfx()
                .certificate(good.leaf())
                .certificate(ended.leaf())
                .certificate(authority.issuing())
                .key());

        assertShows(seen, good, ended);
        assertSays(seen, "credential 'arm' holds a private key whose certificate can't be told", "local key id");
    }

    @Test
    public void keysWithoutIdsAreCounted() throws Exception {
        final List<Sighting> seen = look(new PlainPfx()
                .certificate(good.leaf())
                .certificate(ended.leaf())
                .key()
                .key());

        assertShows(seen, good, ended);
        assertSays(seen, "credential 'arm' holds 2 private keys whose certificates can't be told", "local key id");
    }

    @Test
    public void aPfxWithoutKeyIsUnknownAndItsCertificateIsJudged() throws Exception {
        final List<Sighting> seen =
                look(new PlainPfx().certificate(ended.leaf()).certificate(authority.issuing()));

        assertShows(seen, ended);
        assertSays(seen, "credential 'arm' holds certificates, but no private key", "together with its private key");
    }

    @Test
    public void aCertificateCredentialShowsItsCertificate() throws Exception {
        final KeyStore store = good.keyStore("irrelevant".toCharArray());

        assertShows(look((id, password) -> new CredentialLookup.Held.Opened(store)), good);
    }

    @Test
    public void aProviderThatFailsIsNoDefectOfThePlugin() {
        final NotSeenException failure = catchThrowableOfType(
                NotSeenException.class,
                () -> look((id, password) -> {
                    throw new IllegalStateException("vault is sealed\nFinished: SUCCESS");
                }));

        assertThat(failure)
                .hasMessage("credential 'arm': the credentials provider failed: vault is sealed?Finished: SUCCESS");
        assertThat(failure.advice()).contains("controller's log");
    }

    @Test
    public void aProviderThatFailsWithoutAWordIsNamedByItsFailure() {
        final NotSeenException failure = catchThrowableOfType(
                NotSeenException.class,
                () -> look((id, password) -> {
                    throw new NullPointerException();
                }));

        assertThat(failure).hasMessageEndingWith("failed: java.lang.NullPointerException");
    }
}
