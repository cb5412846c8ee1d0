package io.jenkins.plugins.azurestack.certificate;

import java.util.Objects;

/** Says why a PFX or a key store shows no certificate, and what an operator can do about it. Holds no secret. */
public class UnreadablePfxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    UnreadablePfxException(final Kind kind, final String message, final Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    UnreadablePfxException(final Kind kind, final String message) {
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

    /** The ways in which a file fails to be a readable PFX. */
    public enum Kind {
        /** No bytes at all. */
        EMPTY("Upload the PFX again."),
        /** More bytes, or more entries, than any PFX of a stamp has. */
        TOO_LARGE("Check which file was uploaded: a PFX of a stamp is a few kilobytes."),
        /** Text where a binary file belongs. */
        PEM_NOT_PFX("Join the certificates and the key with 'openssl pkcs12 -export' and upload the result."),
        /** Some other file. */
        NOT_A_PFX("Export the certificate again as PFX (PKCS #12) with its private key, and upload that file."),
        /** The beginning of a PFX. */
        TRUNCATED("Upload the file again, in binary mode and whole."),
        /** A PFX to the outside, but what is inside makes no sense. */
        DAMAGED("Export the certificate again and upload that file."),
        /** It does not open with the given password. */
        WRONG_PASSWORD("Check the credential that holds this file's password; if the password is right, the file was"
                + " damaged: upload it again."),
        /** It opens, and no certificate is in it. */
        NO_CERTIFICATE("Export again and include the certificate with its whole chain."),
        /** It is protected in a way that is not known here, or that takes longer to open than anyone should wait. */
        UNSUPPORTED("Export it again with TripleDES-SHA1 protection, which is what a stamp accepts, or with AES-256."),
        /** A key store object that was never loaded. */
        UNINITIALISED("Check the password of the certificate credential and upload its file again; the controller's log"
                + " says why loading it failed.");

        private final String advice;

        Kind(final String advice) {
            this.advice = advice;
        }
    }
}
