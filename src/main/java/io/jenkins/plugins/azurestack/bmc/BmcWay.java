package io.jenkins.plugins.azurestack.bmc;

import java.util.Locale;

/** The order in which the BMCs and the stamp get the new password. */
public enum BmcWay {
    /** The stamp gives it to its BMCs (1910 and later). */
    STAMP,
    /** BMCs take it already; those that do not get it from here, and then the stamp keeps it ({@code -BypassBMCUpdate}). */
    BYPASS,
    /** Every BMC gets it from here, and then the stamp keeps it (before 1910). */
    BMCS_FIRST;

    /** Whether the stamp is told not to give it to the BMCs: before 1910 it never does. */
    boolean bypasses() {
        return this == BYPASS;
    }

    /** In lower case, as journals and plans write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The call to the stamp, for people. */
    public String text() {
        return "Set-BmcCredential -BmcPassword <not shown>" + (bypasses() ? " -BypassBMCUpdate" : "");
    }
}
