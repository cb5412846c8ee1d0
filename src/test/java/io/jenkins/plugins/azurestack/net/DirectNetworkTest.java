package io.jenkins.plugins.azurestack.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class DirectNetworkTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Rule
    public final Timeout patience = Timeout.seconds(50);

    private final List<Socket> crowd = new ArrayList<>();
    private ServerSocket listener;

    @Before
    public void listen() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    }

    @After
    public void stopListening() throws IOException {
        listener.close();
        for (final Socket socket : crowd) {
            socket.close();
        }
    }

    private static DirectNetwork resolving(final String... addresses) {
        return new DirectNetwork(host -> {
            final InetAddress[] all = new InetAddress[addresses.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = InetAddress.getByName(addresses[i]);
            }
            return all;
        });
    }

    /** Runs in a thread of its own, and interrupts that once it blocks. */
    private static Throwable interrupted(final CountDownLatch blocking, final Callable<?> work) throws Exception {
        final FutureTask<?> task = new FutureTask<>(work);
        final Thread thread = new Thread(task);
        thread.start();
        blocking.await();
        thread.interrupt();
        return catchThrowableOfType(ExecutionException.class, task::get).getCause();
    }

    @Test
    public void connectsToAName() throws Exception {
        try (Socket socket = new DirectNetwork().connect("localhost", listener.getLocalPort(), LONG)) {
            assertThat(socket.isConnected()).isTrue();
        }
    }

    @Test
    public void saysThatThereIsNoSuchHost() {
        final DirectNetwork network = new DirectNetwork(host -> {
            throw new UnknownHostException(host + ": Name or service not known");
        });

        assertThatThrownBy(() -> network.connect("nowhere.contoso.com", 443, LONG))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("no such host: nowhere.contoso.com");
    }

    @Test
    public void tellsADeadNameServerFromAnUnknownName() {
        final DirectNetwork network = new DirectNetwork(host -> {
            throw new UnknownHostException(host + ": Temporary failure in name resolution");
        });

        assertThatThrownBy(() -> network.connect("portal.contoso.com", 443, LONG))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("no name server answers for host: portal.contoso.com");
    }

    @Test
    public void saysThatTheConnectionWasRefused() throws Exception {
        final int port = listener.getLocalPort();
        listener.close();

        assertThatThrownBy(() -> resolving("127.0.0.1").connect("portal.contoso.com", port, LONG))
                .isInstanceOf(ConnectException.class)
                .hasMessage("portal.contoso.com:" + port + " (127.0.0.1): refused");
    }

    @Test
    public void saysThatTheNameWasNotResolvedInTime() {
        final CountDownLatch never = new CountDownLatch(1);

        assertThatThrownBy(() -> hangingOn(never).connect("portal.contoso.com", 443, Duration.ofMillis(200)))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("the name of portal.contoso.com was not resolved: no answer within 200 ms");
        never.countDown();
    }

    private static DirectNetwork hangingOn(final CountDownLatch latch) {
        return new DirectNetwork(host -> {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        });
    }

    @Test
    public void saysThatNoAnswerCameInTime() throws Exception {
        fillBacklog();
        final int port = listener.getLocalPort();

        assertThatThrownBy(() -> new DirectNetwork().connect("127.0.0.1", port, Duration.ofMillis(200)))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("127.0.0.1:" + port + ": no answer within 200 ms");
    }

    /** Linux drops what asks for a connection beyond the backlog: the one way to an unanswered call on loopback. */
    private void fillBacklog() throws IOException {
        while (true) {
            final Socket socket = new Socket();
            try {
                socket.connect(listener.getLocalSocketAddress(), 200);
                crowd.add(socket);
            } catch (SocketTimeoutException full) {
                socket.close();
                return;
            }
        }
    }

    @Test
    public void triesEveryAddressOfAName() throws Exception {
        final int port = listener.getLocalPort();

        try (Socket socket = resolving("127.0.0.9", "127.0.0.1").connect("portal.contoso.com", port, LONG)) {
            assertThat(((InetSocketAddress) socket.getRemoteSocketAddress())
                            .getAddress()
                            .getHostAddress())
                    .isEqualTo("127.0.0.1");
        }
    }

    @Test
    public void leavesTimeForTheNextAddressWhenOneDoesNotAnswer() throws Exception {
        fillBacklog();
        try (ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress("127.0.0.9", listener.getLocalPort()));

            try (Socket socket = resolving("127.0.0.1", "127.0.0.9")
                    .connect("portal.contoso.com", listener.getLocalPort(), Duration.ofSeconds(4))) {
                assertThat(((InetSocketAddress) socket.getRemoteSocketAddress())
                                .getAddress()
                                .getHostAddress())
                        .isEqualTo("127.0.0.9");
            }
        }
    }

    @Test
    public void anInterruptEndsABlockedNameLookup() throws Exception {
        final CountDownLatch never = new CountDownLatch(1);
        final CountDownLatch blocking = new CountDownLatch(1);
        final DirectNetwork network = new DirectNetwork(host -> {
            blocking.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        });

        assertThat(interrupted(blocking, () -> network.connect("portal.contoso.com", 443, LONG)))
                .isInstanceOf(ClosedByInterruptException.class);
        never.countDown();
    }

    @Test
    public void anInterruptEndsABlockedConnect() throws Exception {
        fillBacklog();
        final CountDownLatch begun = new CountDownLatch(1);

        final Throwable end = interrupted(begun, () -> {
            begun.countDown();
            return new DirectNetwork().connect("127.0.0.1", listener.getLocalPort(), LONG);
        });

        assertThat(end).isInstanceOf(ClosedByInterruptException.class);
    }

    @Test
    public void anInterruptEndsABlockedRead() throws Exception {
        assertReadEnds(0);
    }

    @Test
    public void anInterruptEndsABlockedReadThatHasATimeoutOfItsOwn() throws Exception {
        assertReadEnds(60_000);
    }

    private void assertReadEnds(final int timeout) throws Exception {
        try (Socket socket = new DirectNetwork().connect("127.0.0.1", listener.getLocalPort(), LONG)) {
            socket.setSoTimeout(timeout);
            final CountDownLatch begun = new CountDownLatch(1);

            final Throwable end = interrupted(begun, () -> {
                begun.countDown();
                return socket.getInputStream().read();
            });

            assertThat(end).isInstanceOf(ClosedByInterruptException.class);
        }
    }

    @Test
    public void aCloseFromAnotherThreadEndsABlockedRead() throws Exception {
        final Socket socket = new DirectNetwork().connect("127.0.0.1", listener.getLocalPort(), LONG);
        final CountDownLatch begun = new CountDownLatch(1);
        final FutureTask<Integer> read = new FutureTask<>(() -> {
            begun.countDown();
            return socket.getInputStream().read();
        });
        new Thread(read).start();
        begun.await();

        socket.close();

        assertThat(catchThrowableOfType(ExecutionException.class, read::get).getCause())
                .isInstanceOfAny(SocketException.class, IOException.class);
    }

    @Test
    public void refusesATimeoutOfNothing() {
        assertThatThrownBy(() -> new DirectNetwork().connect("127.0.0.1", 1, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
