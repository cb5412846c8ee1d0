package io.jenkins.plugins.azurestack.net.http;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Whom TLS believes: who is certified for the host's name by a root of the JVM's or by one of those given, or who serves
 * exactly one certificate. There is no way around it. Thread-safe.
 */
public final class TlsTrust {
    private final SSLSocketFactory sockets;
    private final boolean names;

    private TlsTrust(final TrustManager manager, final boolean names, final SecureRandom random) {
        this.names = names;
        try {
            final SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, random);
            this.sockets = context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java 17 has TLS", e);
        }
    }

    /**
     * Believes whom the JVM's roots or these certify, for the name or address that is asked for only.
     *
     * @param given copied; may be empty
     * @param random for TLS
     */
    public static TlsTrust roots(final Collection<X509Certificate> given, final SecureRandom random) {
        try {
            final List<X509Certificate> roots = new ArrayList<>(given);
            roots.addAll(List.of(x509(null).getAcceptedIssuers()));
            final KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (final X509Certificate root : roots) {
                store.setCertificateEntry(Integer.toString(store.size()), root);
            }
            return new TlsTrust(x509(store), true, random);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Every Java 17 takes certificates as roots", e);
        }
    }

    /**
     * Believes whoever proves to have one certificate, whatever it says: somebody has looked at it and accepted it.
     *
     * @param random for TLS
     */
    public static TlsTrust pinned(final Fingerprint certificate, final SecureRandom random) {
        return new TlsTrust(new PinnedCertificate(certificate), false, random);
    }

    private static X509TrustManager x509(final KeyStore store) throws GeneralSecurityException {
        final TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (final TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("No trust manager for X.509");
    }

    /**
     * Secures a connection.
     *
     * @param host as in {@link Https.Request#host}
     * @return a socket whose peer is verified
     * @throws javax.net.ssl.SSLException if it is not
     */
    SSLSocket secured(final Socket socket, final String host, final int port) throws IOException {
        final SSLSocket secured = (SSLSocket) sockets.createSocket(socket, host, port, true);
        if (names) {
            final SSLParameters parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(parameters);
        }
        secured.startHandshake();
        return secured;
    }
}
