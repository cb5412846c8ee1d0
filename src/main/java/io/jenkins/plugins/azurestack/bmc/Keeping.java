package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.bmc.PasswordStore.Generation;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Moves the password through its generations in the store. Every step is journalled before and after, and counts only
 * once it was read back; each can be done again after any crash.
 */
final class Keeping {
    private final PasswordStore store;
    private final BmcMemory memory;

    Keeping(final PasswordStore store, final BmcMemory memory) {
        this.store = store;
        this.memory = memory;
    }

    /**
     * Keeps a login as one of the generations; returns once it was read back. It is written even if it is there: a store
     * may show what it could not save.
     */
    void keep(final Generation generation, final BmcLogin login) throws IOException, NotKnownException {
        final String call = call();
        memory.saving(call, generation, "kept");
        step(call, () -> {
            store.write(generation, login);
            requireReadBack(generation, login);
        });
    }

    /**
     * The same, if there is none at all.
     *
     * @return whether there was none
     */
    boolean keepIfGone(final Generation generation, final BmcLogin login) throws IOException, NotKnownException {
        final boolean gone = !isThere(generation);
        if (gone) {
            keep(generation, login);
        }
        return gone;
    }

    /**
     * Lets the pending one go, if it is one's own; returns once it was seen that it is gone.
     *
     * @return whether there is none any more
     */
    boolean forgetPending(final Predicate<BmcLogin> own) throws IOException, NotKnownException {
        final Optional<BmcLogin> held = store.read(Generation.PENDING);
        final boolean isOwn = held.filter(own).isPresent();
        held.ifPresent(BmcLogin::close);
        if (isOwn) {
            final String call = call();
            memory.saving(call, Generation.PENDING, "removed");
            step(call, () -> {
                store.delete(Generation.PENDING);
                if (isThere(Generation.PENDING)) {
                    throw new NotKnownException(
                            "the store says that '" + store.name(Generation.PENDING)
                                    + "' was removed, and it is still there",
                            "Look at that credential in the store.");
                }
            });
        }
        return isOwn || held.isEmpty();
    }

    private String call() {
        return BmcMemory.SAVE + "-" + (memory.state().calls() + 1);
    }

    /** Something that changes the store. */
    interface Step {
        void take() throws NotKnownException;
    }

    /** Takes a step of which the intent is written down. */
    void step(final String call, final Step step) throws NotKnownException {
        try {
            step.take();
        } catch (NotKnownException e) {
            memory.done(call, BmcMemory.FAILED, e.getMessage());
            throw e;
        }
        memory.done(call, BmcMemory.DONE, "");
    }

    /** @throws NotKnownException if that is not what the store holds */
    void requireReadBack(final Generation generation, final BmcLogin login) throws NotKnownException {
        if (!holds(generation, login)) {
            throw new NotKnownException(
                    "the store says that '" + store.name(generation)
                            + "' was written, but reading it back gives something else",
                    "Look at that credential, and at the plugin that provides it; nothing counts as kept that can't be read"
                            + " back.");
        }
    }

    private boolean holds(final Generation generation, final BmcLogin login) throws NotKnownException {
        final Optional<BmcLogin> held = store.read(generation);
        try {
            return held.filter(login::isSame).isPresent();
        } finally {
            held.ifPresent(BmcLogin::close);
        }
    }

    private boolean isThere(final Generation generation) throws NotKnownException {
        final Optional<BmcLogin> held = store.read(generation);
        held.ifPresent(BmcLogin::close);
        return held.isPresent();
    }
}
