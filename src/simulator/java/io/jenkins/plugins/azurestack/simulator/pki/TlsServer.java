package io.jenkins.plugins.azurestack.simulator.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * The server's side of one TLS connection. It presents its certificate as it is, expired or not, to whoever asks, and
 * asks nobody for one.
 */
public final class TlsServer {
    private final IssuedCertificate certificate;
    private final SecureRandom random;
    private final AtomicBoolean sent = new AtomicBoolean();

    /** @param certificate what it presents */
    public TlsServer(final IssuedCertificate certificate, final SecureRandom random) {
        this.certificate = certificate;
        this.random = random;
    }

    /** Whether the certificate is on its way to the client. */
    public boolean hasPresented() {
        return sent.get();
    }

    /**
     * Completes the handshake on a connection.
     *
     * @param client closed with the returned socket
     * @param consumed what was read from it already
     * @throws IOException if the handshake fails; the connection is then closed
     */
    public SSLSocket handshake(final Socket client, final byte[] consumed) throws IOException {
        final SSLSocket tls =
                (SSLSocket) context().getSocketFactory().createSocket(client, new ByteArrayInputStream(consumed), true);
        try {
            tls.setUseClientMode(false);
            tls.startHandshake();
            return tls;
        } catch (IOException e) {
            tls.close();
            throw e;
        }
    }

    private SSLContext context() {
        try {
            final SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
            // No trust managers: nobody is asked for a certificate, and the JVM's roots need not be read.
            context.init(new KeyManager[] {new OneKey(certificate, sent)}, new TrustManager[0], random);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java 17 speaks TLS", e);
        }
    }

    /** Always the same key, for every client. */
    private static final class OneKey extends X509ExtendedKeyManager {
        private static final String ALIAS = "front-end";

        private final IssuedCertificate certificate;
        private final AtomicBoolean sent;

        OneKey(final IssuedCertificate certificate, final AtomicBoolean sent) {
            this.certificate = certificate;
            this.sent = sent;
        }

        @Override
        public String chooseServerAlias(final String keyType, final Principal[] issuers, final Socket socket) {
            return certificate.key().getAlgorithm().equals(keyType) ? ALIAS : null;
        }

        @Override
        public String chooseEngineServerAlias(final String keyType, final Principal[] issuers, final SSLEngine engine) {
            return chooseServerAlias(keyType, issuers, null);
        }

        @Override
        public String[] getServerAliases(final String keyType, final Principal[] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public X509Certificate[] getCertificateChain(final String alias) {
            sent.set(true);
            return certificate.chain().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(final String alias) {
            return certificate.key();
        }

        @Override
        public String[] getClientAliases(final String keyType, final Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseClientAlias(final String[] keyType, final Principal[] issuers, final Socket socket) {
            return null;
        }
    }
}
