package io.jenkins.plugins.azurestack.certificate.request;

import java.util.Objects;

/** Says why what an authority issued can't be joined with a key, and what to do about it. Nothing was changed. */
public class JoinRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    JoinRefusedException(final Kind kind, final String message, final Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    JoinRefusedException(final Kind kind, final String message) {
        this(kind, message, null);
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }

    /** What to do next; one sentence. */
    public String advice() {
        return kind.advice;
    }

    /** The ways in which an answer of an authority is not one to a request. */
    public enum Kind {
        UNREADABLE("Give the certificates as PEM text, as .cer, or as .p7b, just as the authority handed them out."),
        TOO_MUCH("Give what the authority answered to this request, and nothing else."),
        NO_CERTIFICATE("Give the file with the certificate, not the request or the key."),
        KEY_DOES_NOT_FIT("Check which request the authority answered: every request has a key of its own."),
        NAMES_MISSING("Have the authority issue it again with all names of the request; its template may drop them.");

        private final String advice;

        Kind(final String advice) {
            this.advice = advice;
        }
    }
}
