package io.jenkins.plugins.azurestack.share;

import io.jenkins.plugins.azurestack.stamp.DnsName;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a certificate set is put: {@code \\host\share\...\Certificates}. The last element is always
 * {@code Certificates} (rotation page 2022-10). Two paths that differ in case alone are equal, as they are on Windows.
 *
 * @param host an IPv4 address or DNS name, in lower case
 * @param share the name of the share
 * @param folders what leads from the share to the set, {@code Certificates} last
 */
public record UncPath(String host, String share, List<String> folders) {
    /** What the last folder is called. */
    public static final String CERTIFICATES = "Certificates";

    private static final String PREFIX = "\\\\";
    private static final Pattern IPV4_LIKE = Pattern.compile("[0-9.]+");
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
    private static final int FEWEST_ELEMENTS = 3;

    public UncPath {
        folders = List.copyOf(folders);
    }

    /**
     * Reads a path as somebody typed it, with or without backslashes at its end.
     *
     * @param field what the value is called where it was typed
     * @throws Rejected naming the field if it is not such a path
     */
    public static UncPath parse(final String field, final String text) {
        final String trimmed = text.trim().replaceAll("\\\\+$", "");
        final List<String> elements = trimmed.startsWith(PREFIX)
                ? List.of(trimmed.substring(PREFIX.length()).split("\\\\", -1))
                : List.of();
        if (elements.size() < FEWEST_ELEMENTS
                || !CERTIFICATES.equalsIgnoreCase(elements.get(elements.size() - 1))
                || !elements.stream().skip(1).allMatch(FileName::isUsable)) {
            throw new Rejected(
                    field,
                    "'" + Text.printable(text) + "' is not a UNC path that ends in the folder Certificates; give"
                            + " \\\\host\\share\\Certificates");
        }
        final List<String> folders = new ArrayList<>(elements.subList(2, elements.size() - 1));
        folders.add(CERTIFICATES);
        return new UncPath(host(field, elements.get(0)), elements.get(1), folders);
    }

    private static String host(final String field, final String host) {
        if (!IPV4_LIKE.matcher(host).matches()) {
            return DnsName.require(field, host);
        }
        if (!IPV4.matcher(host).matches()) {
            throw new Rejected(field, "'" + Text.printable(host) + "' is not an IPv4 address such as 10.30.0.50");
        }
        return host;
    }

    /** What leads from the share to the set, as one text. */
    public String folder() {
        return String.join("\\", folders);
    }

    /** The same for every way to write the path; for names of locks and files that must not depend on it. */
    public String key() {
        return toString().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof UncPath path && key().equals(path.key());
    }

    @Override
    public int hashCode() {
        return key().hashCode();
    }

    /** The path as the stamp is given it. */
    @Override
    public String toString() {
        return PREFIX + host + "\\" + share + "\\" + folder();
    }
}
