package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.change.ChangeListener;
import java.util.Locale;

/** The phases of a rotation, in order. */
public enum RotationPhase implements ChangeListener.Phase {
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

    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
