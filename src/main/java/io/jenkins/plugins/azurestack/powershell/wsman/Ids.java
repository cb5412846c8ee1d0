package io.jenkins.plugins.azurestack.powershell.wsman;

import java.util.regex.Pattern;

/** What an identifier of the wire may look like. */
final class Ids {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:{}-]{1,128}");

    private Ids() {}

    static void check(final String value) {
        if (value == null || !PLAIN.matcher(value).matches()) {
            throw new IllegalArgumentException("Not an identifier of a shell or command");
        }
    }

    static boolean valid(final String value) {
        return value != null && PLAIN.matcher(value).matches();
    }
}
