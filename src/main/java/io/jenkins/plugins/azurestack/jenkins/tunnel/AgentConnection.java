package io.jenkins.plugins.azurestack.jenkins.tunnel;

import io.jenkins.plugins.azurestack.jenkins.tunnel.AgentAnswer.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/** One connection on the agent. Bytes go in and out as they are; it is pulled at by one thread and pushed by another. */
final class AgentConnection {
    /** The most that travels in one answer or call. */
    static final int LARGEST = 32 * 1024;

    private final Socket socket;

    AgentConnection(final Socket socket) {
        this.socket = socket;
    }

    /** What has come; waits for so long if there is nothing. Never more than was asked for. */
    AgentAnswer pull(final int most, final int millis) {
        try {
            socket.setSoTimeout(Math.max(1, millis));
            final byte[] buffer = new byte[Math.max(1, Math.min(most, LARGEST))];
            final InputStream in = socket.getInputStream();
            int filled = in.read(buffer);
            if (filled < 0) {
                return AgentAnswer.of(Kind.ENDED);
            }
            // What has come in pieces goes in one answer: each costs a call.
            for (int more = 1; more > 0 && filled < buffer.length && in.available() > 0; filled += Math.max(0, more)) {
                more = in.read(buffer, filled, buffer.length - filled);
            }
            return AgentAnswer.of(Kind.CAME, Arrays.copyOf(buffer, filled));
        } catch (SocketTimeoutException e) {
            return AgentAnswer.of(Kind.NOTHING_YET);
        } catch (IOException e) {
            return AgentAnswer.broken(e);
        }
    }

    /** Waits until the bytes are the operating system's: that is how a slow server slows down who sends. */
    AgentAnswer push(final byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return AgentAnswer.of(Kind.DONE);
        } catch (IOException e) {
            return AgentAnswer.broken(e);
        }
    }

    /** Says to the other side that no more comes. */
    AgentAnswer finish() {
        try {
            socket.shutdownOutput();
            return AgentAnswer.of(Kind.DONE);
        } catch (IOException e) {
            return AgentAnswer.broken(e);
        }
    }

    /** Ends whatever is done with it, too. */
    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no more use either way.
            return;
        }
    }
}
