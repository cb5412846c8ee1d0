package io.jenkins.plugins.azurestack.powershell.wsman;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An HTTP response, read to its end. The array is shared within this package and not changed. */
final class HttpAnswer {

    private final int status;
    private final String contentType;
    private final List<String> challenges;
    private final Instant date;
    private final boolean keptAlive;
    private final byte[] body;

    HttpAnswer(
            final int status,
            final String contentType,
            final List<String> challenges,
            final Instant date,
            final boolean keptAlive,
            final byte[] body) {
        this.status = status;
        this.contentType = contentType == null ? "" : contentType.strip().toLowerCase(Locale.ROOT);
        this.challenges = List.copyOf(challenges);
        this.date = date;
        this.keptAlive = keptAlive;
        this.body = body;
    }

    int status() {
        return status;
    }

    boolean sealed() {
        return contentType.startsWith("multipart/encrypted");
    }

    boolean soap() {
        return contentType.startsWith("application/soap+xml");
    }

    /** Values of {@code WWW-Authenticate}. */
    List<String> challenges() {
        return challenges;
    }

    /** The server's clock. */
    Optional<Instant> date() {
        return Optional.ofNullable(date);
    }

    boolean keptAlive() {
        return keptAlive;
    }

    byte[] body() {
        return body;
    }

    /** For messages to operators: nothing that the server wrote but a short, printable content type. */
    String describe() {
        final String type = contentType.replaceAll("[^ -~]", "?");
        return "HTTP status " + status
                + (type.isEmpty()
                        ? " without content type"
                        : ", content type " + type.substring(0, Math.min(type.length(), 80)));
    }
}
