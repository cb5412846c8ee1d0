package io.jenkins.plugins.azurestack.powershell.ntlm;

import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The client's side of one logon: negotiate, then authenticate, then {@link #session()}. Used for one connection and
 * thrown away. Not thread-safe.
 */
public final class NtlmClient {

    /** Windows 10, NTLM revision 15 (MS-NLMP 2.2.2.10); informative only. */
    static final byte[] VERSION = {10, 0, 0, 0, 0, 0, 0, 15};

    private static final int HEADER_SIZE = 88;
    private static final int MIC_OFFSET = 72;
    private static final byte MIC_PRESENT = 2;

    private final PasswordCredentials credentials;
    private final String service;
    private final byte[] channelBinding;
    private final Clock clock;
    private final RandomGenerator random;
    private final byte[] negotiate;
    private ChallengeMessage challenge;
    private NtlmSession session;

    /**
     * @param credentials {@code DOMAIN\\user}, or a UPN, or a plain user
     * @param service the service that is wanted, {@code HTTP/host}
     * @param channelBinding see {@link ChannelBinding#of}; 16 zero bytes without TLS
     * @param clock for a server that does not tell its own time
     * @param random for challenge and session key
     */
    public NtlmClient(
            final PasswordCredentials credentials,
            final String service,
            final byte[] channelBinding,
            final Clock clock,
            final RandomGenerator random) {
        if (channelBinding.length != 16) {
            throw new IllegalArgumentException("A channel binding has 16 bytes");
        }
        if (credentials.userName().length() > 1024 || service.length() > 1024) {
            throw new IllegalArgumentException("A user or service name of more than 1024 characters");
        }
        this.credentials = credentials;
        this.service = service;
        this.channelBinding = channelBinding.clone();
        this.clock = clock;
        this.random = random;
        this.negotiate =
                Bytes.join(MessageReader.SIGNATURE, Bytes.u32(1), Bytes.u32(NtlmFlags.ASKED), new byte[16], VERSION);
    }

    /** @return NEGOTIATE_MESSAGE, a copy */
    public byte[] negotiate() {
        return negotiate.clone();
    }

    /** @return what the server said about itself, once it has */
    public Optional<TargetInfo> targetInfo() {
        return Optional.ofNullable(challenge).map(ChallengeMessage::targetInfo);
    }

    /**
     * Answers the challenge.
     *
     * @param token CHALLENGE_MESSAGE
     * @return AUTHENTICATE_MESSAGE with a MIC
     * @throws NtlmUnavailableException if this JVM lacks an algorithm
     * @throws NtlmException if the challenge is none, or grants no sealing
     */
    public byte[] authenticate(final byte[] token) throws NtlmException {
        challenge = ChallengeMessage.parse(token);
        if ((challenge.flags() & NtlmFlags.NEEDED) != NtlmFlags.NEEDED) {
            throw new NtlmException("The server's NTLM does not grant sealing with 128-bit keys");
        }
        final byte[] exportedKey = new byte[16];
        final byte[] ntowfv2 = responseKey();
        try {
            random.nextBytes(exportedKey);
            final byte[] message = message(ntowfv2, exportedKey);
            final byte[] mic = NtlmKeys.mic(exportedKey, negotiate, token, message);
            System.arraycopy(mic, 0, message, MIC_OFFSET, mic.length);
            session = NtlmSession.ofClient(exportedKey);
            return message;
        } finally {
            Arrays.fill(exportedKey, (byte) 0);
            Arrays.fill(ntowfv2, (byte) 0);
        }
    }

    private byte[] responseKey() throws NtlmException {
        final char[] password = credentials.password();
        try {
            return NtlmKeys.ntowfv2(user(), domain(), password);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private byte[] message(final byte[] ntowfv2, final byte[] exportedKey) throws NtlmException {
        final byte[] clientChallenge = new byte[8];
        random.nextBytes(clientChallenge);
        final TargetInfo offered = challenge.targetInfo();
        final byte[] time = offered.get(TargetInfo.TIMESTAMP)
                .filter(t -> t.length == 8)
                .orElseGet(() -> TargetInfo.fileTime(clock.instant()));
        final byte[] temp = NtlmKeys.temp(time, clientChallenge, answer(offered));
        final byte[] proof = NtlmKeys.proof(ntowfv2, challenge.serverChallenge(), temp);
        final byte[] baseKey = NtlmKeys.sessionBaseKey(ntowfv2, proof);
        final byte[] encryptedKey = NtlmKeys.exchangeKey(baseKey, exportedKey);
        Arrays.fill(baseKey, (byte) 0);
        return layOut(Bytes.join(proof, temp), encryptedKey);
    }

    private TargetInfo answer(final TargetInfo offered) {
        final byte[] flags =
                offered.get(TargetInfo.FLAGS).filter(f -> f.length == 4).orElseGet(() -> new byte[4]);
        flags[0] |= MIC_PRESENT;
        return offered.with(TargetInfo.FLAGS, flags)
                .with(TargetInfo.CHANNEL_BINDINGS, channelBinding)
                .with(TargetInfo.TARGET_NAME, Bytes.utf16(service));
    }

    /** With a MIC the LM response is 24 zero bytes (MS-NLMP 3.1.5.1.2). */
    private byte[] layOut(final byte[] ntResponse, final byte[] encryptedKey) {
        final byte[] domain = Bytes.utf16(domain());
        final byte[] user = Bytes.utf16(user());
        final byte[] lmResponse = new byte[24];
        int at = HEADER_SIZE;
        final byte[] domainField = field(domain, at);
        at += domain.length;
        final byte[] userField = field(user, at);
        at += user.length;
        final byte[] workstationField = field(new byte[0], at);
        final byte[] lmField = field(lmResponse, at);
        at += lmResponse.length;
        final byte[] ntField = field(ntResponse, at);
        at += ntResponse.length;
        return Bytes.join(
                MessageReader.SIGNATURE,
                Bytes.u32(3),
                lmField,
                ntField,
                domainField,
                userField,
                workstationField,
                field(encryptedKey, at),
                Bytes.u32(NtlmFlags.ASKED & challenge.flags()),
                VERSION,
                new byte[16],
                domain,
                user,
                lmResponse,
                ntResponse,
                encryptedKey);
    }

    private static byte[] field(final byte[] value, final int offset) {
        return Bytes.join(Bytes.u16(value.length), Bytes.u16(value.length), Bytes.u32(offset));
    }

    private String domain() {
        final int backslash = credentials.userName().indexOf('\\');
        return backslash < 0 ? "" : credentials.userName().substring(0, backslash);
    }

    private String user() {
        return credentials.userName().substring(credentials.userName().indexOf('\\') + 1);
    }

    /**
     * @return seals and unseals what follows
     * @throws IllegalStateException before {@link #authenticate}
     */
    public NtlmSession session() {
        if (session == null) {
            throw new IllegalStateException("No challenge was answered yet");
        }
        return session;
    }
}
