package io.jenkins.plugins.azurestack.bmc;

import java.util.Locale;

/** The phases of an update of the BMC password, in order. */
public enum BmcPhase {
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

    /** In lower case, as journals and logs write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
