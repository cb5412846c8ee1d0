package io.jenkins.plugins.azurestack.powershell.wsman;

import java.time.Duration;

/** How far a request has come; written by the thread that sends it, read by the one that waits for it. */
final class Progress {

    private volatile boolean begun;
    private volatile boolean answerBegun;
    private volatile long sent;
    private volatile long total;
    private volatile long deadline = System.nanoTime();

    void begin(final long bytes) {
        total = bytes;
        sent = 0;
        answerBegun = false;
        begun = true;
    }

    /** The server refused the request unread (401). */
    void refused() {
        begun = false;
    }

    void sent(final long bytes) {
        sent += bytes;
    }

    void answerBegun() {
        answerBegun = true;
    }

    void allow(final Duration time) {
        deadline = System.nanoTime() + time.toNanos();
    }

    long nanosLeft() {
        return deadline - System.nanoTime();
    }

    Delivery delivery() {
        return begun ? Delivery.UNKNOWN : Delivery.NOT_SENT;
    }

    /** @return the exception that says how a request ended that got no whole answer */
    WsManException lost(final String what, final Throwable cause) {
        if (!begun) {
            return new ConnectionFailedException(what + "; nothing was sent", cause);
        }
        return new ConnectionLostException(
                what + (answerBegun ? " in the middle of the answer" : " before an answer") + " (" + sent + " of "
                        + total + " bytes handed over)",
                sent,
                total,
                answerBegun,
                cause);
    }
}
