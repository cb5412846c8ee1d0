package io.jenkins.plugins.azurestack.certificate;

import io.jenkins.plugins.azurestack.certificate.UnreadablePfxException.Kind;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.RC2ParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PBMAC1Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.crypto.generators.PKCS12ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * Opens what a password protects in a PFX: the MAC and the encrypted safes, in the old way (RFC 7292 appendix B and C)
 * and in the new one (PBES2 and PBMAC1, RFC 8018 and RFC 9579); and protects in the one way that a stamp accepts.
 * BouncyCastle reads the parameters; the ciphers and
 * digests are the JVM's, which are several times faster.
 */
final class PfxProtection implements AutoCloseable {
    private static final String PROVIDER = "SunJCE";
    private static final int BITS = 8;
    /** As many iterations as Windows does. */
    private static final int ITERATIONS = 2000;

    private static final int SALT_BYTES = 20;
    private static final int AES_BLOCK = 16;

    /** How a password of the old way becomes bytes: two bytes a character, and a zero character at the end. */
    private static final Charset WIDE = StandardCharsets.UTF_16BE;

    private record Digest(String name, String hmac) {}

    private static final Map<ASN1ObjectIdentifier, Digest> DIGESTS = Map.of(
            OIWObjectIdentifiers.idSHA1, new Digest("SHA-1", "HmacSHA1"),
            NISTObjectIdentifiers.id_sha224, new Digest("SHA-224", "HmacSHA224"),
            NISTObjectIdentifiers.id_sha256, new Digest("SHA-256", "HmacSHA256"),
            NISTObjectIdentifiers.id_sha384, new Digest("SHA-384", "HmacSHA384"),
            NISTObjectIdentifiers.id_sha512, new Digest("SHA-512", "HmacSHA512"));

    private static final Map<ASN1ObjectIdentifier, String> HMACS = Map.of(
            PKCSObjectIdentifiers.id_hmacWithSHA1, "HmacSHA1",
            PKCSObjectIdentifiers.id_hmacWithSHA224, "HmacSHA224",
            PKCSObjectIdentifiers.id_hmacWithSHA256, "HmacSHA256",
            PKCSObjectIdentifiers.id_hmacWithSHA384, "HmacSHA384",
            PKCSObjectIdentifiers.id_hmacWithSHA512, "HmacSHA512");

    /**
     * A cipher of the old way.
     *
     * @param keyBytes of the derived key
     * @param ivBytes of the derived initialisation vector; 0 for a stream cipher
     */
    private record OldCipher(String transformation, int keyBytes, int ivBytes) {}

    private static final String TRIPLE_DES = "DESede/CBC/PKCS5Padding";
    private static final String RC2 = "RC2/CBC/PKCS5Padding";
    private static final String AES = "AES/CBC/PKCS5Padding";
    private static final int TRIPLE_DES_KEY = 24;

    private static final Map<ASN1ObjectIdentifier, OldCipher> OLD_CIPHERS = Map.of(
            PKCSObjectIdentifiers.pbeWithSHAAnd128BitRC4, new OldCipher("ARCFOUR", 16, 0),
            PKCSObjectIdentifiers.pbeWithSHAAnd40BitRC4, new OldCipher("ARCFOUR", 5, 0),
            PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC, new OldCipher(TRIPLE_DES, TRIPLE_DES_KEY, 8),
            PKCSObjectIdentifiers.pbeWithSHAAnd2_KeyTripleDES_CBC, new OldCipher(TRIPLE_DES, 16, 8),
            PKCSObjectIdentifiers.pbeWithSHAAnd128BitRC2_CBC, new OldCipher(RC2, 16, 8),
            PKCSObjectIdentifiers.pbeWithSHAAnd40BitRC2_CBC, new OldCipher(RC2, 5, 8));

    /** A cipher of the new way, in CBC mode with its initialisation vector as parameter. */
    private record NewCipher(String transformation, int keyBytes) {}

    private static final Map<ASN1ObjectIdentifier, NewCipher> NEW_CIPHERS = Map.of(
            NISTObjectIdentifiers.id_aes128_CBC, new NewCipher(AES, 16),
            NISTObjectIdentifiers.id_aes192_CBC, new NewCipher(AES, 24),
            NISTObjectIdentifiers.id_aes256_CBC, new NewCipher(AES, 32),
            PKCSObjectIdentifiers.des_EDE3_CBC, new NewCipher(TRIPLE_DES, TRIPLE_DES_KEY));

    /**
     * Something encrypted.
     *
     * @param encryption how
     */
    record Sealed(AlgorithmIdentifier encryption, byte[] content) {}

    private final char[] password;
    /** What the old way may make of the password; more than one only if it is empty. */
    private final List<byte[]> wide;

    private PfxProtection(final char[] password, final List<byte[]> wide) {
        this.password = password;
        this.wide = wide;
    }

    /** @param password left alone */
    static PfxProtection of(final char[] password) {
        final char[] terminated = Arrays.copyOf(password, password.length + 1);
        final byte[] bytes = encode(terminated, WIDE);
        Arrays.fill(terminated, '\0');
        // No password at all is no bytes to some writers, and an empty terminated string to others.
        return new PfxProtection(password, password.length == 0 ? List.of(bytes, new byte[0]) : List.of(bytes));
    }

    private static byte[] encode(final char[] text, final Charset charset) {
        final ByteBuffer buffer = charset.encode(CharBuffer.wrap(text));
        final byte[] bytes = Arrays.copyOf(buffer.array(), buffer.limit());
        Arrays.fill(buffer.array(), (byte) 0);
        return bytes;
    }

    @Override
    public void close() {
        wide.forEach(bytes -> Arrays.fill(bytes, (byte) 0));
    }

    /** The digest of a MAC, or the scheme's name or object identifier if it is not one of the old way. */
    static String digestName(final MacData mac) {
        final ASN1ObjectIdentifier algorithm = mac.getMac().getAlgorithmId().getAlgorithm();
        if (PKCSObjectIdentifiers.id_PBMAC1.equals(algorithm)) {
            return "PBMAC1";
        }
        return DIGESTS.containsKey(algorithm) ? DIGESTS.get(algorithm).name() : algorithm.getId();
    }

    static void requireKnown(final ASN1ObjectIdentifier encryption) throws UnreadablePfxException {
        require(OLD_CIPHERS, encryption, "encryption");
    }

    private static <V> V require(
            final Map<ASN1ObjectIdentifier, V> known, final ASN1ObjectIdentifier wanted, final String what)
            throws UnreadablePfxException {
        final V value = known.get(wanted);
        if (value == null) {
            throw unsupported(what, wanted);
        }
        return value;
    }

    static UnreadablePfxException unsupported(final String what, final ASN1ObjectIdentifier algorithm) {
        return new UnreadablePfxException(
                Kind.UNSUPPORTED, "The file uses a kind of " + what + " not known here (" + algorithm + ")");
    }

    /**
     * Checks the file's integrity, and with it the password.
     *
     * @param mac null if the file has none, which tells nothing about the password
     */
    void verify(final MacData mac, final byte[] authenticated) throws UnreadablePfxException {
        if (mac == null) {
            return;
        }
        for (final byte[] bytes : wide) {
            if (MessageDigest.isEqual(
                    macOf(mac, authenticated, bytes), mac.getMac().getDigest())) {
                return;
            }
        }
        throw wrongPassword(null);
    }

    private UnreadablePfxException wrongPassword(final Exception cause) {
        return new UnreadablePfxException(
                Kind.WRONG_PASSWORD,
                password.length == 0
                        ? "The file does not open without a password, or is damaged"
                        : "The file does not open with this password, or is damaged",
                cause);
    }

    /** Encrypts with TripleDES-SHA1. */
    Sealed seal(final byte[] content, final SecureRandom random) {
        final ASN1ObjectIdentifier algorithm = PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC;
        final byte[] salt = salt(random);
        try {
            final PKCS12ParametersGenerator generator = generator("SHA-1");
            generator.init(wide.get(0), salt, ITERATIONS);
            return new Sealed(
                    new AlgorithmIdentifier(algorithm, new PKCS12PBEParams(salt, ITERATIONS)),
                    runOld(Cipher.ENCRYPT_MODE, OLD_CIPHERS.get(algorithm), generator, content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JVM lacks a cipher that every JVM has", e);
        }
    }

    /**
     * Encrypts in the new way, with AES-256 and PBKDF2 over HMAC-SHA256.
     *
     * @param iterations of the key derivation
     */
    Sealed sealNew(final byte[] content, final int iterations, final SecureRandom random) {
        final byte[] salt = salt(random);
        final byte[] iv = new byte[AES_BLOCK];
        random.nextBytes(iv);
        final NewCipher cipher = NEW_CIPHERS.get(NISTObjectIdentifiers.id_aes256_CBC);
        final AlgorithmIdentifier prf =
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
        final PBKDF2Params derivation = new PBKDF2Params(salt, iterations, cipher.keyBytes(), prf);
        try {
            final byte[] sealed = run(
                    Cipher.ENCRYPT_MODE,
                    cipher.transformation(),
                    pbkdf2(derivation, cipher.keyBytes()),
                    new IvParameterSpec(iv),
                    content);
            final PBES2Parameters parameters = new PBES2Parameters(
                    new KeyDerivationFunc(PKCSObjectIdentifiers.id_PBKDF2, derivation),
                    new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(iv)));
            return new Sealed(new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, parameters), sealed);
        } catch (GeneralSecurityException | UnreadablePfxException e) {
            throw new IllegalStateException("The JVM lacks a cipher that every JVM has", e);
        }
    }

    /** Makes a MAC of SHA-1. */
    MacData mac(final byte[] authenticated, final SecureRandom random) {
        final ASN1ObjectIdentifier algorithm = OIWObjectIdentifiers.idSHA1;
        final byte[] salt = salt(random);
        try {
            final byte[] mac = oldMac(DIGESTS.get(algorithm), wide.get(0), salt, ITERATIONS, authenticated);
            final DigestInfo digest = new DigestInfo(new AlgorithmIdentifier(algorithm, DERNull.INSTANCE), mac);
            return new MacData(digest, salt, ITERATIONS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JVM lacks a digest that every JVM has", e);
        }
    }

    private static byte[] salt(final SecureRandom random) {
        final byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    private byte[] macOf(final MacData mac, final byte[] authenticated, final byte[] bytes)
            throws UnreadablePfxException {
        final AlgorithmIdentifier algorithm = mac.getMac().getAlgorithmId();
        try {
            if (PKCSObjectIdentifiers.id_PBMAC1.equals(algorithm.getAlgorithm())) {
                final PBMAC1Params parameters = PBMAC1Params.getInstance(Asn1.required(algorithm.getParameters()));
                final String hmac =
                        require(HMACS, parameters.getMessageAuthScheme().getAlgorithm(), "integrity check");
                final PBKDF2Params derivation = PfxWork.keyDerivation(parameters.getKeyDerivationFunc());
                // RFC 9579 section 4: the length is always stated.
                final int length = Asn1.required(derivation.getKeyLength()).intValueExact();
                return hmac(hmac, pbkdf2(derivation, length), authenticated);
            }
            final Digest digest = require(DIGESTS, algorithm.getAlgorithm(), "integrity check");
            return oldMac(digest, bytes, mac.getSalt(), mac.getIterationCount().intValueExact(), authenticated);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JVM lacks a digest that every JVM has", e);
        }
    }

    private static byte[] oldMac(
            final Digest digest,
            final byte[] bytes,
            final byte[] salt,
            final int iterations,
            final byte[] authenticated)
            throws GeneralSecurityException {
        final PKCS12ParametersGenerator generator = generator(digest.name());
        generator.init(bytes, salt, iterations);
        final int length = MessageDigest.getInstance(digest.name()).getDigestLength();
        final KeyParameter key = (KeyParameter) generator.generateDerivedMacParameters(length * BITS);
        return hmac(digest.hmac(), key.getKey(), authenticated);
    }

    private static byte[] hmac(final String name, final byte[] key, final byte[] content)
            throws GeneralSecurityException {
        final Mac mac = Mac.getInstance(name, PROVIDER);
        mac.init(new SecretKeySpec(key, name));
        Arrays.fill(key, (byte) 0);
        return mac.doFinal(content);
    }

    /** @return the plain bytes, owned by the caller */
    byte[] decrypt(final AlgorithmIdentifier encryption, final byte[] content) throws UnreadablePfxException {
        try {
            if (PKCSObjectIdentifiers.id_PBES2.equals(encryption.getAlgorithm())) {
                return decryptNew(PBES2Parameters.getInstance(Asn1.required(encryption.getParameters())), content);
            }
            return decryptOld(encryption, content);
        } catch (GeneralSecurityException e) {
            throw wrongPassword(e);
        }
    }

    private byte[] decryptNew(final PBES2Parameters parameters, final byte[] content)
            throws UnreadablePfxException, GeneralSecurityException {
        final ASN1ObjectIdentifier algorithm = parameters.getEncryptionScheme().getAlgorithm();
        final NewCipher cipher = require(NEW_CIPHERS, algorithm, "encryption");
        final PBKDF2Params derivation = PfxWork.keyDerivation(parameters.getKeyDerivationFunc());
        final byte[] iv = Asn1.octets(parameters.getEncryptionScheme().getParameters());
        final byte[] key = pbkdf2(derivation, cipher.keyBytes());
        return run(Cipher.DECRYPT_MODE, cipher.transformation(), key, new IvParameterSpec(iv), content);
    }

    private byte[] decryptOld(final AlgorithmIdentifier encryption, final byte[] content)
            throws UnreadablePfxException, GeneralSecurityException {
        final OldCipher cipher = require(OLD_CIPHERS, encryption.getAlgorithm(), "encryption");
        final PKCS12PBEParams parameters = PKCS12PBEParams.getInstance(Asn1.required(encryption.getParameters()));
        GeneralSecurityException refused = null;
        for (final byte[] bytes : wide) {
            final PKCS12ParametersGenerator generator = generator("SHA-1");
            generator.init(bytes, parameters.getIV(), parameters.getIterations().intValueExact());
            try {
                return runOld(Cipher.DECRYPT_MODE, cipher, generator, content);
            } catch (GeneralSecurityException e) {
                refused = e;
            }
        }
        throw refused;
    }

    private static byte[] runOld(
            final int mode, final OldCipher cipher, final PKCS12ParametersGenerator generator, final byte[] content)
            throws GeneralSecurityException {
        final int keyBits = cipher.keyBytes() * BITS;
        if (cipher.ivBytes() == 0) {
            final KeyParameter key = (KeyParameter) generator.generateDerivedParameters(keyBits);
            return run(mode, cipher.transformation(), key.getKey(), null, content);
        }
        final ParametersWithIV both =
                (ParametersWithIV) generator.generateDerivedParameters(keyBits, cipher.ivBytes() * BITS);
        final byte[] key = ((KeyParameter) both.getParameters()).getKey();
        if (cipher.transformation().equals(RC2)) {
            return run(mode, RC2, key, new RC2ParameterSpec(keyBits, both.getIV()), content);
        }
        return run(mode, cipher.transformation(), tripled(key), new IvParameterSpec(both.getIV()), content);
    }

    /** Two-key triple DES uses its first key again as the third. */
    private static byte[] tripled(final byte[] key) {
        if (key.length == TRIPLE_DES_KEY) {
            return key;
        }
        final byte[] tripled = Arrays.copyOf(key, TRIPLE_DES_KEY);
        System.arraycopy(key, 0, tripled, key.length, TRIPLE_DES_KEY - key.length);
        Arrays.fill(key, (byte) 0);
        return tripled;
    }

    private static byte[] run(
            final int mode,
            final String transformation,
            final byte[] key,
            final AlgorithmParameterSpec iv,
            final byte[] content)
            throws GeneralSecurityException {
        final Cipher cipher = Cipher.getInstance(transformation, PROVIDER);
        final int slash = transformation.indexOf('/');
        final String algorithm = slash < 0 ? transformation : transformation.substring(0, slash);
        cipher.init(mode, new SecretKeySpec(key, algorithm), iv);
        Arrays.fill(key, (byte) 0);
        return cipher.doFinal(content);
    }

    private byte[] pbkdf2(final PBKDF2Params parameters, final int keyBytes)
            throws UnreadablePfxException, GeneralSecurityException {
        final String prf = require(HMACS, parameters.getPrf().getAlgorithm(), "key derivation");
        final PBEKeySpec spec = new PBEKeySpec(
                password, parameters.getSalt(), parameters.getIterationCount().intValueExact(), keyBytes * BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2With" + prf, PROVIDER)
                    .generateSecret(spec)
                    .getEncoded();
        } finally {
            spec.clearPassword();
        }
    }

    private static PKCS12ParametersGenerator generator(final String digest) throws NoSuchAlgorithmException {
        return new PKCS12ParametersGenerator(new JvmDigest(MessageDigest.getInstance(digest)));
    }
}
