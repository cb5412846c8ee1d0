package io.jenkins.plugins.azurestack.jenkins;

import io.jenkins.plugins.azurestack.stamp.DnsName;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the fields of stamps and steps accept. Each rule gives back the value as it is kept, or throws {@link Rejected}
 * naming the field and saying what would be right.
 */
public final class FieldRules {
    private static final Pattern IPV4_LIKE = Pattern.compile("[0-9.]+");
    private static final Pattern NODE_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?");
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
    /** Only what can't be taken for a name: {@link InetAddress} would look a name up. */
    private static final Pattern IPV6_LIKE = Pattern.compile("[0-9a-fA-F:][0-9a-fA-F:.]*");

    private static final Pattern LINE = Pattern.compile("\\R");
    private static final Pattern FORBIDDEN_IN_PATH = Pattern.compile("[<>:\"/|?*\\p{Cntrl}]");
    private static final String SHARE_FOLDER = "Certificates";
    private static final int SHORTEST_SHARE = 3;

    private FieldRules() {}

    /** A text without blanks around it; null where there is none. */
    public static String text(final String field, final String value) {
        final String trimmed = value == null ? "" : value.trim();
        if (!trimmed.equals(Text.printable(trimmed))) {
            throw new Rejected(
                    field,
                    "'" + Text.printable(trimmed) + "' is too long or has characters that cannot be shown; retype it");
        }
        return trimmed.isEmpty() ? null : trimmed;
    }

    /** A text that has to be there. */
    public static String required(final String field, final String value, final String example) {
        final String text = text(field, value);
        if (text == null) {
            throw new Rejected(field, "is missing; give " + example);
        }
        return text;
    }

    /** One of a few words, written as the first of them that is equal but for case; the first where there is none. */
    public static String word(final String field, final String value, final List<String> words) {
        final String text = text(field, value);
        if (text == null) {
            return words.get(0);
        }
        return words.stream()
                .filter(word -> word.equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new Rejected(field, "'" + text + "' is not one of " + String.join(", ", words)));
    }

    /** The lines of every element, without empty ones and those there already: a form sends a list as one text. */
    public static ArrayList<String> lines(final String field, final List<String> values) {
        final Set<String> lines = new LinkedHashSet<>();
        for (final String value : values == null ? List.<String>of() : values) {
            for (final String line : LINE.split(value == null ? "" : value)) {
                final String text = text(field, line);
                if (text != null) {
                    lines.add(text);
                }
            }
        }
        return new ArrayList<>(lines);
    }

    /** A list as the text of a form's field; empty for null. */
    public static String text(final List<String> lines) {
        return lines == null ? "" : String.join("\n", lines);
    }

    /** Privileged endpoints: IP addresses or DNS names, each once. */
    public static ArrayList<String> hosts(final String field, final List<String> values) {
        final ArrayList<String> hosts = new ArrayList<>();
        for (final String line : lines(field, values)) {
            final String host = host(field, line);
            if (hosts.contains(host)) {
                throw new Rejected(field, "'" + host + "' is there twice; name each privileged endpoint once");
            }
            hosts.add(host);
        }
        return hosts;
    }

    /** An IP address or a DNS name; nothing is looked up. */
    public static String host(final String field, final String value) {
        final boolean number = IPV4_LIKE.matcher(value).matches();
        if (number && !IPV4.matcher(value).matches()) {
            throw new Rejected(field, "'" + Text.printable(value) + "' is not an IPv4 address such as 10.30.0.225");
        }
        if (number) {
            return value;
        }
        return value.indexOf(':') >= 0 ? ipv6(field, value) : DnsName.require(field, value);
    }

    private static String ipv6(final String field, final String value) {
        try {
            if (IPV6_LIKE.matcher(value).matches()) {
                InetAddress.getByName(value);
                return value.toLowerCase(Locale.ROOT);
            }
        } catch (UnknownHostException e) {
            // Falls through: the message below says more.
        }
        throw new Rejected(
                field,
                "'" + Text.printable(value)
                        + "' is not an IP address or host name; give neither a scheme nor a port, pepTransport decides"
                        + " both");
    }

    /** The name of a scale unit node: letters, digits, underscores and inner hyphens. */
    public static String nodeName(final String field, final String value) {
        final String name = required(field, value, "the node's name, such as AzS-Node01");
        if (!NODE_NAME.matcher(name).matches()) {
            throw new Rejected(
                    field,
                    "'" + Text.printable(name)
                            + "' is not the name of a node, such as AzS-Node01: up to 63 letters, digits,"
                            + " underscores and inner hyphens");
        }
        return name;
    }

    /** SHA-256 of a certificate in lower-case hexadecimal, however it was written; null where there is none. */
    public static String fingerprint(final String field, final String value) {
        final String text = text(field, value);
        if (text == null) {
            return null;
        }
        final String digits = text.replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT);
        if (!FINGERPRINT.matcher(digits).matches()) {
            throw new Rejected(
                    field,
                    "'" + Text.printable(text) + "' is not the SHA-256 of a certificate: 64 hexadecimal digits, with or"
                            + " without colons");
        }
        return digits;
    }

    /** The UNC path of the folder that carries the certificate set; null where there is none. */
    public static String share(final String field, final String value) {
        final String path = unc(field, value, "\\\\host\\share\\Certificates");
        if (path != null
                && (elements(path).length < SHORTEST_SHARE
                        || !SHARE_FOLDER.equalsIgnoreCase(path.substring(path.lastIndexOf('\\') + 1)))) {
            throw new Rejected(
                    field,
                    "'" + path + "' is not a UNC path that ends in the folder Certificates; give"
                            + " \\\\host\\share\\Certificates");
        }
        return path;
    }

    /** A UNC path of a share, or of a folder on it; null where there is none. */
    public static String unc(final String field, final String value, final String example) {
        final String path = text(field, value);
        if (path == null) {
            return null;
        }
        final String trimmed = path.replaceAll("\\\\+$", "");
        final String[] elements = elements(trimmed);
        if (elements.length < 2 || !isPath(elements)) {
            throw new Rejected(field, "'" + path + "' is not a UNC path; give " + example);
        }
        host(field, elements[0]);
        return trimmed;
    }

    private static String[] elements(final String path) {
        return path.startsWith("\\\\") ? path.substring(2).split("\\\\", -1) : new String[0];
    }

    private static boolean isPath(final String[] elements) {
        for (int i = 1; i < elements.length; i++) {
            final String element = elements[i];
            if (element.isBlank()
                    || element.equals(".")
                    || element.equals("..")
                    || FORBIDDEN_IN_PATH.matcher(element).find()) {
                return false;
            }
        }
        return true;
    }
}
