package io.jenkins.plugins.azurestack.share;

import java.util.regex.Pattern;

/** What one element of a path may be called on a Windows share (MS-FSCC 2.1.5). */
final class FileName {
    private static final int LONGEST = 255;
    private static final Pattern FORBIDDEN = Pattern.compile("[<>:\"/\\\\|?*\\p{Cntrl}]");

    private FileName() {}

    /** Whether it may; names that Windows would silently shorten, ending in a dot or blank, may not. */
    static boolean isUsable(final String name) {
        return !name.isBlank()
                && name.length() <= LONGEST
                && !name.endsWith(".")
                && !name.endsWith(" ")
                && !FORBIDDEN.matcher(name).find();
    }
}
