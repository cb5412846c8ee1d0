package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.change.End;

/** Where a rotation stands. */
public enum RotationEnding implements End.State {
    /** Done, and proved. */
    COMPLETED(true),
    /** Nothing began on the stamp, or whoever released its lock said so; a corrected plan may be made. */
    NOT_STARTED(true),
    /** The action plan failed: only a re-run helps. */
    NEEDS_RERUN(false),
    /** It runs on the stamp, and nobody waits for it any more. */
    STILL_RUNNING(false),
    /** The stamp says that it has completed, but not all of it could be proved. */
    NOT_VERIFIED(false),
    /** Proved, or never begun, but certificates with their keys are still on the share. */
    NOT_CLEANED(false),
    /** Nobody can tell whether it began: an operator has to find out. */
    UNKNOWN(false);

    private final boolean over;

    RotationEnding(final boolean over) {
        this.over = over;
    }

    @Override
    public boolean isOver() {
        return over;
    }
}
