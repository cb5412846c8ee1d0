package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.certificate.PfxFile;
import io.jenkins.plugins.azurestack.certificate.UnreadablePfxException;
import io.jenkins.plugins.azurestack.expiry.ExpirySource;
import io.jenkins.plugins.azurestack.expiry.Inquiry;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.expiry.Sighting;
import io.jenkins.plugins.azurestack.expiry.Target;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.StoredCertificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
            public String adviceIfLate() {
                return "The controller, or the store that holds it, was too busy to read it: run the check again.";
            }

            @Override
            public List<Sighting> look() throws NotSeenException {
                return sightings(target, stored.credentialsId(), open(stored));
            }
        };
    }

    /** A certificate without key is looked at, too: it may be that of a key for which that can't be told. */
    private static List<Sighting> sightings(final Target target, final String id, final PfxFile file) {
        final List<Sighting> sightings = new ArrayList<>();
        Stream.of(file.chains(), file.chainsWithoutKey())
                .flatMap(List::stream)
                .map(chain -> new Sighting.Certificate(target, "", chain))
                .forEach(sightings::add);
        final int untold = file.keysWithoutCertificate();
        if (untold > 0) {
            sightings.add(new Sighting.Unknown(
                    target,
                    "credential '" + id + "' holds "
                            + (untold == 1
                                    ? "a private key whose certificate can't be told"
                                    : untold + " private keys whose certificates can't be told"),
                    "Export it again with 'openssl pkcs12 -export' or from Windows, so that key and certificate have the"
                            + " same local key id; include only the certificate and its path."));
        } else if (file.chains().isEmpty()) {
            sightings.add(new Sighting.Unknown(
                    target,
                    "credential '" + id + "' holds certificates, but no private key",
                    "Export the certificate again together with its private key."));
        }
        return sightings;
    }

    private PfxFile open(final StoredCertificate stored) throws NotSeenException {
        try (CredentialLookup.Held held =
                credentials.look(stored.credentialsId(), stored.password().or(stamp::certificatePassword))) {
            if (held instanceof CredentialLookup.Held.Opened opened) {
                return PfxFile.of(opened.keyStore());
            }
            final CredentialLookup.Held.File file = (CredentialLookup.Held.File) held;
            return PfxFile.open(file.content(), file.password());
        } catch (UnreadablePfxException e) {
            throw new NotSeenException("credential '" + stored.credentialsId() + "' " + e.getMessage(), e.advice());
        }
    }
}
