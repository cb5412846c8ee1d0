package io.jenkins.plugins.azurestack.powershell.ntlm;

/** The server's CHALLENGE_MESSAGE (MS-NLMP 2.2.1.2). Immutable. */
public final class ChallengeMessage {

    private static final int MINIMAL_SIZE = 48;
    /** Real ones have a few hundred bytes; the answer repeats them in a field whose length has 16 bits. */
    private static final int MAXIMAL_SIZE = 16_384;

    private final int flags;
    private final byte[] serverChallenge;
    private final TargetInfo targetInfo;

    private ChallengeMessage(final int flags, final byte[] serverChallenge, final TargetInfo targetInfo) {
        this.flags = flags;
        this.serverChallenge = serverChallenge;
        this.targetInfo = targetInfo;
    }

    /**
     * @param token as it came from the server
     * @throws NtlmException if it is not such a message, is cut off, or carries no target information
     */
    public static ChallengeMessage parse(final byte[] token) throws NtlmException {
        if (token.length > MAXIMAL_SIZE) {
            throw new NtlmException("The server's NTLM challenge is larger than any honest one");
        }
        final MessageReader in = MessageReader.open(token, 2, MINIMAL_SIZE);
        final int flags = in.int32(20);
        if ((flags & NtlmFlags.TARGET_INFO) == 0) {
            throw new NtlmException("The server's NTLM challenge has no target information: NTLMv2 is not possible");
        }
        return new ChallengeMessage(flags, in.bytes(24, 8), TargetInfo.parse(in.field(40)));
    }

    /** @return what a server sends; the simulated endpoints' side of {@link #parse} */
    public static byte[] write(final int flags, final byte[] serverChallenge, final TargetInfo targetInfo) {
        final byte[] pairs = targetInfo.bytes();
        final int offset = MINIMAL_SIZE + 8;
        return Bytes.join(
                MessageReader.SIGNATURE,
                Bytes.u32(2),
                Bytes.u16(0),
                Bytes.u16(0),
                Bytes.u32(offset),
                Bytes.u32(flags),
                serverChallenge,
                new byte[8],
                Bytes.u16(pairs.length),
                Bytes.u16(pairs.length),
                Bytes.u32(offset),
                NtlmClient.VERSION,
                pairs);
    }

    /** @return {@link NtlmFlags} */
    public int flags() {
        return flags;
    }

    /** @return 8 bytes, a copy */
    public byte[] serverChallenge() {
        return serverChallenge.clone();
    }

    /** @return what the server says about itself */
    public TargetInfo targetInfo() {
        return targetInfo;
    }
}
