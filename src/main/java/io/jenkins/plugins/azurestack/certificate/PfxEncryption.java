package io.jenkins.plugins.azurestack.certificate;

import java.util.Map;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * How a part of a PFX is encrypted.
 *
 * @param name what Windows and OpenSSL call it, or its object identifier if that is not known here
 */
public record PfxEncryption(String name) {
    /** The one that a stamp accepts: PKCS #12 PBE with SHA-1 and three-key triple DES, 1.2.840.113549.1.12.1.3. */
    public static final PfxEncryption TRIPLE_DES_SHA1 = new PfxEncryption("TripleDES-SHA1");

    private static final Map<ASN1ObjectIdentifier, String> NAMES = Map.ofEntries(
            Map.entry(PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC, TRIPLE_DES_SHA1.name),
            Map.entry(PKCSObjectIdentifiers.pbeWithSHAAnd2_KeyTripleDES_CBC, "two-key TripleDES-SHA1"),
            Map.entry(PKCSObjectIdentifiers.pbeWithSHAAnd40BitRC2_CBC, "RC2-40"),
            Map.entry(PKCSObjectIdentifiers.pbeWithSHAAnd128BitRC2_CBC, "RC2-128"),
            Map.entry(PKCSObjectIdentifiers.pbeWithSHAAnd40BitRC4, "RC4-40"),
            Map.entry(PKCSObjectIdentifiers.pbeWithSHAAnd128BitRC4, "RC4-128"),
            Map.entry(NISTObjectIdentifiers.id_aes128_CBC, "AES-128"),
            Map.entry(NISTObjectIdentifiers.id_aes192_CBC, "AES-192"),
            Map.entry(NISTObjectIdentifiers.id_aes256_CBC, "AES-256"),
            Map.entry(PKCSObjectIdentifiers.des_EDE3_CBC, "PBES2 TripleDES"));

    public PfxEncryption {
        Objects.requireNonNull(name, "name");
    }

    static PfxEncryption of(final AlgorithmIdentifier algorithm) {
        final ASN1ObjectIdentifier cipher = PKCSObjectIdentifiers.id_PBES2.equals(algorithm.getAlgorithm())
                ? PBES2Parameters.getInstance(Asn1.required(algorithm.getParameters()))
                        .getEncryptionScheme()
                        .getAlgorithm()
                : algorithm.getAlgorithm();
        return new PfxEncryption(NAMES.getOrDefault(cipher, cipher.getId()));
    }

    @Override
    public String toString() {
        return name;
    }
}
