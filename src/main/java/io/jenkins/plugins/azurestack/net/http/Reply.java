package io.jenkins.plugins.azurestack.net.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP answer, read whole.
 *
 * @param status the HTTP status
 * @param headers under small names, in order of arrival
 * @param body not copied; the reader wipes one that holds a token
 */
public record Reply(int status, Map<String, List<String>> headers, byte[] body) {
    /** The first header of that name, in any case. */
    public Optional<String> header(final String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** Status only: a body may hold a token. */
    @Override
    public String toString() {
        return "HTTP " + status;
    }
}
