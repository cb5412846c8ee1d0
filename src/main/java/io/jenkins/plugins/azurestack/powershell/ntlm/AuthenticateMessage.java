package io.jenkins.plugins.azurestack.powershell.ntlm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** The client's AUTHENTICATE_MESSAGE as a server reads it (MS-NLMP 2.2.1.3), NTLMv2 with MIC only. Immutable. */
public final class AuthenticateMessage {

    private static final int HEADER_SIZE = 88;
    private static final int MIC_OFFSET = 72;
    private static final int PROOF_SIZE = 16;
    private static final int TEMP_HEADER_SIZE = 28;

    private final byte[] token;
    private final String domain;
    private final String user;
    private final byte[] proof;
    private final byte[] temp;
    private final byte[] encryptedKey;
    private final TargetInfo targetInfo;

    private AuthenticateMessage(final byte[] token) throws NtlmException {
        final MessageReader in = MessageReader.open(token, 3, HEADER_SIZE);
        this.token = token.clone();
        this.domain = new String(in.field(28), StandardCharsets.UTF_16LE);
        this.user = new String(in.field(36), StandardCharsets.UTF_16LE);
        final byte[] response = in.field(20);
        if (response.length < PROOF_SIZE + TEMP_HEADER_SIZE) {
            throw new NtlmException("Not an NTLMv2 response");
        }
        this.proof = Arrays.copyOf(response, PROOF_SIZE);
        this.temp = Arrays.copyOfRange(response, PROOF_SIZE, response.length);
        this.encryptedKey = in.field(52);
        this.targetInfo = TargetInfo.parse(Arrays.copyOfRange(temp, TEMP_HEADER_SIZE, temp.length));
    }

    /** @throws NtlmException if it is not such a message or is cut off */
    public static AuthenticateMessage parse(final byte[] token) throws NtlmException {
        return new AuthenticateMessage(token);
    }

    /** @return as the client sent it */
    public String domain() {
        return domain;
    }

    /** @return as the client sent it */
    public String user() {
        return user;
    }

    /** @return what the client answered to the server's, with channel binding and service name */
    public TargetInfo targetInfo() {
        return targetInfo;
    }

    /**
     * Checks proof and MIC.
     *
     * @param password of the account that the message names; the caller wipes it
     * @param negotiate the client's first token
     * @param challenge the token it answers
     * @return the server's end of the session, if the client knows the password
     */
    public Optional<NtlmSession> verify(final char[] password, final byte[] negotiate, final byte[] challenge)
            throws NtlmException {
        final byte[] ntowfv2 = NtlmKeys.ntowfv2(user, domain, password);
        final byte[] serverChallenge = ChallengeMessage.parse(challenge).serverChallenge();
        if (!MessageDigest.isEqual(proof, NtlmKeys.proof(ntowfv2, serverChallenge, temp))
                || encryptedKey.length != 16) {
            return Optional.empty();
        }
        final byte[] key = NtlmKeys.exchangeKey(NtlmKeys.sessionBaseKey(ntowfv2, proof), encryptedKey);
        final byte[] unsigned = token.clone();
        Arrays.fill(unsigned, MIC_OFFSET, MIC_OFFSET + 16, (byte) 0);
        final byte[] mic = NtlmKeys.mic(key, negotiate, challenge, unsigned);
        return MessageDigest.isEqual(mic, Arrays.copyOfRange(token, MIC_OFFSET, MIC_OFFSET + 16))
                ? Optional.of(NtlmSession.ofServer(key))
                : Optional.empty();
    }
}
