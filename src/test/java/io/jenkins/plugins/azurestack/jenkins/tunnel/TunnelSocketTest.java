package io.jenkins.plugins.azurestack.jenkins.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.net.DirectNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** A connection through an agent behaves as one of the system's own does. */
public class TunnelSocketTest {
    private static final String HOST = "127.0.0.1";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Rule
    public final Timeout limit = Timeout.seconds(60);

    private final TestAgent agent = new TestAgent(new DirectNetwork());
    private ServerSocket listening;
    private Socket socket;
    private Socket server;

    @Before
    public void connect() throws IOException {
        listening = new ServerSocket(0, 5, InetAddress.getByName(HOST));
        socket = agent.networkTo(HOST, listening.getLocalPort()).connect(HOST, listening.getLocalPort(), TIMEOUT);
        server = listening.accept();
    }

    @After
    public void close() throws IOException {
        socket.close();
        server.close();
        listening.close();
        agent.drop();
    }

    private static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    public void itIsConnectedToWhatTheAgentResolved() throws IOException {
        assertThat(socket.isConnected()).isTrue();
        assertThat(socket.isBound()).isTrue();
        assertThat(socket.isClosed()).isFalse();
        assertThat(socket.getInetAddress()).isEqualTo(InetAddress.getByName(HOST));
        assertThat(socket.getPort()).isEqualTo(listening.getLocalPort());
        assertThat(socket.getRemoteSocketAddress()).isEqualTo(new InetSocketAddress(HOST, listening.getLocalPort()));
        assertThatThrownBy(() -> socket.connect(new InetSocketAddress(HOST, 1))).isInstanceOf(SocketException.class);
    }

    @Test
    public void bytesGoBothWaysAndNoneIsChanged() throws Exception {
        final byte[] much = new byte[1_000_003];
        for (int i = 0; i < much.length; i++) {
            much[i] = (byte) (i * 31 + (i >> 8));
        }
        final CompletableFuture<Void> echo = CompletableFuture.runAsync(() -> {
            try {
                server.getInputStream().transferTo(server.getOutputStream());
                server.shutdownOutput();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        final CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
            try {
                socket.getOutputStream().write(much);
                socket.shutdownOutput();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(socket.getInputStream().readAllBytes()).isEqualTo(much);
        echo.join();
        sending.join();
    }

    @Test
    public void aReadKeepsItsTimeoutAndLosesNothingByIt() throws IOException {
        socket.setSoTimeout(50);
        assertThat(socket.getSoTimeout()).isEqualTo(50);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        server.getOutputStream().write(text("late"));
        socket.setSoTimeout(20_000);
        assertThat(socket.getInputStream().readNBytes(4)).isEqualTo(text("late"));
    }

    @Test
    public void whatHasComeIsAvailable() throws IOException {
        assertThat(socket.getInputStream().available()).isZero();
        server.getOutputStream().write(text("abcdef"));
        assertThat(socket.getInputStream().read()).isEqualTo('a');
        assertThat(socket.getInputStream().available()).isEqualTo(5);
        assertThat(socket.getInputStream().readNBytes(5)).isEqualTo(text("bcdef"));
        assertThat(socket.getInputStream().available()).isZero();
    }

    @Test
    public void eachSideEndsByItself() throws IOException {
        socket.getOutputStream().write(text("question"));
        socket.shutdownOutput();
        assertThat(socket.isOutputShutdown()).isTrue();
        assertThatThrownBy(() -> socket.getOutputStream()).isInstanceOf(SocketException.class);
        assertThat(server.getInputStream().readAllBytes()).isEqualTo(text("question"));
        server.getOutputStream().write(text("answer"));
        server.shutdownOutput();
        assertThat(socket.getInputStream().readAllBytes()).isEqualTo(text("answer"));
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
        assertThat(socket.isClosed()).isFalse();
    }

    @Test
    public void inputThatIsShutIsAtItsEnd() throws IOException {
        server.getOutputStream().write(text("x"));
        final InputStream in = socket.getInputStream();
        socket.shutdownInput();
        assertThat(in.read()).isEqualTo(-1);
        assertThat(socket.isInputShutdown()).isTrue();
    }

    @Test
    public void whatWasWrittenBeforeClosingArrives() throws IOException {
        final byte[] most = new byte[Outgoing.ROOM];
        Arrays.fill(most, (byte) 7);
        socket.getOutputStream().write(most);
        socket.close();
        assertThat(socket.isClosed()).isTrue();
        assertThat(server.getInputStream().readAllBytes()).isEqualTo(most);
    }

    @Test
    public void closingEndsAReadThatWaits() throws Exception {
        final InputStream in = socket.getInputStream();
        final CompletableFuture<Throwable> ended = inThread(in::read);
        socket.close();
        assertThat(ended.get()).isInstanceOf(SocketException.class).hasMessageContaining("closed");
        assertThat(server.getInputStream().read()).isEqualTo(-1);
        assertThatThrownBy(in::read).isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> socket.getInputStream()).isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> socket.setSoTimeout(1)).isInstanceOf(SocketException.class);
    }

    @Test
    public void interruptingAReadEndsItAndClosesTheConnection() throws Exception {
        final CompletableFuture<Throwable> ended = new CompletableFuture<>();
        final CompletableFuture<Boolean> flagged = new CompletableFuture<>();
        final Thread reader = new Thread(() -> {
            try {
                socket.getInputStream().read();
            } catch (IOException e) {
                flagged.complete(Thread.currentThread().isInterrupted());
                ended.complete(e);
            }
        });
        reader.start();
        reader.interrupt();
        assertThat(ended.get()).isInstanceOf(ClosedByInterruptException.class);
        assertThat(flagged.get()).isTrue();
        assertThat(socket.isClosed()).isTrue();
    }

    /** What nobody reads is kept where it came from: no more than the rooms hold is ever asked for. */
    @Test
    public void aReaderThatIsSlowSlowsDownTheServer() throws Exception {
        final AtomicLong sent = new AtomicLong();
        final AtomicBoolean enough = new AtomicBoolean();
        final byte[] piece = new byte[8192];
        final CompletableFuture<Throwable> sending = inThread(() -> {
            while (!enough.get()) {
                server.getOutputStream().write(piece);
                sent.addAndGet(piece.length);
            }
            server.shutdownOutput();
            return null;
        });
        while (socket.getInputStream().available() <= Incoming.ROOM - AgentConnection.LARGEST
                || sent.get() < 2L * Incoming.ROOM) {
            Thread.onSpinWait();
        }
        assertThat(socket.getInputStream().available()).isLessThanOrEqualTo(Incoming.ROOM);
        assertThat(agent.seen().length).isLessThan(Incoming.ROOM + 64 * 1024);
        enough.set(true);
        final long came = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        assertThat(sending.get()).isNull();
        assertThat(came).isEqualTo(sent.get());
    }

    @Test
    public void aServerThatDoesNotReadHoldsUpTheWriterUntilItIsClosed() throws Exception {
        final byte[] piece = new byte[8192];
        final AtomicLong written = new AtomicLong();
        final CompletableFuture<Throwable> ended = new CompletableFuture<>();
        final Thread writing = new Thread(() -> {
            try {
                while (true) {
                    socket.getOutputStream().write(piece);
                    written.addAndGet(piece.length);
                }
            } catch (IOException e) {
                ended.complete(e);
            }
        });
        writing.start();
        while (written.get() < 2L * Outgoing.ROOM || writing.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        socket.close();
        assertThat(ended.get()).isInstanceOf(SocketException.class);
    }

    @Test
    public void aServerThatCutsTheConnectionIsSaidToHaveReset() throws Exception {
        server.setSoLinger(true, 0);
        server.close();
        assertThatThrownBy(() -> socket.getInputStream().read())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("from agent 'near-the-stamp'");
    }

    @Test
    public void anAgentThatGoesBreaksReadingAndWriting() throws Exception {
        final CompletableFuture<Throwable> reading =
                inThread(() -> socket.getInputStream().read());
        server.getOutputStream().write(1);
        assertThat(reading.get()).isNull();
        final CompletableFuture<Throwable> again =
                inThread(() -> socket.getInputStream().read());
        agent.drop();
        assertThat(again.get())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the connection to agent 'near-the-stamp' broke");
        assertThat(server.getInputStream().read())
                .as("the agent closes what it had")
                .isEqualTo(-1);
        final CompletableFuture<Throwable> writing = inThread(() -> {
            while (true) {
                socket.getOutputStream().write(new byte[Outgoing.ROOM]);
            }
        });
        assertThat(writing.get()).isInstanceOf(IOException.class).hasMessageContaining("broke");
    }

    /** Something that may end with an exception. */
    private interface Work {
        Object done() throws Exception;
    }

    /** What it ended with; null if it ended well. */
    private static CompletableFuture<Throwable> inThread(final Work work) {
        final CompletableFuture<Throwable> ended = new CompletableFuture<>();
        final Thread thread = new Thread(() -> {
            try {
                work.done();
                ended.complete(null);
            } catch (Exception e) {
                ended.complete(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return ended;
    }
}
