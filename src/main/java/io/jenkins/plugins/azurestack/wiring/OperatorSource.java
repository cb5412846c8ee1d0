package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.certificate.PfxFile;
import io.jenkins.plugins.azurestack.certificate.UnreadablePfxException;
import io.jenkins.plugins.azurestack.expiry.ExpirySource;
import io.jenkins.plugins.azurestack.expiry.Inquiry;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.expiry.Severity;
import io.jenkins.plugins.azurestack.expiry.Sighting;
import io.jenkins.plugins.azurestack.expiry.Target;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the operator's own service principal in the credentials store: when its certificate ends. It is no certificate of
 * the stamp's, whose PKI rules do not apply to it. When a client secret ends only its directory knows.
 */
final class OperatorSource implements ExpirySource {
    /** The source's name. */
    static final String NAME = "operator";

    private static final String PRINCIPAL = "operator's service principal";

    private final Stamp stamp;
    private final String id;
    private final SecretLookup credentials;

    /** @param id of the credential */
    OperatorSource(final Stamp stamp, final String id, final SecretLookup credentials) {
        this.stamp = stamp;
        this.id = id;
        this.credentials = credentials;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Inquiry> inquiries() {
        final Target target = new Target(NAME, id, Optional.empty(), credentials.scope());
        return List.of(new Inquiry() {
            @Override
            public Target target() {
                return target;
            }

            @Override
            public List<Sighting> look() throws NotSeenException {
                return List.of(sighting(target));
            }
        });
    }

    private Sighting sighting(final Target target) throws NotSeenException {
        return isSecret()
                ? new Sighting.Told(
                        target,
                        PRINCIPAL,
                        "",
                        Optional.empty(),
                        Severity.NOTICE,
                        false,
                        "it is a client secret, and when that ends only its directory knows",
                        "Keep its date yourself: once it has ended, the stamp's alerts can't be read.")
                : certificate(target);
    }

    private boolean isSecret() {
        try (PasswordCredentials login = credentials.login(id)) {
            return !login.userName().isEmpty();
        } catch (NotSeenException e) {
            // It is of another type, or not there at all: looking for a certificate says which.
            return false;
        }
    }

    private Sighting certificate(final Target target) throws NotSeenException {
        try (CredentialLookup.Held held = credentials.find(id, stamp.certificatePassword())) {
            final PfxFile file = held instanceof CredentialLookup.Held.Opened opened
                    ? PfxFile.of(opened.keyStore())
                    : PfxFile.open(
                            ((CredentialLookup.Held.File) held).content(),
                            ((CredentialLookup.Held.File) held).password());
            return file.chains().stream()
                    .max(Comparator.comparing(OperatorSource::end))
                    .map(chain -> told(target, chain))
                    .orElseThrow(() -> new NotSeenException(
                            "credential '" + id + "' holds no private key with its certificate",
                            "Export the certificate again together with its private key."));
        } catch (UnreadablePfxException e) {
            throw new NotSeenException("credential '" + id + "' " + e.getMessage(), e.advice());
        }
    }

    /** A directory looks at the registered certificate, and at no chain. */
    private static Instant end(final CertificateChain chain) {
        return chain.leaf().getNotAfter().toInstant();
    }

    private static Sighting told(final Target target, final CertificateChain chain) {
        return new Sighting.Told(
                target,
                PRINCIPAL,
                chain.thumbprint(),
                Optional.of(end(chain)),
                Severity.OK,
                false,
                "certificate '" + chain.subject() + "'",
                "Register a new certificate for the service principal before it ends, then put that into the"
                        + " credential.");
    }
}
