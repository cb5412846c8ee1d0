package io.jenkins.plugins.azurestack.wiring;

import java.util.Optional;
import java.util.function.Function;

/**
 * Writes to the credentials of a test's build and fails where the test says: before or after the write, in silence, or
 * by the death of the whole process.
 */
final class MemoryStore implements CredentialWriter {
    /** How one call ends. */
    enum Fault {
        NONE,
        /** Nothing is written, and the caller hears so. */
        REFUSED,
        /** It is written, and the caller hears that it was not. */
        ANSWER_LOST,
        /** Nothing is written, and the caller hears that it was. */
        SILENT,
        /** The process ends just before. */
        KILLED_BEFORE,
        /** The process ends just after. */
        KILLED_AFTER
    }

    /** The end of the process, as far as the code under test can tell: nothing catches it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed(final String call) {
            super("killed at " + call);
        }
    }

    private final MaintenanceBuild build;
    private final WritableIds ids;

    MemoryStore(final MaintenanceBuild build, final WritableIds ids) {
        this.build = build;
        this.ids = ids;
    }

    @Override
    public Optional<String> obstacle(final String beside) {
        if (build.presence(beside) != SecretLookup.Presence.USABLE) {
            return Optional.of("there is no credential '" + beside + "' that this job may use.");
        }
        return build.readOnly
                ? Optional.of("the store of credential '" + beside + "' can't be written.")
                : Optional.empty();
    }

    @Override
    public void login(final String id, final String beside, final char[] password) throws NotWrittenException {
        final String text = new String(password);
        write("login", id, beside, () -> {
            build.users.put(id, build.users.get(beside));
            build.passwords.put(id, text);
        });
    }

    @Override
    public void file(
            final String id, final String beside, final String fileName, final byte[] content, final String description)
            throws NotWrittenException {
        final byte[] copy = content.clone();
        write("file", id, beside, () -> build.keep(id, copy));
    }

    @Override
    public void secret(final String id, final String beside, final char[] secret, final String description)
            throws NotWrittenException {
        final String text = new String(secret);
        write("secret", id, beside, () -> build.passwords.put(id, text));
    }

    @Override
    public void delete(final String id, final String beside) throws NotWrittenException {
        call("delete", id, beside, () -> build.forget(id));
    }

    private void write(final String kind, final String id, final String beside, final Runnable write)
            throws NotWrittenException {
        final Optional<String> there = build.kind(id);
        if (there.isPresent() && !there.get().equals(kind)) {
            throw new NotWrittenException("Credential '" + id + "' was left alone: it is of another type.");
        }
        call(kind, id, beside, write);
    }

    private void call(final String kind, final String id, final String beside, final Runnable write)
            throws NotWrittenException {
        ids.require(id);
        final Optional<String> obstacle = obstacle(beside);
        if (obstacle.isPresent()) {
            throw new NotWrittenException(obstacle.get());
        }
        final String call = kind + " " + id;
        build.written.add(call);
        end(call, build.faults, write);
    }

    private static void end(final String call, final Function<String, Fault> faults, final Runnable write)
            throws NotWrittenException {
        final Fault fault = faults.apply(call);
        if (fault == Fault.KILLED_BEFORE) {
            throw new Killed(call);
        }
        if (fault == Fault.NONE || fault == Fault.ANSWER_LOST || fault == Fault.KILLED_AFTER) {
            write.run();
        }
        if (fault == Fault.KILLED_AFTER) {
            throw new Killed(call);
        }
        if (fault == Fault.REFUSED || fault == Fault.ANSWER_LOST) {
            throw new NotWrittenException("Credential may not have been written.");
        }
    }
}
