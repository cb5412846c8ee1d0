package io.jenkins.plugins.azurestack.net;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts nobody: takes note of what a server presents, then refuses it, so that no handshake can ever complete with
 * this trust manager.
 */
final class CertificateCapture extends X509ExtendedTrustManager {
    /** Carries what was presented out of the handshake. */
    static final class Captured extends CertificateException {
        private static final long serialVersionUID = 1L;

        private final transient List<X509Certificate> certificates;
        private final String protocol;

        Captured(final List<X509Certificate> certificates, final String protocol) {
            super("the certificates were looked at, which is all there is to do");
            this.certificates = certificates;
            this.protocol = protocol;
        }

        TlsProbe.Presented presented() {
            return new TlsProbe.Presented(certificates, protocol);
        }

        /** It is a signal, not a failure: where it came from interests nobody. */
        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String keyExchange, final SSLEngine engine)
            throws CertificateException {
        throw new Captured(List.of(chain), engine.getHandshakeSession().getProtocol());
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String keyExchange, final Socket socket)
            throws CertificateException {
        throw new CertificateException("only an engine may ask");
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String keyExchange)
            throws CertificateException {
        throw new CertificateException("only an engine may ask");
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String keyExchange, final SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("no client is trusted");
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String keyExchange, final Socket socket)
            throws CertificateException {
        throw new CertificateException("no client is trusted");
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String keyExchange)
            throws CertificateException {
        throw new CertificateException("no client is trusted");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
