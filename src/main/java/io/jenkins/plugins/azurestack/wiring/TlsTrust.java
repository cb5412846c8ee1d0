package io.jenkins.plugins.azurestack.wiring;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS that believes who is certified by a root of the JVM's, or by one of those given. Stateless. */
final class TlsTrust {
    private TlsTrust() {}

    static SSLContext of(final List<X509Certificate> roots, final SecureRandom random) {
        final List<X509Certificate> trusted = new ArrayList<>(TrustedRoots.ofJvm());
        trusted.addAll(roots);
        try {
            final KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (final X509Certificate root : trusted) {
                store.setCertificateEntry(Integer.toString(store.size()), root);
            }
            final TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            final SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), random);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Every Java 17 has TLS and takes certificates as roots", e);
        }
    }
}
