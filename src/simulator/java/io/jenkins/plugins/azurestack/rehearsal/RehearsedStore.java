package io.jenkins.plugins.azurestack.rehearsal;

import io.jenkins.plugins.azurestack.stamp.Text;
import io.jenkins.plugins.azurestack.wiring.NotWrittenException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the rehearsed steps wrote to the credentials store; gone with the rehearsal. Written by one thread at a time. */
final class RehearsedStore {
    private final Map<String, Written> written = new HashMap<>();

    /** What a credential holds. */
    sealed interface Written {
        /** A user name with password. */
        record Login(String userName, String password) implements Written {
            @Override
            public String toString() {
                return "login";
            }
        }

        /** A secret text. */
        record Secret(String text) implements Written {
            @Override
            public String toString() {
                return "secret";
            }
        }

        /** A secret file. Not a record, since an array is no value. */
        final class File implements Written {
            private final byte[] content;

            File(final byte[] content) {
                this.content = content.clone();
            }

            byte[] content() {
                return content.clone();
            }
        }
    }

    /** What was written under an id, if of that type. */
    synchronized <T extends Written> Optional<T> find(final String id, final Class<T> type) {
        return Optional.ofNullable(written.get(id)).filter(type::isInstance).map(type::cast);
    }

    /** Whether anything was written under an id. */
    synchronized boolean has(final String id) {
        return written.containsKey(id);
    }

    /**
     * Writes in place of what has the id.
     *
     * @throws NotWrittenException if what has it is of another type
     */
    synchronized void put(final String id, final Written value) throws NotWrittenException {
        final Written there = written.get(id);
        if (there != null && there.getClass() != value.getClass()) {
            throw new NotWrittenException("Credential '" + Text.printable(id)
                    + "' was left alone: it is of another type than what was to be written.");
        }
        written.put(id, value);
    }

    synchronized void remove(final String id) {
        written.remove(id);
    }
}
