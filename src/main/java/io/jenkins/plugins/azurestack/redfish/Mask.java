package io.jenkins.plugins.azurestack.redfish;

import io.jenkins.plugins.azurestack.stamp.Text;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Hides what was sent in what comes back, since some services repeat it. Holds the caller's arrays; no copies. */
final class Mask {
    private static final int LONGEST = 1000;
    private static final String STARS = "********";

    private final List<char[]> secrets;

    /** @param secrets the caller's to wipe once the mask is of no more use */
    Mask(final char[]... secrets) {
        this.secrets =
                Arrays.stream(secrets).filter(secret -> secret.length > 0).toList();
    }

    /** One printable line of bounded length without the secrets, as they are and as URLs and headers encode them. */
    String printable(final String text) {
        String masked = text;
        for (final char[] secret : secrets) {
            final String plain = new String(secret);
            masked = masked.replace(plain, STARS)
                    .replace(URLEncoder.encode(plain, StandardCharsets.UTF_8), STARS)
                    .replace(Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)), STARS);
        }
        return Text.printable(masked, LONGEST);
    }

    @Override
    public String toString() {
        return "mask";
    }
}
