package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.util.Arrays;

/** Writes credentials and believes what it reads back, whatever the store says. For one thread at a time. */
final class ProvedWriter {
    private final CredentialWriter writer;
    private final SecretLookup lookup;

    /** @param lookup of the same build, by ids of the stamp's configuration */
    ProvedWriter(final CredentialWriter writer, final SecretLookup lookup) {
        this.writer = writer;
        this.lookup = lookup;
    }

    /**
     * As {@link CredentialWriter#file}; returns once the very bytes were read back.
     *
     * @throws NotWrittenException if they were not
     */
    void file(
            final String id, final String beside, final String fileName, final byte[] content, final String description)
            throws NotWrittenException {
        writer.file(id, beside, fileName, content, description);
        final byte[] read = read(id, () -> lookup.file(id));
        final boolean same = Arrays.equals(read, content);
        Arrays.fill(read, (byte) 0);
        require(same, id);
    }

    /**
     * As {@link CredentialWriter#secret}; returns once the very characters were read back.
     *
     * @throws NotWrittenException if they were not
     */
    void secret(final String id, final String beside, final char[] secret, final String description)
            throws NotWrittenException {
        writer.secret(id, beside, secret, description);
        final char[] read = read(id, () -> lookup.password(id));
        final boolean same = Arrays.equals(read, secret);
        Arrays.fill(read, '\0');
        require(same, id);
    }

    /**
     * As {@link CredentialWriter#delete}; returns once it is gone.
     *
     * @throws NotWrittenException if it is not
     */
    void delete(final String id, final String beside) throws NotWrittenException {
        writer.delete(id, beside);
        if (lookup.presence(id) != SecretLookup.Presence.ABSENT) {
            throw new NotWrittenException("Credential '" + Text.printable(id)
                    + "' was to be deleted and is still there. Look at its store, then run this again.");
        }
    }

    /** Reads a credential. */
    private interface Reading<T> {
        T read() throws NotSeenException;
    }

    private static <T> T read(final String id, final Reading<T> reading) throws NotWrittenException {
        try {
            return reading.read();
        } catch (NotSeenException e) {
            throw new NotWrittenException("Credential '" + Text.printable(id) + "' was written and can't be read back: "
                    + e.getMessage() + ". " + e.advice());
        }
    }

    private static void require(final boolean same, final String id) throws NotWrittenException {
        if (!same) {
            throw new NotWrittenException("Credential '" + Text.printable(id)
                    + "' was written, and something else was read back: the store did not keep it."
                    + " Look whether something else manages this credential, then run this again.");
        }
    }
}
