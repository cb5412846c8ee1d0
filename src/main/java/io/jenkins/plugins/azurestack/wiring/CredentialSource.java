package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.certificate.PfxFile;
import io.jenkins.plugins.azurestack.certificate.UnreadablePfxException;
import io.jenkins.plugins.azurestack.expiry.ExpirySource;
import io.jenkins.plugins.azurestack.expiry.Inquiry;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.expiry.Sighting;
import io.jenkins.plugins.azurestack.expiry.Target;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.StoredCertificate;
import java.util.List;
import java.util.Optional;

/** Looks at the certificates of the stamp that wait in the credentials store. */
public final class CredentialSource implements ExpirySource {
    /** The source's name. */
    public static final String NAME = "credentials";

    private final Stamp stamp;
    private final CredentialLookup credentials;

    public CredentialSource(final Stamp stamp, final CredentialLookup credentials) {
        this.stamp = stamp;
        this.credentials = credentials;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Inquiry> inquiries() {
        return stamp.certificates().stream().map(this::inquiry).toList();
    }

    private Inquiry inquiry(final StoredCertificate stored) {
        final Target target =
                new Target(NAME, stored.credentialsId(), Optional.of(stored.folder()), credentials.scope());
        return new Inquiry() {
            @Override
            public Target target() {
                return target;
            }

            @Override
            public List<Sighting> look() throws NotSeenException {
                return chains(stored).stream()
                        .map(chain -> (Sighting) new Sighting.Certificate(target, "", chain))
                        .toList();
            }
        };
    }

    private List<CertificateChain> chains(final StoredCertificate stored) throws NotSeenException {
        final Optional<String> password = stored.password().or(stamp::certificatePassword);
        try (CredentialLookup.Held held = credentials.find(stored.credentialsId(), password)) {
            if (held instanceof CredentialLookup.Held.Opened opened) {
                return PfxFile.chainsOf(opened.keyStore());
            }
            final CredentialLookup.Held.File file = (CredentialLookup.Held.File) held;
            final List<CertificateChain> chains =
                    PfxFile.open(file.content(), file.password()).chains();
            if (chains.isEmpty()) {
                throw new NotSeenException(
                        "credential '" + stored.credentialsId() + "' holds certificates, but no private key",
                        "Export the certificate again together with its private key.");
            }
            return chains;
        } catch (UnreadablePfxException e) {
            throw new NotSeenException("credential '" + stored.credentialsId() + "' " + e.getMessage(), e.advice());
        }
    }
}
