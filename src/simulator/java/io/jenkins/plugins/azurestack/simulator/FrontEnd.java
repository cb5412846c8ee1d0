package io.jenkins.plugins.azurestack.simulator;

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
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * What answers for one folder's names.
 *
 * @param certificate what it serves
 * @param manner how it meets those who connect
 */
record FrontEnd(IssuedCertificate certificate, Manner manner) {

    /**
     * A context for one connection: it presents the certificate as it is, expired or not, to whoever asks.
     *
     * @param sent becomes true once the certificate is on its way
     */
    SSLContext context(final AtomicBoolean sent, final SecureRandom random) {
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
