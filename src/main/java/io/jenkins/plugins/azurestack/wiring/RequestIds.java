package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.stamp.StoredCertificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The ids of the credentials around the certificate of a folder; all of them follow from the one that the stamp names.
 *
 * @param certificate the credential that holds, or is to hold, the key store
 */
public record RequestIds(String certificate) {
    public RequestIds {
        Objects.requireNonNull(certificate, "certificate");
    }

    /** All that a run for these certificates may write. */
    static WritableIds writable(final Collection<StoredCertificate> certificates) {
        final Set<String> ids = new LinkedHashSet<>();
        for (final StoredCertificate certificate : certificates) {
            final RequestIds all = new RequestIds(certificate.credentialsId());
            ids.add(all.certificate());
            ids.add(all.base());
            ids.add(all.passphrase());
        }
        return new WritableIds(ids);
    }

    /** All that is written beside it. */
    public Set<String> besides() {
        return new LinkedHashSet<>(List.of(previous(), key(), keyAside(), passphrase(), passphraseAside()));
    }

    private String base() {
        return certificate + "-key";
    }

    /** The sealed key that waits for its certificate. */
    String key() {
        return WritableIds.pending(base());
    }

    /** The passphrase of that key. */
    String passphrase() {
        return certificate + "-key-passphrase";
    }

    /** The sealed key that was set aside for another. */
    String keyAside() {
        return WritableIds.previous(base());
    }

    /** The passphrase of that key. */
    String passphraseAside() {
        return WritableIds.previous(passphrase());
    }

    /** The key store that was there before. */
    String previous() {
        return WritableIds.previous(certificate);
    }
}
