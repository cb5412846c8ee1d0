package io.jenkins.plugins.azurestack.simulator.pep;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.InputDecryptorProvider;
import org.bouncycastle.pkcs.PKCS12PfxPdu;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagFactory;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCS12MacCalculatorBuilderProvider;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;

/**
 * What is in a PFX file, bag by bag.
 *
 * @param certificates in the order of the file
 * @param key the first private key, if there is one
 * @param encryptions the algorithms that protect keys and certificates
 * @param isPrivate whether the certificates are protected too
 * @param isOfMachine whether the key says that it belongs to the machine, not to a user
 */
record PfxContents(
        List<X509Certificate> certificates,
        Optional<PrivateKey> key,
        List<ASN1ObjectIdentifier> encryptions,
        boolean isPrivate,
        boolean isOfMachine) {
    private static final ASN1ObjectIdentifier LOCAL_MACHINE = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.17.2");
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    /** The password does not open the file. */
    static final class WrongPasswordException extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** Whether keys and certificates are protected with TripleDES and SHA-1, and nothing else. */
    boolean isTripleDes() {
        return encryptions.stream().allMatch(PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC::equals);
    }

    /**
     * Opens a file.
     *
     * @throws IOException if it is no PFX file
     */
    static PfxContents read(final byte[] file, final char[] password) throws IOException, WrongPasswordException {
        if (file.length == 0) {
            throw new IOException("It is empty");
        }
        try {
            final PKCS12PfxPdu pfx = new PKCS12PfxPdu(file);
            if (pfx.hasMac()
                    && !pfx.isMacValid(
                            new JcePKCS12MacCalculatorBuilderProvider().setProvider(BOUNCY_CASTLE), password)) {
                throw new WrongPasswordException();
            }
            final Reading reading = new Reading(new JcePKCSPBEInputDecryptorProviderBuilder()
                    .setProvider(BOUNCY_CASTLE)
                    .build(password));
            for (final ContentInfo content : pfx.getContentInfos()) {
                reading.read(content);
            }
            return new PfxContents(
                    List.copyOf(reading.certificates),
                    reading.key,
                    List.copyOf(reading.encryptions),
                    reading.isPrivate,
                    reading.isOfMachine);
        } catch (PKCSException | GeneralSecurityException e) {
            throw new IOException("It can't be read as a PFX file", e);
        } catch (IllegalArgumentException | ClassCastException | IllegalStateException e) {
            // What BouncyCastle says of some broken encodings.
            throw new IOException("It is no PFX file", e);
        }
    }

    private static final class Reading {
        private final InputDecryptorProvider decryptor;
        private final List<X509Certificate> certificates = new ArrayList<>();
        private final List<ASN1ObjectIdentifier> encryptions = new ArrayList<>();
        private Optional<PrivateKey> key = Optional.empty();
        private boolean isPrivate = true;
        private boolean isOfMachine;

        Reading(final InputDecryptorProvider decryptor) {
            this.decryptor = decryptor;
        }

        void read(final ContentInfo content) throws PKCSException, GeneralSecurityException, IOException {
            final boolean encrypted = content.getContentType().equals(PKCSObjectIdentifiers.encryptedData);
            if (encrypted) {
                final AlgorithmIdentifier algorithm =
                        EncryptedData.getInstance(content.getContent()).getEncryptionAlgorithm();
                encryptions.add(algorithm.getAlgorithm());
            }
            final PKCS12SafeBagFactory bags =
                    encrypted ? new PKCS12SafeBagFactory(content, decryptor) : new PKCS12SafeBagFactory(content);
            for (final PKCS12SafeBag bag : bags.getSafeBags()) {
                read(bag, encrypted);
            }
        }

        private void read(final PKCS12SafeBag bag, final boolean encrypted)
                throws PKCSException, GeneralSecurityException, IOException {
            if (bag.getBagValue() instanceof X509CertificateHolder certificate) {
                certificates.add((X509Certificate) CertificateFactory.getInstance("X.509", "SUN")
                        .generateCertificate(new ByteArrayInputStream(certificate.getEncoded())));
                isPrivate &= encrypted;
            } else if (bag.getBagValue() instanceof PKCS8EncryptedPrivateKeyInfo shrouded) {
                encryptions.add(shrouded.getEncryptionAlgorithm().getAlgorithm());
                read(bag, shrouded.decryptPrivateKeyInfo(decryptor));
            } else if (bag.getBagValue() instanceof PrivateKeyInfo plain) {
                read(bag, plain);
            }
        }

        private void read(final PKCS12SafeBag bag, final PrivateKeyInfo found)
                throws GeneralSecurityException, IOException {
            isOfMachine |= Arrays.stream(bag.getAttributes())
                    .anyMatch(attribute -> attribute.getAttrType().equals(LOCAL_MACHINE));
            if (key.isEmpty()) {
                key = Optional.of(KeyFactory.getInstance(
                                found.getPrivateKeyAlgorithm()
                                                .getAlgorithm()
                                                .equals(PKCSObjectIdentifiers.rsaEncryption)
                                        ? "RSA"
                                        : "EC")
                        .generatePrivate(new PKCS8EncodedKeySpec(found.getEncoded())));
            }
        }
    }
}
