package io.jenkins.plugins.azurestack.share;

import java.io.IOException;

/** Something with the share went wrong; the message says what happened, what is safe now, and what to do next. */
public abstract sealed class ShareException extends IOException
        permits ForeignFilesException,
                ReadBackException,
                ShareCancelledException,
                ShareLogonException,
                ShareOutcomeUnknownException,
                ShareRefusedException,
                ShareUnprotectedException,
                ShareUnreachableException {
    private static final long serialVersionUID = 1;

    /**
     * @param message never holds a secret
     * @param cause what it came from, or null
     */
    ShareException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
