package io.jenkins.plugins.azurestack.net.http;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Believes one certificate. It is an extended trust manager so that TLS adds no checks of its own: what is accepted by its
 * fingerprint may be self-signed, expired or for another name.
 */
final class PinnedCertificate extends X509ExtendedTrustManager {
    private final Fingerprint accepted;

    PinnedCertificate(final Fingerprint accepted) {
        super();
        this.accepted = accepted;
    }

    private void check(final X509Certificate... chain) throws CertificateException {
        if (chain == null || chain.length == 0) {
            throw new CertificateException("No certificate was presented");
        }
        final Fingerprint presented = Fingerprint.of(chain[0]);
        if (!presented.equals(accepted)) {
            throw new CertificateException("The certificate presented has the SHA-256 fingerprint " + presented
                    + ", the one accepted here has " + accepted);
        }
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String type) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String type, final Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String type, final SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String type) throws CertificateException {
        throw new CertificateException("No client is believed here");
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String type, final Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String type, final SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
