package io.jenkins.plugins.azurestack.certificate;

import java.util.Objects;

/** Says why a sealed private key does not open, and what an operator can do about it. Holds no secret. */
public class UnreadableKeyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    UnreadableKeyException(final Kind kind, final String message, final Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }

    /** What to do next; one sentence. */
    public String advice() {
        return kind.advice;
    }

    /** The ways in which a file fails to be a sealed key. */
    public enum Kind {
        NOT_A_SEALED_KEY("Give the file that was kept with the request: it begins with 'BEGIN ENCRYPTED PRIVATE KEY'."),
        WRONG_PASSPHRASE("Check the credential that holds the passphrase; if it is right, the key's file was damaged."),
        UNSUPPORTED("Seal the key again with 'openssl pkcs8 -topk8 -v2 aes-256-cbc'.");

        private final String advice;

        Kind(final String advice) {
            this.advice = advice;
        }
    }
}
