package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.change.End;

/** Where an update stands. */
public enum BmcEnding implements End.State {
    /** Done, proved, and kept. */
    COMPLETED(true),
    /** No BMC was changed, or whoever released the lock said so; a corrected plan may be made. */
    NOT_STARTED(true),
    /** It went back: every BMC takes the password that it took before. */
    RESTORED(true),
    /** The stamp's call runs on, and nobody waits for it any more. */
    STILL_RUNNING(false),
    /** Some BMCs, or the stamp, have the new password and others do not. */
    PARTIAL(false),
    /** The BMCs should have the new password, but not all of it could be proved. */
    NOT_VERIFIED(false),
    /** Proved, but the new password is not the current one in the store yet. */
    NOT_SAVED(false),
    /** Nobody can tell what became of the stamp's call: an operator has to find out. */
    UNKNOWN(false);

    private final boolean over;

    BmcEnding(final boolean over) {
        this.over = over;
    }

    @Override
    public boolean isOver() {
        return over;
    }
}
