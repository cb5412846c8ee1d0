package io.jenkins.plugins.azurestack.powershell.wsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.jenkins.plugins.azurestack.powershell.ntlm.AuthenticateMessage;
import io.jenkins.plugins.azurestack.powershell.ntlm.ChallengeMessage;
import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmSession;
import io.jenkins.plugins.azurestack.powershell.ntlm.TargetInfo;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * A WS-Man endpoint on loopback that keeps its own record of every request it could read, and answers as a script
 * says. NTLM with sealing without TLS; with TLS also Basic.
 */
final class SealedEndpoint implements AutoCloseable {

    static final String USER = "AzureStack\\CloudAdmin";
    static final String PASSWORD = "Pa55-word";

    private static final int FLAGS = 0xE288_8235;

    private final ServerSocket server;
    private final Function<Received, Reply> script;
    private final List<Received> ledger = new ArrayList<>();
    private final List<String> logons = new ArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile String refusalHeaders = "";
    private int connections;

    /** One request that was read and, where sealed, unsealed. */
    record Received(int connection, int number, String action, String messageId, String text) {

        String operation() {
            return action.substring(action.lastIndexOf('/') + 1);
        }
    }

    /** An HTTP answer; the body may need the connection's session. */
    record Reply(int status, String contentType, String headers, Function<NtlmSession, byte[]> body) {

        static Reply sealed(final int status, final String envelope) {
            return new Reply(
                    status,
                    SealedBody.CONTENT_TYPE,
                    "",
                    session -> session == null ? bytes(envelope) : SealedBody.write(session, bytes(envelope)));
        }

        static Reply plain(final int status, final String contentType, final String body) {
            return new Reply(status, contentType, "", session -> bytes(body));
        }

        static Reply closing() {
            return null;
        }

        private static byte[] bytes(final String text) {
            return text.getBytes(UTF_8);
        }
    }

    SealedEndpoint(final Function<Received, Reply> script) throws IOException {
        this(script, null);
    }

    SealedEndpoint(final Function<Received, Reply> script, final SSLContext tls) throws IOException {
        this.script = script;
        final InetAddress loopback = InetAddress.getLoopbackAddress();
        this.server = tls == null
                ? new ServerSocket(0, 50, loopback)
                : tls.getServerSocketFactory().createServerSocket(0, 50, loopback);
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** What arrived whole, in order. */
    List<Received> ledger() {
        synchronized (ledger) {
            return List.copyOf(ledger);
        }
    }

    /** User of each logon, with its outcome. */
    List<String> logons() {
        synchronized (ledger) {
            return List.copyOf(logons);
        }
    }

    /** Header lines, each ended, of answers to refused logons. */
    void refuseWith(final String headerLines) {
        refusalHeaders = headerLines;
    }

    /** Waits until nobody is connected any more. */
    void awaitNoConnections() throws InterruptedException {
        synchronized (sockets) {
            while (!sockets.isEmpty()) {
                sockets.wait();
            }
        }
    }

    /** As a server does that has no use for idle connections. */
    void endConnections() throws IOException {
        for (final Socket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        endConnections();
    }

    private static void start(final Runnable task) {
        final Thread thread = new Thread(task, "sealed endpoint");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                final Socket socket = server.accept();
                sockets.add(socket);
                start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(final Socket socket) {
        try (socket) {
            final int number;
            synchronized (ledger) {
                number = ++connections;
            }
            socket.setTcpNoDelay(true);
            new Conversation(socket, number).run();
        } catch (IOException | RuntimeException e) {
            // What arrived is in the ledger; a broken connection is what many tests want.
        } finally {
            synchronized (sockets) {
                sockets.remove(socket);
                sockets.notifyAll();
            }
        }
    }

    private final class Conversation {

        private final InputStream in;
        private final OutputStream out;
        private final int connection;
        private final boolean tls;
        private byte[] negotiate;
        private byte[] challenge;
        private NtlmSession session;
        private boolean loggedOn;

        Conversation(final Socket socket, final int connection) throws IOException {
            this.in = new BufferedInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
            this.connection = connection;
            this.tls = socket instanceof javax.net.ssl.SSLSocket;
        }

        void run() throws IOException {
            String requestLine = line();
            while (!requestLine.isEmpty()) {
                final Map<String, String> headers = new HashMap<>();
                for (String line = line(); !line.isEmpty(); line = line()) {
                    final int colon = line.indexOf(':');
                    headers.put(
                            line.substring(0, colon).toLowerCase(Locale.ROOT),
                            line.substring(colon + 1).strip());
                }
                final int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
                final byte[] body = in.readNBytes(length);
                if (body.length < length) {
                    return;
                }
                if (!handle(headers.getOrDefault("authorization", ""), body)) {
                    return;
                }
                requestLine = line();
            }
        }

        private String line() throws IOException {
            final ByteArrayOutputStream line = new ByteArrayOutputStream();
            int next = in.read();
            while (next >= 0 && next != '\n') {
                line.write(next);
                next = in.read();
            }
            return line.toString(ISO_8859_1).strip();
        }

        private boolean handle(final String authorization, final byte[] body) throws IOException {
            if (authorization.startsWith("Negotiate ")) {
                logOn(Base64.getDecoder().decode(authorization.substring("Negotiate ".length())));
                return true;
            }
            if (authorization.startsWith("Basic ")) {
                loggedOn = tls
                        && authorization.equals(
                                "Basic " + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(UTF_8)));
                synchronized (ledger) {
                    logons.add("Basic " + (loggedOn ? "accepted" : "refused"));
                }
            }
            if (!loggedOn) {
                write(
                        401,
                        null,
                        "WWW-Authenticate: Negotiate\r\nWWW-Authenticate: Basic realm=\"x\"\r\n" + refusalHeaders,
                        new byte[0]);
                return true;
            }
            return answer(tls ? body : unsealed(body));
        }

        private byte[] unsealed(final byte[] body) throws IOException {
            return SealedBody.read(session, body);
        }

        private boolean answer(final byte[] envelope) throws IOException {
            final String text = new String(envelope, UTF_8);
            final XmlElement header =
                    XmlReader.read(envelope).child(Namespaces.SOAP, "Header").orElseThrow();
            final Received received;
            synchronized (ledger) {
                received = new Received(
                        connection,
                        ledger.size() + 1,
                        header.childText(Namespaces.ADDRESSING, "Action"),
                        header.childText(Namespaces.ADDRESSING, "MessageID"),
                        text);
                ledger.add(received);
            }
            final Reply reply = script.apply(received);
            if (reply == null) {
                return false;
            }
            final String type = tls && SealedBody.CONTENT_TYPE.equals(reply.contentType())
                    ? "application/soap+xml"
                    : reply.contentType();
            write(reply.status(), type, reply.headers(), reply.body().apply(tls ? null : session));
            return true;
        }

        private void logOn(final byte[] token) throws IOException {
            if (token[8] == 1) {
                negotiate = token;
                challenge = ChallengeMessage.write(
                        FLAGS,
                        new byte[] {8, 7, 6, 5, 4, 3, 2, 1},
                        TargetInfo.empty()
                                .with(TargetInfo.NB_COMPUTER_NAME, "ERCS01".getBytes(UTF_8))
                                .with(TargetInfo.TIMESTAMP, TargetInfo.fileTime(Instant.now())));
                write(
                        401,
                        null,
                        "WWW-Authenticate: Negotiate " + Base64.getEncoder().encodeToString(challenge) + "\r\n",
                        new byte[0]);
                return;
            }
            final AuthenticateMessage message = AuthenticateMessage.parse(token);
            session =
                    message.verify(PASSWORD.toCharArray(), negotiate, challenge).orElse(null);
            loggedOn = session != null;
            synchronized (ledger) {
                logons.add(message.domain() + "\\" + message.user() + (loggedOn ? " accepted" : " refused"));
            }
            write(
                    loggedOn ? 200 : 401,
                    null,
                    loggedOn ? "" : "WWW-Authenticate: Negotiate\r\n" + refusalHeaders,
                    new byte[0]);
        }

        private void write(final int status, final String contentType, final String headers, final byte[] body)
                throws IOException {
            final ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(("HTTP/1.1 " + status + " \r\n"
                            + (contentType == null ? "" : "Content-Type: " + contentType + "\r\n")
                            + headers
                            + (headers.contains("Content-Length") ? "" : "Content-Length: " + body.length + "\r\n")
                            + "\r\n")
                    .getBytes(ISO_8859_1));
            all.writeBytes(body);
            out.write(all.toByteArray());
            out.flush();
        }
    }
}
