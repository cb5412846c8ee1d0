package io.jenkins.plugins.azurestack.redfish;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Takes from a BMC's links what leads to a Redfish resource of the same BMC, and nothing else. */
final class Paths {
    private static final int LONGEST = 2000;
    private static final Pattern RESOURCE =
            Pattern.compile("/redfish(/(?![.]{1,2}(/|$|[?]))([A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+)+/?"
                    + "([?]([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?");

    private Paths() {}

    /** A path that begins with {@code /redfish/}, and its query; empty if it leads anywhere else or is no path. */
    static Optional<String> of(final String link) {
        // Measured first: a pattern with alternatives recurses over what it matches.
        return link.length() <= LONGEST && RESOURCE.matcher(link).matches() ? Optional.of(link) : Optional.empty();
    }

    /** As {@link #of}; of a whole URL the path is taken, since a BMC may know itself by another name than we do. */
    static Optional<String> ofLocation(final String location) {
        try {
            final URI uri = location.length() <= LONGEST ? new URI(location.trim()) : new URI("");
            return uri.getRawPath() == null ? Optional.empty() : of(uri.getRawPath());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Without the slash that some vendors end paths with. */
    static String plain(final String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
