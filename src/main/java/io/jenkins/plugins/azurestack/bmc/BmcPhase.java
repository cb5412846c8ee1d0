package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.change.ChangeListener;
import java.util.Locale;

/** The phases of an update of the BMC password, in order. */
public enum BmcPhase implements ChangeListener.Phase {
    /** The stamp is this update's. */
    LOCK,
    /** Every condition is looked at once more. */
    GATE,
    /** The new password goes to the store, as pending, and is read back. */
    CREATE,
    /** The BMCs and the stamp are given the new password. */
    SET,
    /** Whether every BMC really takes it. */
    TEST,
    /** The new password becomes the current one, and the current one the previous. */
    FINISH;

    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
