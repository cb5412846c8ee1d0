package io.jenkins.plugins.azurestack.powershell.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A WS-Man endpoint on loopback in front of a server that only knows envelopes, for tests of the layers above. */
public final class LoopbackEndpoint implements AutoCloseable {

    private static TestCertificate shared;

    private final SealedEndpoint http;
    private final TestCertificate certificate;

    private LoopbackEndpoint(final SealedEndpoint http, final TestCertificate certificate) {
        this.http = http;
        this.certificate = certificate;
    }

    /** Without TLS, every message sealed. */
    public static LoopbackEndpoint sealed(final SoapChannel server) throws Exception {
        return new LoopbackEndpoint(new SealedEndpoint(request -> reply(server, request)), null);
    }

    /** With TLS, and a certificate that only {@link #trust()} knows. */
    public static LoopbackEndpoint tls(final SoapChannel server) throws Exception {
        final TestCertificate own = certificate();
        return new LoopbackEndpoint(new SealedEndpoint(request -> reply(server, request), own.serverContext()), own);
    }

    /** Making a key takes longer than most tests. */
    private static synchronized TestCertificate certificate() throws Exception {
        if (shared == null) {
            shared = new TestCertificate("127.0.0.1");
        }
        return shared;
    }

    private static SealedEndpoint.Reply reply(final SoapChannel server, final SealedEndpoint.Received request) {
        try {
            final String answer =
                    new String(server.exchange(request.text().getBytes(UTF_8), Duration.ofMinutes(1)), UTF_8);
            return SealedEndpoint.Reply.sealed(answer.contains("<s:Fault>") ? 500 : 200, answer);
        } catch (WsManException e) {
            return SealedEndpoint.Reply.closing();
        }
    }

    /** @return where it listens */
    public WsManEndpoint address() {
        return new WsManEndpoint(certificate != null, "127.0.0.1", http.port(), "/wsman");
    }

    /** @return what it accepts */
    public static PasswordCredentials credentials() {
        return new PasswordCredentials(SealedEndpoint.USER, SealedEndpoint.PASSWORD.toCharArray());
    }

    /** @return what trusts its certificate, if it has one */
    public Optional<SSLContext> trust() throws Exception {
        return certificate == null ? Optional.empty() : Optional.of(certificate.clientContext());
    }

    /** @return how many connections logged on with NTLM */
    public int logons() {
        return http.logons().size();
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
