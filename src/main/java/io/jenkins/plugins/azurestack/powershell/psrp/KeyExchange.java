package io.jenkins.plugins.azurestack.powershell.psrp;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;

/**
 * One exchange of a session key: this side shows an RSA-2048 public key, the server answers with an AES-256 key
 * encrypted to it (MS-PSRP 2.2.2.3, 2.2.2.4 and 3.1.5.4.3). The blobs are those of Windows CryptoAPI, with numbers in
 * little-endian order. Immutable.
 */
final class KeyExchange {
    private static final int MODULUS_BYTES = 256;
    private static final BigInteger EXPONENT = BigInteger.valueOf(65537);
    /** PUBLICKEYBLOB, version 2, CALG_RSA_KEYX, "RSA1", 2048 bits. */
    private static final byte[] PUBLIC_KEY_HEADER = {
        0x06, 0x02, 0, 0, 0, (byte) 0xA4, 0, 0, 'R', 'S', 'A', '1', 0, 0x08, 0, 0
    };
    /** SIMPLEBLOB, version 2, CALG_AES_256 wrapped with CALG_RSA_KEYX. */
    private static final byte[] SESSION_KEY_HEADER = {0x01, 0x02, 0, 0, 0x10, 0x66, 0, 0, 0, (byte) 0xA4, 0, 0};

    private final RSAPublicKey publicKey;
    private final PrivateKey privateKey;

    /**
     * Uses a given key pair.
     *
     * @throws IllegalArgumentException if it is not RSA with 2048 bits and the exponent 65537, the only form that the
     *     protocol carries
     */
    KeyExchange(KeyPair pair) {
        if (!(pair.getPublic() instanceof RSAPublicKey rsa)
                || rsa.getModulus().bitLength() != MODULUS_BYTES * 8
                || !rsa.getPublicExponent().equals(EXPONENT)) {
            throw new IllegalArgumentException("the session key is exchanged with RSA-2048 and the exponent 65537");
        }
        this.publicKey = rsa;
        this.privateKey = pair.getPrivate();
    }

    /** Makes a fresh key pair. */
    static KeyExchange generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(MODULUS_BYTES * 8, random);
            return new KeyExchange(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot make RSA keys", e);
        }
    }

    /** Base64 of the public key's blob, 276 bytes, as PUBLIC_KEY carries it. */
    String publicKeyBlob() {
        byte[] modulus = reversed(unsigned(publicKey.getModulus()));
        byte[] blob = ByteBuffer.allocate(PUBLIC_KEY_HEADER.length + Integer.BYTES + MODULUS_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(PUBLIC_KEY_HEADER)
                .putInt(EXPONENT.intValueExact())
                .put(modulus)
                .array();
        return Base64.getEncoder().encodeToString(blob);
    }

    /**
     * Opens what ENCRYPTED_SESSION_KEY carries.
     *
     * @throws MalformedMessageException if it is not a session key encrypted to this exchange's public key
     */
    SessionKey open(String encryptedSessionKey) throws MalformedMessageException {
        byte[] key = new byte[0];
        try {
            byte[] blob = Base64.getDecoder().decode(encryptedSessionKey);
            int header = SESSION_KEY_HEADER.length;
            if (blob.length != header + MODULUS_BYTES
                    || !Arrays.equals(blob, 0, header, SESSION_KEY_HEADER, 0, header)) {
                throw new MalformedMessageException(
                        "the server's session key is not an AES-256 key encrypted with RSA-2048");
            }
            Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.DECRYPT_MODE, privateKey);
            key = cipher.doFinal(reversed(Arrays.copyOfRange(blob, header, blob.length)));
            return new SessionKey(key);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new MalformedMessageException("the server's session key was not encrypted to this client's key");
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] unsigned(BigInteger modulus) {
        byte[] bytes = modulus.toByteArray();
        return bytes.length == MODULUS_BYTES
                ? bytes
                : Arrays.copyOfRange(bytes, bytes.length - MODULUS_BYTES, bytes.length);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    @Override
    public String toString() {
        return "KeyExchange";
    }
}
