package io.jenkins.plugins.azurestack.stamp;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a DNS name may look like (RFC 1123 host names), and when a certificate's name covers one. */
public final class DnsName {
    private static final int LONGEST = 253;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final String WILDCARD = "*.";

    private DnsName() {}

    /**
     * Checks a name of one or more labels.
     *
     * @return the name in lower case
     * @throws Rejected naming {@code field} if it is not a DNS name
     */
    public static String require(final String field, final String name) {
        final String lower = name == null ? "" : name.trim().toLowerCase(Locale.ROOT);
        if (lower.isEmpty()) {
            throw new Rejected(field, "is missing; give a DNS name such as azurestack.contoso.com");
        }
        if (lower.length() > LONGEST) {
            throw new Rejected(field, "is longer than the 253 characters of a DNS name");
        }
        for (final String label : lower.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                throw new Rejected(
                        field,
                        "'" + Text.printable(name) + "' is not a DNS name: '" + Text.printable(label)
                                + "' must be 1 to 63 letters, digits or inner hyphens");
            }
        }
        return lower;
    }

    /**
     * Checks a name of exactly one label.
     *
     * @return the label in lower case
     * @throws Rejected naming {@code field} if it is not a single DNS label
     */
    public static String requireLabel(final String field, final String name) {
        if (name == null || name.isBlank()) {
            throw new Rejected(field, "is missing; give one label without dots, such as east");
        }
        final String lower = require(field, name);
        if (lower.indexOf('.') >= 0) {
            throw new Rejected(field, "'" + Text.printable(name) + "' must be one label without dots, such as east");
        }
        return lower;
    }

    /**
     * Whether a name of a certificate covers a host. A wildcard stands for exactly one left-most label
     * (rule 14 of the PKI requirements page): {@code *.east.contoso.com} covers {@code portal.east.contoso.com}, not
     * {@code a.blob.east.contoso.com}.
     *
     * @param pattern a DNS subject alternative name, with or without {@code *.} in front
     * @param host a host name, or itself a wildcard name, which only an equal pattern covers
     */
    public static boolean covers(final String pattern, final String host) {
        final String name = pattern.toLowerCase(Locale.ROOT);
        final String wanted = host.toLowerCase(Locale.ROOT);
        if (name.equals(wanted)) {
            return true;
        }
        if (!name.startsWith(WILDCARD) || wanted.startsWith(WILDCARD)) {
            return false;
        }
        final int dot = wanted.indexOf('.');
        return dot > 0 && wanted.substring(dot).equals(name.substring(1));
    }
}
