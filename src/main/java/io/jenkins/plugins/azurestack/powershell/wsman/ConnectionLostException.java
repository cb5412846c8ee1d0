package io.jenkins.plugins.azurestack.powershell.wsman;

/**
 * The connection ended, or the time ran out, after sending had begun and before a whole answer was there. For a
 * Receive that means: ask again on a new connection; if {@link #mayHaveCarriedData()}, output of that answer may be
 * lost for good, because WS-Management has no acknowledgement.
 */
public final class ConnectionLostException extends WsManException {

    private static final long serialVersionUID = 1;

    private final long bytesSent;
    private final long bytesTotal;
    private final boolean answerBegun;

    /**
     * @param message what happened and what to check
     * @param bytesSent bytes of the HTTP body handed to the connection
     * @param bytesTotal bytes of the whole HTTP body
     * @param answerBegun whether any part of an answer had arrived
     * @param cause what it came from, or null
     */
    public ConnectionLostException(
            final String message,
            final long bytesSent,
            final long bytesTotal,
            final boolean answerBegun,
            final Throwable cause) {
        super(Delivery.UNKNOWN, message, cause);
        this.bytesSent = bytesSent;
        this.bytesTotal = bytesTotal;
        this.answerBegun = answerBegun;
    }

    /** @return bytes of the HTTP body handed to the connection; not all of them need have arrived */
    public long bytesSent() {
        return bytesSent;
    }

    /** @return bytes of the whole HTTP body */
    public long bytesTotal() {
        return bytesTotal;
    }

    /** @return whether any part of an answer had arrived */
    public boolean answerBegun() {
        return answerBegun;
    }

    /** @return whether the server had the whole request, so that its answer may be what got lost */
    public boolean mayHaveCarriedData() {
        return answerBegun || bytesSent >= bytesTotal;
    }
}
