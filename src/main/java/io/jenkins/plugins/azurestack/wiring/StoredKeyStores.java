package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.certificate.KeyAndChain;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Optional;

/**
 * The key stores in the credentials that a stamp names for its certificates. A new one takes the place of another only
 * once that one was read back as {@code <id>-previous}. For one thread at a time.
 */
final class StoredKeyStores {
    private final SecretLookup lookup;
    private final ProvedWriter writer;

    StoredKeyStores(final SecretLookup lookup, final ProvedWriter writer) {
        this.lookup = lookup;
        this.writer = writer;
    }

    /**
     * What a key store is to be written over.
     *
     * @param ids of the certificate
     * @param beside an existing credential of the same store
     * @param password of the new and of the old files; left alone
     * @param served what the stamp's endpoint serves now; empty if it can't be seen
     */
    record Place(RequestIds ids, String beside, char[] password, Optional<CertificateChain> served) {
        @Override
        public String toString() {
            return ids.certificate();
        }
    }

    /** Why no key store could be written to a credential, whatever is in it; empty if nothing is known that forbids it. */
    Optional<String> obstacle(final String id) {
        try {
            if (isThere(id)) {
                Arrays.fill(content(id), (byte) 0);
            }
            return Optional.empty();
        } catch (NotSeenException e) {
            return Optional.of(e.getMessage() + ". " + e.advice());
        }
    }

    /** Whether a certificate is in its credential already, together with its key. */
    boolean holds(final Place place, final KeyAndChain pair) throws NotSeenException {
        return opened(place.ids().certificate(), place.password())
                .filter(held -> held.chain().leaf().equals(pair.chain().leaf()))
                .isPresent();
    }

    /** Whether a key is in the certificate's credential, with whatever certificate. */
    boolean holds(final Place place, final PrivateKey key) throws NotSeenException {
        return opened(place.ids().certificate(), place.password())
                .filter(held -> held.key().equals(key))
                .isPresent();
    }

    /**
     * Finds out whether {@link #put} would be refused; writes nothing.
     *
     * @throws NotSeenException if it would; says why
     */
    void requirePlace(final Place place, final KeyAndChain pair) throws NotSeenException {
        final String id = place.ids().certificate();
        if (isThere(id)) {
            keepsPrevious(place, pair, content(id));
        }
    }

    /**
     * Puts a key store into the certificate's credential; returns once it was read back.
     *
     * @param pfx of the pair
     * @throws NotSeenException if what is there can't be told, or must stay
     * @throws NotWrittenException if it is not kept for sure; what was there is, there or as {@code -previous}
     */
    void put(
            final Place place,
            final KeyAndChain pair,
            final byte[] pfx,
            final String fileName,
            final String description)
            throws NotSeenException, NotWrittenException {
        final RequestIds ids = place.ids();
        if (isThere(ids.certificate())) {
            final byte[] before = content(ids.certificate());
            try {
                if (keepsPrevious(place, pair, before)) {
                    writer.file(
                            ids.previous(),
                            ids.certificate(),
                            "previous.pfx",
                            before,
                            description + ": the one before");
                }
            } finally {
                Arrays.fill(before, (byte) 0);
            }
        }
        writer.file(ids.certificate(), place.beside(), fileName, pfx, description);
    }

    /**
     * Whether what is there has to be kept as the previous one.
     *
     * @param before what is there
     * @throws NotSeenException if it has to be, and what is kept so now is needed, too
     */
    private boolean keepsPrevious(final Place place, final KeyAndChain pair, final byte[] before)
            throws NotSeenException {
        final String previous = place.ids().previous();
        if (!isThere(previous)) {
            return true;
        }
        final byte[] kept = content(previous);
        final boolean same = Arrays.equals(kept, before);
        Arrays.fill(kept, (byte) 0);
        // A certificate that was issued twice for one key: the key goes into the new file.
        if (same || holds(place, pair.key())) {
            return false;
        }
        final Optional<KeyAndChain> old = opened(previous, place.password());
        final boolean dispensable = place.served().isPresent()
                && old.isPresent()
                && !old.get().chain().leaf().equals(place.served().get().leaf());
        if (!dispensable) {
            throw new NotSeenException(
                    "credential '" + Text.printable(previous) + "' holds what "
                            + (place.served().isPresent() && old.isPresent()
                                    ? "the stamp serves now"
                                    : "may be what the stamp serves now")
                            + ", and credential '" + Text.printable(place.ids().certificate())
                            + "' holds another key store, which would have to take its place",
                    "Store one of the two under another id, and delete '" + Text.printable(previous)
                            + "'; then run this again.");
        }
        return true;
    }

    /** What a file holds, if it opens with the password and holds a key with its certificate. */
    private Optional<KeyAndChain> opened(final String id, final char[] password) throws NotSeenException {
        if (!isThere(id)) {
            return Optional.empty();
        }
        try (CredentialLookup.Held.File held = new CredentialLookup.Held.File(content(id), password.clone())) {
            return Optional.of(
                    StoredKeys.in(held, Text.printable(id), chain -> true).pair());
        } catch (NotSeenException e) {
            // Something of somebody else's: it is kept as it is.
            return Optional.empty();
        }
    }

    private byte[] content(final String id) throws NotSeenException {
        try {
            return lookup.file(id);
        } catch (NotSeenException e) {
            throw new NotSeenException(
                    e.getMessage() + ", and a key store is only written as a secret file",
                    "Store what it holds as a secret file under the same id (a PFX with the set's password).");
        }
    }

    private boolean isThere(final String id) throws NotSeenException {
        return switch (lookup.presence(id)) {
            case USABLE -> true;
            case ABSENT -> false;
            case HIDDEN ->
                throw new NotSeenException(
                        "credential '" + Text.printable(id) + "' may be there, and this job may not use it",
                        "Let the job use it, or move it to another id.");
        };
    }
}
