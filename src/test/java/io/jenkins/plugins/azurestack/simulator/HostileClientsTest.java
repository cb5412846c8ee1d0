package io.jenkins.plugins.azurestack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.powershell.RemotingException;
import io.jenkins.plugins.azurestack.powershell.psrp.RunspacePool;
import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Whatever a client sends, all of the stamp goes on answering everybody else, and ends when it is told to. */
public class HostileClientsTest {
    private static final Stamp EAST = new Stamp(
            "east",
            "east",
            "azurestack.contoso.com",
            IdentityProvider.ADFS,
            Set.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Set.of());
    private static final String DEEP = "[".repeat(200_000);
    private static final String BOMB = "<!DOCTYPE s [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
            + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]><s>&c;&f;</s>";
    private static final int CROWD = 300;

    private static SimulatedStamp first;

    @Rule
    public final Timeout limit = Timeout.seconds(180);

    private SimulatedStamp stamp;
    private StampVisitor visitor;

    @BeforeClass
    public static void makeKeys() throws IOException {
        first = build().start();
        first.close();
    }

    private static SimulatedStampBuilder build() {
        return SimulatedStamp.of(EAST)
                .nodes(List.of(Flavour.IDRAC_9, Flavour.XCC))
                .timeFactor(60);
    }

    @Before
    public void start() throws IOException {
        stamp = build().state(StampVisitor.withKeysOf(first)).start();
        visitor = new StampVisitor(stamp);
    }

    @After
    public void stop() throws IOException {
        stamp.close();
    }

    private List<InetSocketAddress> listeners() {
        final List<InetSocketAddress> all = new ArrayList<>(stamp.routes().values());
        all.add(stamp.frontEndAddress());
        return all;
    }

    private Socket connect(final InetSocketAddress to) throws IOException {
        final Socket socket = new Socket(to.getAddress(), to.getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Sends what is no protocol of anybody's and looks whether the connection ends. */
    private void send(final InetSocketAddress to, final byte[] bytes) throws IOException {
        try (Socket socket = connect(to)) {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketException e) {
            assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe|not connected).*");
        }
    }

    private void everythingAnswers() throws Exception {
        assertThat(visitor.bmcStatus("node01", stamp.world().identity().bmcPassword()))
                .isEqualTo(200);
        assertThat(visitor.location().path("pepIpAddresses")).hasSize(3);
        for (int i = 0; i < 3; i++) {
            try (RunspacePool pool = visitor.session(i)) {
                assertThat(pool.command("Get-AzureStackStampInformation")
                                .run(Duration.ofMinutes(1))
                                .output())
                        .hasSize(1);
            }
        }
        visitor.connect("portal.east.azurestack.contoso.com").close();
    }

    @Test
    public void garbageEndsItsOwnConnectionAlone() throws Exception {
        final byte[] noise = new byte[64 * 1024];
        new Random(1).nextBytes(noise);
        final byte[] hello = {22, 3, 1, 0x7f, -1, 1, 0, 0x7f, -1, 3, 3};
        for (final InetSocketAddress listener : listeners()) {
            for (final byte[] bytes : List.of(
                    new byte[0],
                    noise,
                    Arrays.copyOf(hello, 0x8000),
                    "GET / HTTP/9.9\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                    ("POST /wsman HTTP/1.1\r\nContent-Length: -5\r\n\r\n").getBytes(StandardCharsets.US_ASCII),
                    ("POST /wsman HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n")
                            .getBytes(StandardCharsets.US_ASCII),
                    ("POST /wsman HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 99999999999\r\n\r\nx")
                            .getBytes(StandardCharsets.US_ASCII))) {
                send(listener, bytes);
            }
        }
        everythingAnswers();
    }

    @Test
    public void hugeHeadersAndBodiesAreBounded() throws Exception {
        final byte[] chunk = new byte[64 * 1024];
        Arrays.fill(chunk, (byte) 'a');
        for (final String head : List.of(
                "GET /", "POST /wsman HTTP/1.1\r\nX: ", "POST /wsman HTTP/1.1\r\nContent-Length: 50000000\r\n\r\n")) {
            final InetSocketAddress plain = stamp.routes().entrySet().stream()
                    .filter(route -> route.getKey().port() == 5985)
                    .findFirst()
                    .orElseThrow()
                    .getValue();
            final long before = used();
            long written = 0;
            try (Socket socket = connect(plain)) {
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                for (int i = 0; i < 50_000_000 / chunk.length; i++) {
                    socket.getOutputStream().write(chunk);
                    written += chunk.length;
                }
            } catch (SocketException e) {
                assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe).*");
            }
            assertThat(written).as(head).isLessThan(45_000_000);
            assertThat(used() - before).as(head).isLessThan(30_000_000);
        }
        everythingAnswers();
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    public void pathsThatLeadUpwardsLeadNowhere() throws Exception {
        for (final String path : List.of(
                "/redfish/v1/../../etc/passwd",
                "/redfish/v1/%2e%2e/%2e%2e/etc/passwd",
                "/redfish/v1/Managers/../../../..",
                "/%00",
                "//x//..//",
                "/" + "a/".repeat(2000))) {
            assertThat(visitor.bmc("node01", stamp.world().identity().bmcPassword(), "GET", path)
                            .status())
                    .as(path)
                    .isIn(400, 404);
            assertThat(visitor.ask(
                                    "adminmanagement.east.azurestack.contoso.com",
                                    "GET",
                                    path,
                                    Map.of("Authorization", "Bearer x.y.z"),
                                    "")
                            .status())
                    .as(path)
                    .isIn(400, 401, 404);
        }
        for (final String unc : List.of(
                SimulatedStamp.SHARE + "\\..\\..\\Certificates",
                "\\\\10.30.0.50\\rotation\\..\\..\\etc\\Certificates",
                "\\\\10.30.0.50\\rotation\\/etc\\Certificates",
                "/etc/Certificates",
                "\\\\.\\pipe\\Certificates")) {
            try (RunspacePool pool = visitor.session(0)) {
                pool.command("Start-SecretRotation")
                        .parameter("PfxFilesPath", unc)
                        .parameter(
                                "PathAccessCredential",
                                new io.jenkins.plugins.azurestack.powershell.PasswordCredentials(
                                        stamp.world().identity().shareUser(),
                                        stamp.world().identity().sharePassword().toCharArray()))
                        .parameter(
                                "CertificatePassword",
                                io.jenkins.plugins.azurestack.powershell.clixml.PsSecureString.of("x".toCharArray()))
                        .run(Duration.ofMinutes(1));
                throw new AssertionError(unc + " was taken");
            } catch (RemotingException e) {
                assertThat(e.getMessage()).doesNotContain("passwd");
            }
        }
        assertThat(stamp.world().actionPlans().all()).isEmpty();
    }

    @Test
    public void bombsAndDepthsAreRefused() throws Exception {
        final String password = stamp.world().identity().bmcPassword();
        for (final String body : List.of(DEEP, "{\"Password\":" + DEEP, "{\"a\":".repeat(100_000), "\u0000", "{")) {
            assertThat(visitor.bmc("node01", password, "PATCH", StampVisitor.ACCOUNT, body, "If-Match", "*")
                            .status())
                    .isEqualTo(400);
        }
        final String basic = "Basic "
                + Base64.getEncoder()
                        .encodeToString(("AZURESTACK\\CloudAdmin:"
                                        + stamp.world().identity().cloudAdminPassword())
                                .getBytes(StandardCharsets.UTF_8));
        for (final String body : List.of(BOMB, "<a>".repeat(50_000), "\u0000", "<s:Envelope/>")) {
            final StampVisitor.Answer answer = visitor.ask(
                    "10.30.0.225",
                    5986,
                    "POST",
                    "/wsman",
                    Map.of("Authorization", basic, "Content-Type", "application/soap+xml;charset=UTF-8"),
                    body);
            assertThat(answer.status()).isIn(400, 500);
            assertThat(answer.body()).contains("Fault").doesNotContain("root:", "aaaaaaaaaaaaaaaa");
        }
        final String token = "Bearer " + DEEP.substring(0, 4000) + "." + DEEP.substring(0, 4000) + ".x";
        assertThat(visitor.ask(
                                "adminmanagement.east.azurestack.contoso.com",
                                "GET",
                                "/subscriptions?api-version=2015-11-01",
                                Map.of("Authorization", token),
                                "")
                        .status())
                .isEqualTo(401);
        everythingAnswers();
    }

    @Test
    public void aCrowdThatSaysNothingKeepsNobodyOutAndEndsWithTheStamp() throws Exception {
        final List<Socket> crowd = new ArrayList<>();
        try {
            for (final InetSocketAddress listener : listeners()) {
                for (int i = 0; i < CROWD / listeners().size(); i++) {
                    final Socket silent = connect(listener);
                    silent.getOutputStream().write("POST /wsman HT".getBytes(StandardCharsets.US_ASCII), 0, i % 14);
                    crowd.add(silent);
                }
            }
            everythingAnswers();
            stamp.close();
            for (final Socket one : crowd) {
                try {
                    one.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (SocketException e) {
                    assertThat(e).hasMessageContaining("reset");
                }
            }
        } finally {
            for (final Socket one : crowd) {
                one.close();
            }
        }
        for (final Thread one : threads()) {
            one.join(10_000);
            assertThat(one.isAlive())
                    .as(() -> one.getName() + Arrays.toString(one.getStackTrace()))
                    .isFalse();
        }
    }

    /** Those of stamps, by their names. */
    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("(10[.]30|front end|bmc |login|pipeline |the stamp).*"))
                .toList();
    }

    @Test
    public void moreThanAreBorneAreTurnedAwayUntilOthersLeave() throws Exception {
        final InetSocketAddress bmc = stamp.bmcs().of("node01").address();
        final List<Socket> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < 520; i++) {
                crowd.add(connect(bmc));
            }
            try (Socket late = connect(bmc)) {
                assertThat(late.getInputStream().read()).isEqualTo(-1);
            }
        } finally {
            for (final Socket one : crowd) {
                one.close();
            }
        }
        boolean answered = false;
        for (int i = 0; i < 1000 && !answered; i++) {
            try {
                everythingAnswers();
                answered = true;
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
        assertThat(answered).isTrue();
    }

    @Test
    public void eightClientsAtOnceGetWhatEachAskedFor() throws Exception {
        final ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            final List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                final int number = i;
                final Callable<Void> client = () -> {
                    final String password = stamp.world().identity().bmcPassword();
                    assertThat(visitor.bmcStatus("node01", password)).isEqualTo(200);
                    assertThat(visitor.location().path("pepIpAddresses")).hasSize(3);
                    try (RunspacePool pool = visitor.session(number % 3)) {
                        assertThat(pool.command("Get-AzureStackStampInformation")
                                        .run(Duration.ofMinutes(2))
                                        .output())
                                .hasSize(1);
                    }
                    visitor.connect("portal.east.azurestack.contoso.com").close();
                    return null;
                };
                all.add(clients.submit(client));
            }
            for (final Future<Void> one : all) {
                one.get();
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(clients.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
}
