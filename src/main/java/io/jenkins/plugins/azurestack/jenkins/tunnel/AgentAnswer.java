package io.jenkins.plugins.azurestack.jenkins.tunnel;

import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.io.Serializable;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Objects;

/**
 * What an agent says to a call. Failures come as such an answer rather than as exceptions, so that nothing but this one
 * class, and bytes, ever comes back; what an agent claims is looked at before it is believed. Immutable.
 */
final class AgentAnswer implements Serializable {
    /** What it says. */
    enum Kind {
        /** A connection is open; the bytes are the address that it leads to. */
        OPEN,
        /** Bytes have come. */
        CAME,
        /** Nothing has come yet. */
        NOTHING_YET,
        /** The other side sends no more. */
        ENDED,
        /** What was asked for is done. */
        DONE,
        NOT_NAMED,
        UNKNOWN_HOST,
        REFUSED,
        NO_ROUTE,
        NO_ANSWER,
        /** The other side cut the connection. */
        RESET,
        /** Anything else that went wrong. */
        FAILED
    }

    private final Kind kind;
    private final byte[] bytes;
    private final String message;

    private AgentAnswer(final Kind kind, final byte[] bytes, final String message) {
        this.kind = kind;
        this.bytes = bytes;
        this.message = message;
    }

    static AgentAnswer of(final Kind kind) {
        return new AgentAnswer(kind, new byte[0], "");
    }

    static AgentAnswer of(final Kind kind, final byte[] bytes) {
        return new AgentAnswer(kind, bytes, "");
    }

    static AgentAnswer failed(final Kind kind, final String message) {
        return new AgentAnswer(kind, new byte[0], message);
    }

    /** What a failure to connect is, by the exceptions of {@code DirectNetwork}. */
    static AgentAnswer notOpened(final IOException failure) {
        final Kind kind;
        if (failure instanceof UnknownHostException) {
            kind = Kind.UNKNOWN_HOST;
        } else if (failure instanceof NoRouteToHostException) {
            kind = Kind.NO_ROUTE;
        } else if (failure instanceof ConnectException) {
            kind = Kind.REFUSED;
        } else {
            kind = failure instanceof SocketTimeoutException ? Kind.NO_ANSWER : Kind.FAILED;
        }
        return failed(kind, String.valueOf(failure.getMessage()));
    }

    /** What broke a connection that was open. */
    static AgentAnswer broken(final IOException failure) {
        return failed(
                failure instanceof SocketException ? Kind.RESET : Kind.FAILED, String.valueOf(failure.getMessage()));
    }

    /** Never null, whatever came. */
    Kind kind() {
        return kind == null ? Kind.FAILED : kind;
    }

    /** The answer's own; never null, whatever came. */
    byte[] bytes() {
        return bytes == null ? new byte[0] : bytes;
    }

    /**
     * The failure as the same exception that a connection from here would have ended with.
     *
     * @param agent where it happened, for the message
     */
    IOException failure(final String agent) {
        final String said = Text.printable(Objects.requireNonNullElse(message, "")) + " (from agent '" + agent + "')";
        return switch (kind()) {
            case UNKNOWN_HOST -> new UnknownHostException(said);
            case REFUSED -> new ConnectException(said);
            case NO_ROUTE -> new NoRouteToHostException(said);
            case NO_ANSWER -> new SocketTimeoutException(said);
            case RESET -> new SocketException(said);
            case NOT_NAMED, FAILED -> new IOException(said);
            case OPEN, CAME, NOTHING_YET, ENDED, DONE ->
                new IOException("agent '" + agent + "' does not answer what it was asked: " + kind());
        };
    }

    private static final long serialVersionUID = 1L;
}
