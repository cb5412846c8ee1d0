package io.jenkins.plugins.azurestack.wiring;

import java.io.IOException;

/**
 * Says that a credential was not written, or that nobody can tell whether it was. What was there before is still there
 * unless the store itself lost it; whoever needs to know reads the credential back.
 */
public final class NotWrittenException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message what happened and what to do next; without secrets */
    public NotWrittenException(final String message) {
        super(message);
    }
}
