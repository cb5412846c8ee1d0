package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Optional;

/** Credentials of the Jenkins credentials store, by id, as the running build may see them. */
public interface CredentialLookup {
    /**
     * Finds what a credential holds.
     *
     * @param id the credential's id
     * @param password the id of the credential that holds the password of a key store in a file, if it has one
     * @return what is there; the caller closes it
     * @throws NotSeenException if there is no such credential, or this build may not use it, or it is of another type
     */
    Held find(String id, Optional<String> password) throws NotSeenException;

    /**
     * The same. Credentials providers are other plugins, some of which ask a server: whatever they throw is no defect of
     * ours.
     *
     * @throws NotSeenException as {@link #find} does, and if the provider failed
     */
    default Held look(final String id, final Optional<String> password) throws NotSeenException {
        try {
            return find(id, password);
        } catch (RuntimeException e) {
            final NotSeenException failed = new NotSeenException(
                    "credential '" + Text.printable(id) + "': the credentials provider failed: "
                            + Text.printable(
                                    e.getMessage() == null ? e.getClass().getName() : e.getMessage()),
                    "Look into the controller's log, and check the plugin that provides this credential.");
            failed.initCause(e);
            throw failed;
        }
    }

    /**
     * Whose credentials these are, since another job may see another credential under the same id; empty where there
     * is but one job.
     */
    default String scope() {
        return "";
    }

    /** What a credential held. */
    sealed interface Held extends AutoCloseable {
        /** Forgets what can be forgotten. */
        @Override
        void close();

        /**
         * A certificate credential: a key store that Jenkins opened.
         *
         * @param keyStore may be uninitialised where Jenkins failed to open it
         * @param password that opens its keys; owned by this object from now on, and gone after {@link #close}
         */
        record Opened(KeyStore keyStore, char[] password) implements Held {
            /** A key store whose certificates alone are looked at. */
            public Opened(final KeyStore keyStore) {
                this(keyStore, new char[0]);
            }

            @Override
            public void close() {
                Arrays.fill(password, '\0');
            }

            @Override
            public String toString() {
                return "certificate credential";
            }
        }

        /**
         * A file credential: the bytes of a key store or of PEM certificates, and the password that goes with them.
         * Not a record, since it must print nothing and wipes what it holds.
         */
        final class File implements Held {
            private final byte[] content;
            private final char[] password;

            /** @param password empty where no password credential was named; owned by this object from now on */
            public File(final byte[] content, final char[] password) {
                this.content = content;
                this.password = password;
            }

            /** The bytes themselves, not a copy: gone after {@link #close}. */
            public byte[] content() {
                return content;
            }

            /** The password itself, not a copy: gone after {@link #close}. */
            public char[] password() {
                return password;
            }

            @Override
            public void close() {
                Arrays.fill(content, (byte) 0);
                Arrays.fill(password, '\0');
            }

            @Override
            public String toString() {
                return "file credential";
            }
        }
    }
}
