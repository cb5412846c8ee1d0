package io.jenkins.plugins.azurestack.arm;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whom TLS believes: who is certified by a root of the JVM's or by one of those given. There is no way around it. */
final class Trust {
    private Trust() {}

    /**
     * @param roots trusted besides the JVM's
     * @param random for TLS
     */
    static SSLSocketFactory sockets(final List<X509Certificate> roots, final SecureRandom random) {
        try {
            final List<X509Certificate> all = new ArrayList<>(roots);
            all.addAll(List.of(x509(null).getAcceptedIssuers()));
            final KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < all.size(); i++) {
                store.setCertificateEntry(Integer.toString(i), all.get(i));
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
