package io.jenkins.plugins.azurestack.powershell.wsman;

/** The answer is larger, or nested deeper, than any honest one. */
public final class AnswerTooLargeException extends MalformedAnswerException {

    private static final long serialVersionUID = 1;

    /** @param message which limit it went over */
    public AnswerTooLargeException(final String message) {
        super(message, null);
    }
}
