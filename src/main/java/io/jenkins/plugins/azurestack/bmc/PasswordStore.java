package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the password of the BMCs is kept, in three generations side by side. What was written counts once it was read
 * back, which is the caller's part. Used by one thread at a time.
 */
public interface PasswordStore {
    /** The three of them. */
    enum Generation {
        /** The one that everybody uses. */
        CURRENT,
        /** The one that BMCs are given: some may take it already. */
        PENDING,
        /** The one before the current. */
        PREVIOUS;

        /** In lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What it is called in the store, for people. */
    String name(Generation generation);

    /**
     * What is there.
     *
     * @return the caller's to close; empty if there is none
     * @throws NotKnownException if that can't be found out
     */
    Optional<BmcLogin> read(Generation generation) throws NotKnownException;

    /**
     * Puts one there, in place of what was.
     *
     * @param login stays the caller's
     * @throws NotKnownException if the store does not take it, or nobody knows whether it did
     */
    void write(Generation generation, BmcLogin login) throws NotKnownException;

    /**
     * Removes one.
     *
     * @throws NotKnownException if the store does not let it go, or nobody knows whether it did
     */
    void delete(Generation generation) throws NotKnownException;

    /** Why all three can't be written, each a phrase; empty if they can. Changes nothing. */
    List<String> obstacles();
}
