package io.jenkins.plugins.azurestack.journal;

import java.io.IOException;

/**
 * The lock of a stamp, and of the share that goes with it, in the hands of its owner. It lasts until it is released,
 * whatever becomes of the process. Safe for use by several threads.
 */
public final class StampLock {
    private final StampLocks locks;
    private final Claim claim;

    StampLock(final StampLocks locks, final Claim claim) {
        this.locks = locks;
        this.claim = claim;
    }

    /** What it holds, for whom. */
    public Claim claim() {
        return claim;
    }

    /**
     * Makes sure that nobody adopted or released it meanwhile; to be asked before each change.
     *
     * @throws LockedException if somebody did, or it can't be read: nothing more may be changed
     */
    public void check() throws IOException, LockedException {
        locks.check(claim);
    }

    /**
     * Gives it back, when nothing is left to be done. May be called again where it failed.
     *
     * @throws LockedException if it is not ours any more; nothing was released
     */
    public void release() throws IOException, LockedException {
        locks.release(claim);
    }

    @Override
    public String toString() {
        return "lock of stamp " + claim.stamp() + " for rotation " + claim.rotation();
    }
}
