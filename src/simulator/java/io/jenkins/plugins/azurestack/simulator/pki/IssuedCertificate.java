package io.jenkins.plugins.azurestack.simulator.pki;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;

/** A certificate with its key and whatever its specimen wanted to come along. Immutable. */
public final class IssuedCertificate {
    private static final String ALIAS = "1";

    private final List<X509Certificate> chain;
    private final PrivateKey key;

    /** @param chain what a server sends, leaf first */
    public IssuedCertificate(final List<X509Certificate> chain, final PrivateKey key) {
        this.chain = List.copyOf(chain);
        this.key = key;
    }

    /** What a server sends, leaf first. */
    public List<X509Certificate> chain() {
        return chain;
    }

    /** The certificate itself. */
    public X509Certificate leaf() {
        return chain.get(0);
    }

    /** The private key of the leaf. */
    public PrivateKey key() {
        return key;
    }

    /**
     * The chain and its key as an open key store.
     *
     * @param password protects the key inside; the caller's to wipe
     */
    public KeyStore keyStore(final char[] password) {
        try {
            final KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, key, password, chain.toArray(Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("An empty PKCS#12 key store takes any key and chain", e);
        }
    }

    /**
     * The chain and its key as a PFX file in the JDK's own encryption (PBES2, AES-256).
     *
     * @param password the file's password; the caller's to wipe
     */
    public byte[] pfx(final char[] password) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            keyStore(password).store(bytes, password);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("A PKCS#12 key store can be written to memory", e);
        }
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return leaf().getSubjectX500Principal().getName() + " until "
                + leaf().getNotAfter().toInstant();
    }
}
