package io.jenkins.plugins.azurestack.arm;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Whom TLS believes: who is certified by a root of the JVM's or by one of those given. There is no way around it.
 * Thread-safe.
 */
final class Trust {
    private final String domain;
    private final SSLSocketFactory forStamp;
    private final SSLSocketFactory everywhere;

    /**
     * @param domain of the stamp, in small letters
     * @param random for TLS
     */
    Trust(final String domain, final TrustedRoots roots, final SecureRandom random) {
        this.domain = domain;
        final List<X509Certificate> trusted = new ArrayList<>(roots.everywhere());
        trusted.addAll(ofJvm());
        this.everywhere = sockets(trusted, random);
        trusted.addAll(roots.forStamp());
        this.forStamp = roots.forStamp().isEmpty() ? everywhere : sockets(trusted, random);
    }

    /** Makes sockets that a host is verified on. */
    SSLSocketFactory socketsTo(final String host) {
        return host.toLowerCase(Locale.ROOT).endsWith("." + domain) ? forStamp : everywhere;
    }

    private static List<X509Certificate> ofJvm() {
        try {
            return List.of(x509(null).getAcceptedIssuers());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java 17 has roots of its own, if none at all", e);
        }
    }

    private static SSLSocketFactory sockets(final Collection<X509Certificate> roots, final SecureRandom random) {
        try {
            final KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (final X509Certificate root : roots) {
                store.setCertificateEntry(Integer.toString(store.size()), root);
            }
            final SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {x509(store)}, random);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Every Java 17 has TLS and takes certificates as roots", e);
        }
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
}
