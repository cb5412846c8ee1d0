package io.jenkins.plugins.azurestack.jenkins.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.net.DirectNetwork;
import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.net.TlsProbe;
import io.jenkins.plugins.azurestack.net.TlsProbeException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Connecting through an agent, that is there, is away, or means no good. */
public class AgentNetworkTest {
    private static final String HOST = "127.0.0.1";
    private static final String STAMP = "ercs01.azurestack.local";
    private static final int PORT = 5985;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Rule
    public final Timeout limit = Timeout.seconds(60);

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    private static TestAgent failing(final IOException failure) {
        return new TestAgent((host, port, timeout) -> {
            throw failure;
        });
    }

    @Test
    public void namesAreResolvedOnTheAgent() throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            final TestAgent agent = new TestAgent((host, port, timeout) -> {
                assertThat(host).isEqualTo(STAMP);
                return new DirectNetwork().connect(HOST, listening.getLocalPort(), timeout);
            });
            try (Socket socket = agent.networkTo(STAMP, PORT).connect(STAMP, PORT, TIMEOUT)) {
                assertThat(socket.getRemoteSocketAddress()).hasToString(STAMP + "/127.0.0.1:" + PORT);
            }
        }
    }

    @Test
    public void whatFailsThereFailsHereInTheSameWayAndSaysWhere() {
        final String where = " (from agent 'near-the-stamp')";
        for (final IOException failure : List.of(
                new UnknownHostException("no such host: x"),
                new ConnectException("x:1: refused"),
                new NoRouteToHostException("x:1: no route to this host"),
                new SocketTimeoutException("x:1: no answer within 10 s"))) {
            assertThatThrownBy(() -> failing(failure).networkTo(STAMP, PORT).connect(STAMP, PORT, TIMEOUT))
                    .isExactlyInstanceOf(failure.getClass())
                    .hasMessage(failure.getMessage() + where);
        }
        assertThatThrownBy(() -> failing(new IOException("odd\u001b[31m\nthing"))
                        .networkTo(STAMP, PORT)
                        .connect(STAMP, PORT, TIMEOUT))
                .isExactlyInstanceOf(IOException.class)
                .hasMessageStartingWith("odd")
                .hasMessageNotContainingAny("\n", "\u001b");
    }

    @Test
    public void whatTheStampDoesNotNameIsNotEvenAskedFor() {
        final TestAgent agent = failing(new IOException("was asked"));
        assertThatThrownBy(() -> agent.networkTo(STAMP, PORT).connect("10.0.0.1", PORT, TIMEOUT))
                .hasMessageContaining("10.0.0.1:5985 is no place that the stamp's configuration names");
        assertThatThrownBy(() -> agent.networkTo(STAMP, PORT).connect(STAMP, 22, TIMEOUT))
                .hasMessageContaining("is no place");
        assertThat(agent.seen()).isEmpty();
    }

    @Test
    public void theAgentLooksAtTheListItself() {
        final AgentConnections connections = new AgentConnections((host, port, timeout) -> {
            throw new AssertionError("connected");
        });
        final AgentAnswer answer = connections.open("1", NamedPlaces.only(STAMP, PORT), "10.0.0.1", PORT, TIMEOUT);
        assertThat(answer.kind()).isEqualTo(AgentAnswer.Kind.NOT_NAMED);
        assertThat(answer.failure("a")).hasMessageContaining("no place that the stamp names");
    }

    @Test
    public void revocationListsComeFromPort80OfAnyHostAndFromNowhereElse() throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            final TestAgent agent = new TestAgent((host, port, timeout) -> {
                assertThat(host + ":" + port).isEqualTo("pki.contoso.com:80");
                return new DirectNetwork().connect(HOST, listening.getLocalPort(), timeout);
            });
            final Network lists = agent.networkTo(STAMP, PORT).forRevocationLists();
            lists.connect("pki.contoso.com", 80, TIMEOUT).close();
            assertThatThrownBy(() -> lists.connect("pki.contoso.com", 8080, TIMEOUT))
                    .hasMessageContaining("from port 80 only");
            assertThatThrownBy(() -> lists.connect(STAMP, PORT, TIMEOUT)).hasMessageContaining("from port 80 only");
        }
    }

    @Test
    public void anAgentThatIsAwayIsNoReasonToTakeAnotherWay() throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            final TestAgent agent = new TestAgent(new DirectNetwork());
            final AgentNetwork network = agent.networkTo(HOST, listening.getLocalPort());
            agent.drop();
            assertThat(network.isAway()).isTrue();
            assertThatThrownBy(() -> network.connect(HOST, listening.getLocalPort(), TIMEOUT))
                    .hasMessage("agent 'near-the-stamp' is not connected, and no other way is taken");
            final TlsProbe probe = new TlsProbe(network::connect, new SecureRandom());
            assertThatThrownBy(() -> probe.look(HOST, listening.getLocalPort(), TIMEOUT))
                    .isInstanceOf(TlsProbeException.class)
                    .hasMessageContaining("agent 'near-the-stamp' is not connected");
        }
    }

    @Test
    public void whoWaitsGoesOnWhenTheSameAgentIsBackAndSaysSoMeanwhile() throws Exception {
        final TestAgent agent = new TestAgent(new DirectNetwork());
        final CountDownLatch begun = new CountDownLatch(1);
        final AgentNetwork network = agent.network(NamedPlaces.only(STAMP, PORT), Duration.ofMinutes(5), line -> {
            log.add(line);
            begun.countDown();
        });
        network.await();
        assertThat(network.waiting()).isEmpty();
        agent.drop();
        final CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
            try {
                network.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        begun.await();
        assertThat(network.waiting()).contains("agent 'near-the-stamp' is not connected, and no other way is taken");
        agent.comeBack();
        waiting.join();
        assertThat(network.waiting()).isEmpty();
        assertThat(log)
                .containsExactly(
                        "Waiting: agent 'near-the-stamp' is not connected, and no other way is taken.",
                        "Agent 'near-the-stamp' is connected again.");
    }

    @Test
    public void waitingEndsWithThePatienceOfTheRunAndByAnInterrupt() throws Exception {
        final TestAgent agent = new TestAgent(new DirectNetwork());
        agent.drop();
        final AgentNetwork impatient = agent.network(NamedPlaces.only(STAMP, PORT), Duration.ofMillis(1), log::add);
        impatient.await();
        assertThat(impatient.isAway()).isTrue();
        final AgentNetwork patient = agent.network(NamedPlaces.only(STAMP, PORT), Duration.ofDays(1), log::add);
        Thread.currentThread().interrupt();
        assertThatThrownBy(patient::await).isInstanceOf(InterruptedException.class);
        assertThat(patient.waiting()).isEmpty();
    }

    @Test
    public void aConnectionThatComesTooLateIsClosedAgain() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            final CountDownLatch asked = new CountDownLatch(1);
            final CountDownLatch released = new CountDownLatch(1);
            final TestAgent agent = new TestAgent((host, port, timeout) -> {
                asked.countDown();
                try {
                    released.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return new DirectNetwork().connect(HOST, listening.getLocalPort(), TIMEOUT);
            });
            final CompletableFuture<Throwable> ended = new CompletableFuture<>();
            final Thread connecting = new Thread(() -> {
                try {
                    agent.networkTo(STAMP, PORT).connect(STAMP, PORT, TIMEOUT);
                } catch (IOException e) {
                    ended.complete(e);
                }
            });
            connecting.start();
            asked.await();
            connecting.interrupt();
            assertThat(ended.get()).isInstanceOf(ClosedByInterruptException.class);
            assertThatThrownBy(() -> agent.networkTo(STAMP, PORT).connect(STAMP, PORT, Duration.ofMillis(1)))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("gave no answer");
            released.countDown();
            for (int i = 0; i < 2; i++) {
                try (Socket late = listening.accept()) {
                    assertThat(late.getInputStream().read()).isEqualTo(-1);
                }
            }
        }
    }

    @Test
    public void anAgentThatOpensAfterItsChannelHasEndedKeepsNothing() throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            final AgentConnections connections = new AgentConnections(new DirectNetwork());
            connections.end();
            final AgentAnswer answer = connections.open(
                    "1", NamedPlaces.only(HOST, listening.getLocalPort()), HOST, listening.getLocalPort(), TIMEOUT);
            assertThat(answer.kind()).isEqualTo(AgentAnswer.Kind.FAILED);
            assertThat(connections.count()).isZero();
            try (Socket opened = listening.accept()) {
                assertThat(opened.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    /** An agent that answers what it likes, once it has said that a connection is open. */
    private static Socket hostile(final AgentAnswer... answers) throws IOException {
        final List<AgentAnswer> left = new ArrayList<>(List.of(answers));
        final Agent.Caller caller = call -> {
            if (call instanceof AgentCall.Open) {
                return AgentAnswer.of(AgentAnswer.Kind.OPEN, new byte[] {10, 0, 0, 1});
            }
            synchronized (left) {
                return call instanceof AgentCall.Pull && !left.isEmpty() ? left.remove(0) : null;
            }
        };
        return connect(caller);
    }

    private static Socket connect(final Agent.Caller caller) throws IOException {
        final Agent agent = new Agent() {
            @Override
            public String name() {
                return "hostile";
            }

            @Override
            public Optional<Caller> connected() {
                return Optional.of(caller);
            }
        };
        return new AgentNetwork(agent, NamedPlaces.only(STAMP, PORT), TIMEOUT, line -> {})
                .connect(STAMP, PORT, TIMEOUT);
    }

    @Test
    public void anAgentThatDoesNotKeepToWhatItIsAskedIsABrokenConnection() throws IOException {
        try (Socket socket = hostile(AgentAnswer.of(AgentAnswer.Kind.CAME, new byte[1024 * 1024]))) {
            assertThatThrownBy(() -> socket.getInputStream().read()).hasMessageContaining("sends 1048576 bytes");
        }
        try (Socket socket = hostile(AgentAnswer.of(AgentAnswer.Kind.CAME))) {
            assertThatThrownBy(() -> socket.getInputStream().read()).hasMessageContaining("sends 0 bytes");
        }
        try (Socket socket = hostile(AgentAnswer.of(AgentAnswer.Kind.NOTHING_YET))) {
            assertThatThrownBy(() -> socket.getInputStream().read()).hasMessageContaining("does not wait");
        }
        try (Socket socket = hostile(AgentAnswer.of(AgentAnswer.Kind.OPEN))) {
            assertThatThrownBy(() -> socket.getInputStream().read()).hasMessageContaining("does not answer what it");
        }
        try (Socket socket = hostile()) {
            assertThatThrownBy(() -> socket.getInputStream().read()).hasMessageContaining("answers nothing");
        }
        assertThatThrownBy(() -> connect(call -> AgentAnswer.of(AgentAnswer.Kind.OPEN, new byte[3])))
                .hasMessageContaining("does not say where it is connected to");
        assertThatThrownBy(() -> connect(call -> {
                    throw new IllegalStateException("odd");
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("broke: odd");
    }
}
