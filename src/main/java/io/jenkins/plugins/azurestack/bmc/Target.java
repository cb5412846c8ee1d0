package io.jenkins.plugins.azurestack.bmc;

import java.util.Locale;

/** Which password every BMC is to have in the end. */
enum Target {
    /** The new one. */
    FORTH(Live.Holds.NEW),
    /** The one from before, since it was decided to go back. */
    BACK(Live.Holds.CURRENT);

    private final Live.Holds wanted;

    Target(final Live.Holds wanted) {
        this.wanted = wanted;
    }

    /** What a BMC takes that has it. */
    Live.Holds wanted() {
        return wanted;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
