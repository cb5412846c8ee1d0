package io.jenkins.plugins.azurestack.net;

import java.util.Objects;

/** Says why a web server gave no file. Messages are part of a sentence. */
public class HttpDownloadException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    HttpDownloadException(final Kind kind, final String message, final Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }

    /** The ways in which a download ends without a file. */
    public enum Kind {
        /** The name can't be resolved. */
        UNKNOWN_HOST,
        /** No route, or the network is down. */
        UNREACHABLE,
        /** Nobody listens. */
        REFUSED,
        /** Not all of it came in the given time. */
        NO_ANSWER,
        /** The connection ended before all was there. */
        CUT,
        /** What came is no HTTP. */
        GARBLED,
        /** The server answers that there is no such file, or that it has a problem. */
        STATUS,
        /** The server sends the client elsewhere. */
        REDIRECTED,
        /** The file has more bytes than anyone should take. */
        TOO_LARGE
    }
}
