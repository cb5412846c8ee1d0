package io.jenkins.plugins.azurestack.rotation;

import java.util.Locale;

/** The phases of a rotation, in order. */
public enum RotationPhase {
    /** The stamp and its share are this rotation's. */
    LOCK,
    /** Every condition is looked at once more. */
    GATE,
    /** The certificates go to the share. */
    STAGE,
    /** The one call is sent. */
    START,
    /** The action plan runs. */
    FOLLOW,
    /** Whether the stamp really uses what is new. */
    VERIFY,
    /** The certificates leave the share. */
    CLEAN;

    /** In lower case, as journals and logs write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
