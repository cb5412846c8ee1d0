package io.jenkins.plugins.azurestack.powershell.wsman;

/** The answer is truncated, not sealed as it must be, not XML, not the answer to this request, or a forgery. */
public class MalformedAnswerException extends WsManException {

    private static final long serialVersionUID = 1;

    /**
     * @param message what is wrong with it
     * @param cause what it came from, or null
     */
    public MalformedAnswerException(final String message, final Throwable cause) {
        super(Delivery.UNKNOWN, message, cause);
    }
}
