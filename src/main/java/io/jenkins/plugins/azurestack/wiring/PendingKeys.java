package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.certificate.SealedKey;
import io.jenkins.plugins.azurestack.certificate.UnreadableKeyException;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * The keys of requests in the credentials store, each sealed with a passphrase that is another credential. The passphrase
 * is there before its key, and goes after it; so whatever ends this in the middle, a key that is there can be opened.
 * For one thread at a time.
 */
final class PendingKeys {
    /** 190 bits, of characters that nothing has to escape. */
    private static final int PASSPHRASE_LENGTH = 32;

    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    private final SecretLookup lookup;
    private final ProvedWriter writer;
    private final SecureRandom random;

    /** @param random makes passphrases and salts */
    PendingKeys(final SecretLookup lookup, final ProvedWriter writer, final SecureRandom random) {
        this.lookup = lookup;
        this.writer = writer;
        this.random = random;
    }

    /**
     * The key that waits for its certificate.
     *
     * @return empty if there is none
     * @throws NotSeenException if there is one, or may be, that does not open
     */
    Optional<PrivateKey> pending(final RequestIds ids) throws NotSeenException {
        return key(ids.key(), ids.passphrase());
    }

    /**
     * The key that was set aside for another.
     *
     * @return empty if there is none
     * @throws NotSeenException if there is one, or may be, that does not open
     */
    Optional<PrivateKey> aside(final RequestIds ids) throws NotSeenException {
        return key(ids.keyAside(), ids.passphraseAside());
    }

    private Optional<PrivateKey> key(final String id, final String passphraseId) throws NotSeenException {
        if (!isThere(id)) {
            return Optional.empty();
        }
        final char[] passphrase = lookup.password(passphraseId);
        try {
            final byte[] sealed = lookup.file(id);
            return Optional.of(SealedKey.open(sealed, passphrase));
        } catch (UnreadableKeyException e) {
            throw new NotSeenException("credential '" + Text.printable(id) + "': " + e.getMessage(), e.advice());
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /** @throws NotSeenException if nobody can tell: what is not seen must not be taken for absent */
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

    /**
     * Keeps a key: returns once it was read back and opened.
     *
     * @param beside an existing credential of the same store
     * @param description what it is for; without secrets
     * @throws NotWrittenException if it is not kept for sure; then its request must not be shown
     * @throws NotSeenException if its passphrase, which was there already, can't be used
     */
    void keep(final RequestIds ids, final PrivateKey key, final String beside, final String description)
            throws NotWrittenException, NotSeenException {
        final char[] passphrase = passphrase(ids, beside, description);
        try {
            final byte[] sealed = SealedKey.seal(key, passphrase, random);
            writer.file(ids.key(), beside, ids.key() + ".pem", sealed, description + ": private key, sealed");
        } finally {
            Arrays.fill(passphrase, '\0');
        }
        if (pending(ids).filter(key::equals).isEmpty()) {
            throw new NotWrittenException("Credential '" + Text.printable(ids.key())
                    + "' was read back and does not open to the key that was written. Run this again.");
        }
    }

    /** The one that is there, which may seal another key already; or a new one. */
    private char[] passphrase(final RequestIds ids, final String beside, final String description)
            throws NotWrittenException, NotSeenException {
        if (isThere(ids.passphrase())) {
            final char[] passphrase = lookup.password(ids.passphrase());
            if (passphrase.length < SealedKey.SHORTEST_PASSPHRASE) {
                Arrays.fill(passphrase, '\0');
                throw new NotSeenException(
                        "credential '" + Text.printable(ids.passphrase())
                                + "' is there already, and too short to seal a key" + " with",
                        "See what it is for; once nothing needs it, delete it, and run this again.");
            }
            return passphrase;
        }
        final char[] made = new char[PASSPHRASE_LENGTH];
        for (int i = 0; i < made.length; i++) {
            made[i] = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        }
        boolean kept = false;
        try {
            writer.secret(ids.passphrase(), beside, made, description + ": passphrase of its private key");
            kept = true;
            return made;
        } finally {
            if (!kept) {
                Arrays.fill(made, '\0');
            }
        }
    }

    /**
     * Copies the pending key, so that another may take its place. What was set aside before is never overwritten.
     *
     * @throws NotWrittenException if it is not kept for sure
     * @throws NotSeenException if the pending key does not open, or another one is set aside already
     */
    void setAside(final RequestIds ids, final String beside, final String description)
            throws NotWrittenException, NotSeenException {
        final Optional<PrivateKey> pending = pending(ids);
        if (pending.isEmpty()) {
            return;
        }
        final Optional<PrivateKey> before = aside(ids);
        if (before.isPresent() && !before.equals(pending)) {
            throw new NotSeenException(
                    "credential '" + Text.printable(ids.keyAside()) + "' holds another key that was set aside before",
                    "Leave newKeys out to go on with the pending key; or, if no certificate is coming for the one set"
                            + " aside, delete that credential and '" + Text.printable(ids.passphraseAside())
                            + "' by hand.");
        }
        if (before.isEmpty()) {
            final char[] passphrase = lookup.password(ids.passphrase());
            try {
                final String whose = description + ": set aside";
                writer.secret(ids.passphraseAside(), beside, passphrase, whose + ", passphrase of its private key");
                writer.file(
                        ids.keyAside(),
                        beside,
                        ids.keyAside() + ".pem",
                        lookup.file(ids.key()),
                        whose + ", private key, sealed");
            } finally {
                Arrays.fill(passphrase, '\0');
            }
        }
        if (!aside(ids).equals(pending)) {
            throw new NotWrittenException("Credential '" + Text.printable(ids.keyAside())
                    + "' was read back and does not open to the pending key. The pending key is as it was.");
        }
    }

    /**
     * Deletes the pending key and then its passphrase. Only for a key that is elsewhere for sure.
     *
     * @throws NotWrittenException if one of them is still there
     */
    void forget(final RequestIds ids, final String beside) throws NotWrittenException {
        writer.delete(ids.key(), beside);
        writer.delete(ids.passphrase(), beside);
    }
}
