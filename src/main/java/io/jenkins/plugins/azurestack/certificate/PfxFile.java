package io.jenkins.plugins.azurestack.certificate;

import io.jenkins.plugins.azurestack.certificate.UnreadablePfxException.Kind;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * The certificates of a PFX (PKCS #12, RFC 7292). Only certificates are ever decrypted: a private key stays the sealed
 * bytes that it is in the file. Immutable.
 */
public final class PfxFile {
    private final List<CertificateChain> chains;
    private final int keysWithoutCertificate;
    private final List<X509Certificate> certificatesWithoutKey;
    private final List<CertificateChain> chainsWithoutKey;

    PfxFile(
            final List<CertificateChain> chains,
            final int keysWithoutCertificate,
            final List<X509Certificate> certificatesWithoutKey,
            final List<CertificateChain> chainsWithoutKey) {
        this.chains = List.copyOf(chains);
        this.keysWithoutCertificate = keysWithoutCertificate;
        this.certificatesWithoutKey = List.copyOf(certificatesWithoutKey);
        this.chainsWithoutKey = List.copyOf(chainsWithoutKey);
    }

    /**
     * Opens a PFX: checks its integrity and decrypts its certificates. Work and memory are bounded, whatever the bytes
     * are.
     *
     * @param content the file; neither kept nor changed
     * @param password empty if the file has none; neither kept nor changed
     * @throws UnreadablePfxException if that fails, or there is no certificate in it; says why
     */
    public static PfxFile open(final byte[] content, final char[] password) throws UnreadablePfxException {
        Objects.requireNonNull(password, "password");
        PfxShape.require(content);
        return of(new PfxReader(password).read(content, PfxReader.Depth.CERTIFICATES));
    }

    /**
     * The chains in an opened PFX.
     *
     * @throws UnreadablePfxException NO_CERTIFICATE
     */
    public static PfxFile of(final PfxContents contents) throws UnreadablePfxException {
        return new PfxChains(contents).file();
    }

    /**
     * For each private key whose certificate can be told: that with the issuers that the file holds, leaf first; may be
     * empty.
     */
    public List<CertificateChain> chains() {
        return chains;
    }

    /**
     * How many private keys there are besides: the file says by no local key id which certificate is theirs, or says it
     * of several, and more or less than one comes into question. Their sealed bytes would tell.
     */
    public int keysWithoutCertificate() {
        return keysWithoutCertificate;
    }

    /**
     * The certificates that belong to no key's chain, in the order of the file; may be empty, but not together with
     * {@link #chains}.
     */
    public List<X509Certificate> certificatesWithoutKey() {
        return certificatesWithoutKey;
    }

    /**
     * Of the {@link #certificatesWithoutKey}, those that are no authority's and issued no other, each with the issuers
     * that the file holds: one may well be the certificate of a key for which that can't be told.
     */
    public List<CertificateChain> chainsWithoutKey() {
        return chainsWithoutKey;
    }

    /**
     * The chains of the private keys in an opened key store, leaf first, in the order of its aliases. Whoever opened it
     * had its private keys, and decided which certificate belongs to which.
     *
     * @param keyStore may be one that was never loaded, such as a certificate credential of Jenkins hands back when its
     *     file did not open
     * @return with at least one chain, and with no certificate that has no key: those are there to be trusted
     * @throws UnreadablePfxException UNINITIALISED or NO_CERTIFICATE
     */
    public static PfxFile of(final KeyStore keyStore) throws UnreadablePfxException {
        final List<CertificateChain> chains = new ArrayList<>();
        int keysWithoutCertificate = 0;
        try {
            for (final String alias : Collections.list(keyStore.aliases())) {
                if (!keyStore.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class)) {
                    continue;
                }
                final List<X509Certificate> certificates = x509(keyStore.getCertificateChain(alias));
                if (certificates.isEmpty()) {
                    keysWithoutCertificate++;
                } else {
                    chains.add(CertificateChain.of(certificates));
                }
            }
        } catch (KeyStoreException e) {
            throw new UnreadablePfxException(Kind.UNINITIALISED, "The key store was never loaded", e);
        }
        if (chains.isEmpty()) {
            throw new UnreadablePfxException(
                    Kind.NO_CERTIFICATE, "The key store holds no private key with a certificate");
        }
        return new PfxFile(chains, keysWithoutCertificate, List.of(), List.of());
    }

    private static List<X509Certificate> x509(final Certificate[] chain) {
        if (chain == null) {
            return List.of();
        }
        return Arrays.stream(chain)
                .filter(X509Certificate.class::isInstance)
                .map(X509Certificate.class::cast)
                .toList();
    }

    @Override
    public String toString() {
        return "PFX with " + (chains.size() + keysWithoutCertificate) + " keys";
    }
}
