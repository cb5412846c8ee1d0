package io.jenkins.plugins.azurestack.powershell.ntlm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;

/**
 * Seals and unseals messages with the keys of one logon (MS-NLMP 3.4, extended session security, 128 bits, key
 * exchange). One RC4 stream and one sequence number per direction: messages must be unsealed in the order in which
 * they were sealed. Not thread-safe.
 */
public final class NtlmSession {

    /** Bytes of a signature. */
    public static final int SIGNATURE_SIZE = 16;

    private final Direction out;
    private final Direction in;

    private NtlmSession(final Direction out, final Direction in) {
        this.out = out;
        this.in = in;
    }

    /** @return the client's end; the key may be wiped afterwards */
    public static NtlmSession ofClient(final byte[] exportedSessionKey) throws NtlmUnavailableException {
        return new NtlmSession(
                new Direction(exportedSessionKey, "client-to-server"),
                new Direction(exportedSessionKey, "server-to-client"));
    }

    /** @return the server's end; the key may be wiped afterwards */
    public static NtlmSession ofServer(final byte[] exportedSessionKey) throws NtlmUnavailableException {
        return new NtlmSession(
                new Direction(exportedSessionKey, "server-to-client"),
                new Direction(exportedSessionKey, "client-to-server"));
    }

    /** @return signature and then ciphertext, which is as long as the message */
    public byte[] seal(final byte[] message) {
        final byte[] sealed = new byte[SIGNATURE_SIZE + message.length];
        seal(message, sealed, 0);
        return sealed;
    }

    /**
     * Writes signature and then ciphertext, which is as long as the message, into a larger array.
     *
     * @param to another array than the message's
     * @param at where the signature begins
     */
    public void seal(final byte[] message, final byte[] to, final int at) {
        out.crypt(message, 0, message.length, to, at + SIGNATURE_SIZE);
        System.arraycopy(out.sign(message, 0, message.length), 0, to, at, SIGNATURE_SIZE);
    }

    /**
     * @param sealed an array with signature and then ciphertext somewhere in it
     * @param offset where the signature begins
     * @param length bytes of signature and ciphertext together
     * @return the message
     * @throws NtlmException if it was altered, repeated, left out before, or sealed by somebody else
     */
    public byte[] unseal(final byte[] sealed, final int offset, final int length) throws NtlmException {
        if (length < SIGNATURE_SIZE) {
            throw new NtlmException("A sealed message is shorter than its signature");
        }
        final byte[] message = new byte[length - SIGNATURE_SIZE];
        in.crypt(sealed, offset + SIGNATURE_SIZE, message.length, message, 0);
        final byte[] expected = in.sign(message, 0, message.length);
        if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(sealed, offset, offset + SIGNATURE_SIZE))) {
            throw new NtlmException("The signature of a sealed message is wrong");
        }
        return message;
    }

    /** @return a signature over a message that travels in clear; counts as a message */
    public byte[] sign(final byte[] message) {
        return out.sign(message, 0, message.length);
    }

    /**
     * @param signature of a message that came in clear; counts as a message
     * @throws NtlmException if it is not the other side's signature over this message
     */
    public void verify(final byte[] message, final byte[] signature) throws NtlmException {
        if (!MessageDigest.isEqual(in.sign(message, 0, message.length), signature)) {
            throw new NtlmException("The signature of a message is wrong");
        }
    }

    /** Begins the key streams anew, as SPNEGO wants it after its MICs; the counters go on (MS-SPNG 3.3.5.1). */
    public void restart() throws NtlmUnavailableException {
        out.restart();
        in.restart();
    }

    /** Keys, stream and counter of one direction. */
    private static final class Direction {

        private final byte[] sealingKey;
        private final Mac mac;
        private Cipher stream;
        private int sequence;

        Direction(final byte[] exportedSessionKey, final String name) throws NtlmUnavailableException {
            this.sealingKey = key(exportedSessionKey, name, "sealing");
            this.stream = NtlmAlgorithms.rc4(sealingKey);
            this.mac = NtlmAlgorithms.hmacMd5(key(exportedSessionKey, name, "signing"));
        }

        private static byte[] key(final byte[] exportedSessionKey, final String direction, final String purpose)
                throws NtlmUnavailableException {
            final String constant = "session key to " + direction + " " + purpose + " key magic constant\0";
            return NtlmAlgorithms.md5(exportedSessionKey, constant.getBytes(StandardCharsets.US_ASCII));
        }

        void restart() throws NtlmUnavailableException {
            stream = NtlmAlgorithms.rc4(sealingKey);
        }

        void crypt(final byte[] from, final int offset, final int length, final byte[] to, final int at) {
            try {
                stream.update(from, offset, length, to, at);
            } catch (javax.crypto.ShortBufferException e) {
                throw new IllegalStateException("RC4 keeps the length", e);
            }
        }

        byte[] sign(final byte[] message, final int offset, final int length) {
            final byte[] number = Bytes.u32(sequence);
            mac.update(number);
            mac.update(message, offset, length);
            final byte[] checksum = NtlmAlgorithms.update(stream, Arrays.copyOf(mac.doFinal(), 8));
            sequence++;
            return Bytes.join(Bytes.u32(1), checksum, number);
        }
    }
}
