package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmException;
import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmFlags;
import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmKeys;
import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmSession;
import io.jenkins.plugins.azurestack.powershell.ntlm.TargetInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The server's side of one NTLM logon (MS-NLMP 3.2.5): challenges, and verifies what comes back. NTLMv2 only. A MIC is
 * verified where the client says that it sends one; a channel binding where it sends one, which is what Windows calls
 * 'Relaxed'. For one connection; not thread-safe.
 */
final class NtlmAcceptor {
    private static final int SIGNATURE_LENGTH = 8;
    private static final int NEGOTIATE_FLAGS = 12;
    private static final int AUTHENTICATE_FLAGS = 60;
    private static final int AUTHENTICATE_WITHOUT_VERSION = 64;
    private static final int MIC = 72;
    private static final int MIC_LENGTH = 16;
    private static final int PROOF_LENGTH = 16;
    /** Before the target information in the client's part of the proof. */
    private static final int TEMP_HEADER = 28;

    private static final int DNS_COMPUTER_NAME = 3;
    private static final int DNS_DOMAIN_NAME = 4;
    private static final int MIC_PRESENT = 2;
    private static final byte[] SIGNATURE = "NTLMSSP\0".getBytes(StandardCharsets.US_ASCII);
    /** Windows Server 2016, NTLM revision 15. */
    private static final byte[] VERSION = {10, 0, 0x39, 0x38, 0, 0, 0, 15};

    private static final int OEM = 0x0000_0002;
    private static final int TARGET_IS_DOMAIN = 0x0001_0000;
    /** What a client may have, if it asks for it. */
    private static final int GRANTED = NtlmFlags.SIGN
            | NtlmFlags.SEAL
            | NtlmFlags.ALWAYS_SIGN
            | NtlmFlags.KEY_128
            | NtlmFlags.KEY_56
            | NtlmFlags.KEY_EXCHANGE
            | NtlmFlags.VERSION;

    private final byte[] negotiate;
    private final byte[] challenge;
    private final byte[] serverChallenge;

    private NtlmAcceptor(final byte[] negotiate, final byte[] challenge, final byte[] serverChallenge) {
        this.negotiate = negotiate;
        this.challenge = challenge;
        this.serverChallenge = serverChallenge;
    }

    /** How a logon ended, if the client sent what the protocol wants. */
    enum Verdict {
        ACCEPTED,
        /** The client does not know the password. */
        WRONG_PASSWORD,
        /** The three messages are not those that the client sent and saw. */
        WRONG_MIC,
        /** The client bound the logon to another server's TLS. */
        WRONG_CHANNEL_BINDING
    }

    /**
     * What a client answered.
     *
     * @param identity who it says it is; not proved yet
     */
    record Response(
            Identity identity,
            int flags,
            byte[] proof,
            byte[] temp,
            byte[] encryptedKey,
            TargetInfo targetInfo,
            byte[] token) {
        /** The channel that the client says it is on; empty if it says nothing, or that there is none. */
        Optional<byte[]> channelBinding() {
            return targetInfo
                    .get(TargetInfo.CHANNEL_BINDINGS)
                    .filter(binding -> !Arrays.equals(binding, new byte[binding.length]));
        }

        boolean hasMic() {
            return targetInfo
                    .get(TargetInfo.FLAGS)
                    .filter(bytes -> bytes.length == Integer.BYTES && (bytes[0] & MIC_PRESENT) != 0)
                    .isPresent();
        }

        @Override
        public String toString() {
            return "Response of " + identity.name();
        }
    }

    /** Whether a token is NTLM's, of any kind. */
    static boolean isNtlm(final byte[] token) {
        return token.length > SIGNATURE_LENGTH + Integer.BYTES
                && Arrays.equals(token, 0, SIGNATURE_LENGTH, SIGNATURE, 0, SIGNATURE_LENGTH);
    }

    /** Whether a token begins a logon. */
    static boolean isNegotiate(final byte[] token) {
        return isNtlm(token) && token[SIGNATURE_LENGTH] == 1;
    }

    /**
     * Begins a logon.
     *
     * @param negotiate the client's first token
     * @param domain the server's domain, in NetBIOS's form
     * @param computer the server's name, in NetBIOS's form
     * @param now the server's clock
     * @throws NtlmException if it is none, or asks for nothing that is safe
     */
    static NtlmAcceptor challenging(
            final byte[] negotiate,
            final String domain,
            final String computer,
            final Instant now,
            final RandomGenerator random)
            throws NtlmException {
        if (negotiate.length < NEGOTIATE_FLAGS + Integer.BYTES || !isNegotiate(negotiate)) {
            throw new NtlmException("The client's first NTLM message is none");
        }
        final int asked = reading(negotiate).getInt(NEGOTIATE_FLAGS);
        final int characters = asked & NtlmFlags.UNICODE;
        final byte[] serverChallenge = new byte[8];
        random.nextBytes(serverChallenge);
        final byte[] target = domain.getBytes(charset(characters));
        final byte[] pairs = TargetInfo.empty()
                .with(TargetInfo.NB_DOMAIN_NAME, domain.getBytes(StandardCharsets.UTF_16LE))
                .with(TargetInfo.NB_COMPUTER_NAME, computer.getBytes(StandardCharsets.UTF_16LE))
                .with(DNS_DOMAIN_NAME, (domain.toLowerCase(Locale.ROOT) + ".local").getBytes(StandardCharsets.UTF_16LE))
                .with(
                        DNS_COMPUTER_NAME,
                        (computer + "." + domain + ".local")
                                .toLowerCase(Locale.ROOT)
                                .getBytes(StandardCharsets.UTF_16LE))
                .with(TargetInfo.TIMESTAMP, TargetInfo.fileTime(now))
                .bytes();
        final int flags = asked & GRANTED
                | (characters == 0 ? OEM : characters)
                | NtlmFlags.REQUEST_TARGET
                | NtlmFlags.NTLM
                | NtlmFlags.EXTENDED_SESSION_SECURITY
                | NtlmFlags.TARGET_INFO
                | NtlmFlags.VERSION
                | TARGET_IS_DOMAIN;
        final int header = 56;
        final ByteBuffer token =
                ByteBuffer.allocate(header + target.length + pairs.length).order(ByteOrder.LITTLE_ENDIAN);
        token.put(SIGNATURE).putInt(2);
        field(token, target.length, header);
        token.putInt(flags).put(serverChallenge).putLong(0);
        field(token, pairs.length, header + target.length);
        token.put(VERSION).put(target).put(pairs);
        return new NtlmAcceptor(negotiate.clone(), token.array(), serverChallenge);
    }

    /** Names are in Unicode, if the flags say so; else in an old character set, of which clients use the ASCII. */
    private static Charset charset(final int flags) {
        return (flags & NtlmFlags.UNICODE) != 0 ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1;
    }

    private static void field(final ByteBuffer token, final int length, final int offset) {
        token.putShort((short) length).putShort((short) length).putInt(offset);
    }

    private static ByteBuffer reading(final byte[] token) {
        return ByteBuffer.wrap(token).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What the client is to answer; a copy. */
    byte[] challenge() {
        return challenge.clone();
    }

    /**
     * Reads the client's answer.
     *
     * @throws NtlmException if it is none, or older than NTLMv2
     */
    Response read(final byte[] token) throws NtlmException {
        if (!isNtlm(token) || token[SIGNATURE_LENGTH] != 3 || token.length < AUTHENTICATE_WITHOUT_VERSION) {
            throw new NtlmException("The client's second NTLM message is none");
        }
        final byte[] response = payload(token, 20);
        if (response.length < PROOF_LENGTH + TEMP_HEADER) {
            throw new NtlmException("The client answered with something older than NTLMv2");
        }
        final byte[] temp = Arrays.copyOfRange(response, PROOF_LENGTH, response.length);
        final int flags = reading(token).getInt(AUTHENTICATE_FLAGS);
        return new Response(
                new Identity(
                        new String(payload(token, 28), charset(flags)), new String(payload(token, 36), charset(flags))),
                flags,
                Arrays.copyOf(response, PROOF_LENGTH),
                temp,
                payload(token, 52),
                TargetInfo.parse(Arrays.copyOfRange(temp, TEMP_HEADER, temp.length)),
                token.clone());
    }

    private static byte[] payload(final byte[] token, final int at) throws NtlmException {
        final int length = Short.toUnsignedInt(reading(token).getShort(at));
        final long offset = Integer.toUnsignedLong(reading(token).getInt(at + 4));
        if (length == 0) {
            return new byte[0];
        }
        if (offset + length > token.length) {
            throw new NtlmException("A field of the client's NTLM message reaches beyond its end");
        }
        return Arrays.copyOfRange(token, (int) offset, (int) offset + length);
    }

    /**
     * How a logon ended.
     *
     * @param session what seals and unseals, if it was accepted and the client wants that
     */
    record Outcome(Verdict verdict, Optional<NtlmSession> session) {
        private static Outcome refused(final Verdict verdict) {
            return new Outcome(verdict, Optional.empty());
        }

        /**
         * Verifies SPNEGO's MIC over the mechanisms that the client offered, and answers it. What is sealed later
         * begins with new key streams, and with the second number.
         *
         * @throws NtlmException if it is wrong, or there is no key for it
         */
        byte[] exchangeMic(final byte[] mechanisms, final byte[] mic) throws NtlmException {
            final NtlmSession own = session.orElseThrow(() -> new NtlmException("A MIC without a key"));
            own.verify(mechanisms, mic);
            final byte[] answer = own.sign(mechanisms);
            own.restart();
            return answer;
        }
    }

    /**
     * Verifies what the client answered.
     *
     * @param password of the account; the caller wipes it
     * @param channelBinding of the TLS channel; 16 zero bytes where there is none
     */
    Outcome verify(final Response response, final char[] password, final byte[] channelBinding) throws NtlmException {
        final byte[] ntowfv2 =
                NtlmKeys.ntowfv2(response.identity().user(), response.identity().domain(), password);
        final byte[] baseKey = NtlmKeys.sessionBaseKey(ntowfv2, response.proof());
        final boolean known =
                MessageDigest.isEqual(response.proof(), NtlmKeys.proof(ntowfv2, serverChallenge, response.temp()));
        Arrays.fill(ntowfv2, (byte) 0);
        if (!known) {
            return Outcome.refused(Verdict.WRONG_PASSWORD);
        }
        final byte[] key =
                (response.flags() & NtlmFlags.KEY_EXCHANGE) != 0 && response.encryptedKey().length == baseKey.length
                        ? NtlmKeys.exchangeKey(baseKey, response.encryptedKey())
                        : baseKey;
        if (response.hasMic() && !isMicRight(response.token(), key)) {
            return Outcome.refused(Verdict.WRONG_MIC);
        }
        if (response.channelBinding().isPresent()
                && !MessageDigest.isEqual(response.channelBinding().get(), channelBinding)) {
            return Outcome.refused(Verdict.WRONG_CHANNEL_BINDING);
        }
        return new Outcome(
                Verdict.ACCEPTED, isSealing(response) ? Optional.of(NtlmSession.ofServer(key)) : Optional.empty());
    }

    private static boolean isSealing(final Response response) {
        final int needed = NtlmFlags.SEAL | NtlmFlags.EXTENDED_SESSION_SECURITY | NtlmFlags.KEY_128;
        return (response.flags() & needed) == needed;
    }

    private boolean isMicRight(final byte[] token, final byte[] key) throws NtlmException {
        if (token.length < MIC + MIC_LENGTH) {
            return false;
        }
        final byte[] unsigned = token.clone();
        Arrays.fill(unsigned, MIC, MIC + MIC_LENGTH, (byte) 0);
        return MessageDigest.isEqual(
                NtlmKeys.mic(key, negotiate, challenge, unsigned), Arrays.copyOfRange(token, MIC, MIC + MIC_LENGTH));
    }
}
