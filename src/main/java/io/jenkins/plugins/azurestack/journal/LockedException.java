package io.jenkins.plugins.azurestack.journal;

import java.util.Optional;

/** Says that a lock is not to be had, or not ours any more: who holds it, and what can be done. Nothing was changed. */
public class LockedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Claim claim;

    LockedException(final String message, final Claim claim) {
        super(message);
        this.claim = claim;
    }

    LockedException(final String message, final Throwable cause) {
        super(message, cause);
        this.claim = null;
    }

    /** Who holds it; empty if the lock can't be read, or nobody does. */
    public Optional<Claim> claim() {
        return Optional.ofNullable(claim);
    }
}
