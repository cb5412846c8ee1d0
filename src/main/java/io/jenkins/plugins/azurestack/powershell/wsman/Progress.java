package io.jenkins.plugins.azurestack.powershell.wsman;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** How far a request has come; written by the thread that sends it, read by the one that waits for it. */
final class Progress {

    private volatile boolean begun;
    /** Guarded by this. */
    private boolean givenUp;

    private volatile boolean answerBegun;
    private final AtomicLong sent = new AtomicLong();
    private volatile long total;
    private volatile long deadline = System.nanoTime();

    /** @throws ConnectionFailedException if nobody waits any more: what was not begun then never is */
    synchronized void begin(final long bytes) throws ConnectionFailedException {
        if (givenUp) {
            throw new ConnectionFailedException("Nobody waits for the answer any more; nothing was sent", null);
        }
        total = bytes;
        sent.set(0);
        answerBegun = false;
        begun = true;
    }

    /** @return the fate of the request, which from now on can't change from "not sent" any more */
    synchronized Delivery giveUp() {
        givenUp = true;
        return delivery();
    }

    /** The server refused the request unread (401). */
    void refused() {
        begun = false;
    }

    void sent(final long bytes) {
        sent.addAndGet(bytes);
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
                sent.get(),
                total,
                answerBegun,
                cause);
    }
}
