package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.expiry.Inquiry;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.expiry.Sighting;
import io.jenkins.plugins.azurestack.expiry.Target;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The roots that clients of a stamp trust: the JVM's, and those of the stamp's own credential, which is looked at like
 * any other place.
 */
final class TrustedRoots implements Inquiry {
    private final CredentialLookup credentials;
    private final String id;
    private volatile List<X509Certificate> own = List.of();

    /** @param id the credential with the stamp's own roots */
    TrustedRoots(final CredentialLookup credentials, final String id) {
        this.credentials = credentials;
        this.id = id;
    }

    @Override
    public Target target() {
        return new Target(CredentialSource.NAME, id, Optional.empty(), credentials.scope());
    }

    @Override
    public List<Sighting> look() throws NotSeenException {
        own = in(credentials, id);
        return List.of();
    }

    /** The stamp's own roots; empty unless the look succeeded. */
    List<X509Certificate> own() {
        return own;
    }

    /** The JVM's own roots; empty if it has none. */
    static List<X509Certificate> ofJvm() {
        try {
            final TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            for (final TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    return List.of(x509.getAcceptedIssuers());
                }
            }
            return List.of();
        } catch (NoSuchAlgorithmException | KeyStoreException e) {
            return List.of();
        }
    }

    /**
     * The roots in a credential: a file of PEM or DER certificates, or the certificates of a key store.
     *
     * @throws NotSeenException if the credential is not there or holds no certificate
     */
    static List<X509Certificate> in(final CredentialLookup credentials, final String id) throws NotSeenException {
        try (CredentialLookup.Held held = credentials.find(id, Optional.empty())) {
            final List<X509Certificate> roots = held instanceof CredentialLookup.Held.Opened opened
                    ? ofKeyStore(opened.keyStore())
                    : ofFile((CredentialLookup.Held.File) held);
            if (!roots.isEmpty()) {
                return roots;
            }
        } catch (GeneralSecurityException e) {
            throw unusable(id, e);
        }
        throw unusable(id, null);
    }

    private static NotSeenException unusable(final String id, final GeneralSecurityException cause) {
        final NotSeenException unusable = new NotSeenException(
                "credential '" + id + "' holds no certificates that can be read",
                "Give trustedCertificatesCredentialsId a file of PEM certificates, or a certificate credential.");
        unusable.initCause(cause);
        return unusable;
    }

    private static List<X509Certificate> ofFile(final CredentialLookup.Held.File file) throws CertificateException {
        final Collection<? extends Certificate> certificates =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(file.content()));
        return certificates.stream().map(X509Certificate.class::cast).toList();
    }

    private static List<X509Certificate> ofKeyStore(final KeyStore keyStore) throws KeyStoreException {
        final List<X509Certificate> roots = new ArrayList<>();
        for (final String alias : Collections.list(keyStore.aliases())) {
            final Certificate[] chain = keyStore.getCertificateChain(alias);
            final Certificate[] held = chain == null ? new Certificate[] {keyStore.getCertificate(alias)} : chain;
            Arrays.stream(held)
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .filter(CertificateChain::isSelfSigned)
                    .forEach(roots::add);
        }
        return roots;
    }
}
