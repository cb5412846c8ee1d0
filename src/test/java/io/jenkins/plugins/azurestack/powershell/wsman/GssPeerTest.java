package io.jenkins.plugins.azurestack.powershell.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.powershell.Connector;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The client against gss-ntlmssp, an NTLM implementation in C by other authors. */
public class GssPeerTest {

    private static final ShellId SHELL = ShellId.of(new UUID(1, 2));
    private static final CommandId COMMAND = CommandId.of(new UUID(3, 4));
    private static final String SCRIPT = "gss_acceptor.py";
    private static final Connector DIRECT = (host, port, timeout) -> {
        final Socket socket = new Socket();
        socket.connect(new InetSocketAddress(host, port), (int) timeout.toMillis());
        return socket;
    };

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path directory;

    @Before
    public void findPeer() throws Exception {
        PythonPeer.requireModules("gssapi", "gss-ntlmssp and python3-gssapi");
        directory = folder.getRoot().toPath();
        PythonPeer.require(
                Files.exists(Path.of("/etc/gss/mech.d/mech.ntlmssp.conf"))
                        || Files.exists(Path.of("/etc/gss/mech.d/ntlmssp.conf")),
                "needs the Debian package gss-ntlmssp");
        Files.writeString(directory.resolve("users"), "AzureStack:CloudAdmin:Pa55-w\u00f6rd\n");
    }

    @Test
    public void sealedOperationsOnPlainHttp() throws Exception {
        try (PythonPeer peer = new PythonPeer(directory, SCRIPT, Map.of(), directory.toString());
                WsManClient client = client(peer.port(), "AzureStack\\CloudAdmin", "Pa55-w\u00f6rd", null)) {
            assertThat(client.identify().productVendor()).isEqualTo("gss-ntlmssp");
            runWholeConversation(client);
        }
    }

    @Test
    public void everyMessageOfALongConversationIsSealedInSequence() throws Exception {
        try (PythonPeer peer = new PythonPeer(directory, SCRIPT, Map.of(), directory.toString());
                WsManClient client = client(peer.port(), "AzureStack\\CloudAdmin", "Pa55-w\u00f6rd", null)) {
            for (int i = 0; i < 200; i++) {
                client.send(SHELL, COMMAND, InputStreamName.STDIN, new byte[i * 37]);
            }
            assertThat(client.receive(SHELL, COMMAND).chunks()).hasSize(1);
        }
    }

    @Test
    public void wrongPasswordIsRefusedOnceAndNotTriedAgain() throws Exception {
        final PythonPeer peer = new PythonPeer(directory, SCRIPT, Map.of(), directory.toString());
        try (peer;
                WsManClient client = client(peer.port(), "AzureStack\\CloudAdmin", "wrong", null)) {
            assertThatThrownBy(() -> client.delete(SHELL))
                    .isInstanceOf(LogonRefusedException.class)
                    .hasMessageContaining("CloudAdmin")
                    .hasMessageNotContaining("wrong");
        }
        assertThat(peer.lines()).hasSize(1).allMatch(line -> line.startsWith("REFUSED 1 "));
    }

    @Test
    public void tlsBindsTheLogonToTheCertificate() throws Exception {
        final TestCertificate certificate = new TestCertificate("127.0.0.1");
        try (PythonPeer peer = tlsPeer(certificate, Map.of());
                WsManClient client =
                        client(peer.port(), "AzureStack\\CloudAdmin", "Pa55-w\u00f6rd", certificate.clientContext())) {
            runWholeConversation(client);
        }
    }

    @Test
    public void aLogonBoundToAnotherCertificateIsRefused() throws Exception {
        final TestCertificate certificate = new TestCertificate("127.0.0.1");
        try (PythonPeer peer = tlsPeer(certificate, Map.of("WRONG_BINDING", "1"));
                WsManClient client =
                        client(peer.port(), "AzureStack\\CloudAdmin", "Pa55-w\u00f6rd", certificate.clientContext())) {
            assertThatThrownBy(() -> client.delete(SHELL)).isInstanceOf(LogonRefusedException.class);
        }
    }

    private PythonPeer tlsPeer(final TestCertificate certificate, final Map<String, String> environment)
            throws Exception {
        return new PythonPeer(
                directory,
                SCRIPT,
                environment,
                directory.toString(),
                certificate.writeCertificate(directory).toString(),
                certificate.writeKey(directory).toString());
    }

    private static void runWholeConversation(final WsManClient client) throws Exception {
        final NewShell shell = new NewShell(SHELL, "2.3", null, "creation".getBytes(UTF_8));
        assertThat(client.create(shell).id()).isEqualTo(SHELL);
        assertThat(client.command(SHELL, COMMAND, "arguments".getBytes(UTF_8))).isEqualTo(COMMAND);
        client.send(SHELL, COMMAND, InputStreamName.STDIN, new byte[client.maxPayload()]);
        final ReceiveResult output = client.receive(SHELL, COMMAND);
        assertThat(new String(output.chunks().get(0).bytes(), UTF_8)).isEqualTo("output".repeat(1000));
        client.signal(SHELL, COMMAND, SignalCode.TERMINATE);
        client.delete(SHELL);
    }

    private static WsManClient client(
            final int port, final String user, final String password, final SSLContext trust) {
        final WsManEndpoint endpoint = new WsManEndpoint(trust != null, "127.0.0.1", port, "/wsman");
        return WsManClient.to(endpoint, "PrivilegedEndpoint")
                .credentials(new PasswordCredentials(user, password.toCharArray()))
                .connector(DIRECT)
                .sslContext(trust)
                .build();
    }
}
