package io.jenkins.plugins.azurestack.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A folder on an SMB share, written in one way only, so that two ways of writing it meet in one lock. One server under
 * two names is not recognised.
 *
 * @param value {@code \\server\share\folder} in lower case, without a separator at the end
 */
public record SharePath(String value) {
    private static final int LONGEST = 1_000;
    private static final String LONG_FORM = "//?/unc/";

    /** @throws IllegalArgumentException if it is no UNC path of a share, or holds {@code ..} */
    public SharePath {
        value = normalised(value);
    }

    private static String normalised(final String path) {
        String slashes = path.strip().toLowerCase(Locale.ROOT).replace('\\', '/');
        if (slashes.startsWith(LONG_FORM)) {
            slashes = "//" + slashes.substring(LONG_FORM.length());
        }
        if (!slashes.startsWith("//") || slashes.length() > LONGEST) {
            throw unusable();
        }
        final List<String> names = new ArrayList<>();
        for (final String written : slashes.substring(2).split("/")) {
            // Windows takes dots and spaces at the end of a name for nothing.
            final String name = written.replaceAll("[. ]+$", "");
            if (written.strip().equals("..") || name.chars().anyMatch(Character::isISOControl)) {
                throw unusable();
            }
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        if (names.size() < 2) {
            throw unusable();
        }
        return "\\\\" + String.join("\\", names);
    }

    private static IllegalArgumentException unusable() {
        return new IllegalArgumentException("A share's path is written \\\\server\\share\\folder, without '..'");
    }

    /** What stands for it in a file's name. */
    String fileName() {
        try {
            final byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
