package io.jenkins.plugins.azurestack.powershell.ntlm;

import java.util.Arrays;

/** The one-way functions of NTLMv2 (MS-NLMP 3.3.2, 3.4.5). */
public final class NtlmKeys {

    private NtlmKeys() {}

    /**
     * @param user without domain, or a whole UPN
     * @param domain as sent; empty with a UPN
     * @param password not kept; the caller wipes it
     * @return NTOWFv2, which is as good as the password to an attacker: the caller wipes it
     */
    public static byte[] ntowfv2(final String user, final String domain, final char[] password)
            throws NtlmUnavailableException {
        final byte[] unicode = Bytes.utf16(password);
        try {
            final byte[] hash = NtlmAlgorithms.md4(unicode);
            try {
                return NtlmAlgorithms.hmacMd5(hash, Bytes.utf16(upper(user) + domain));
            } finally {
                Arrays.fill(hash, (byte) 0);
            }
        } finally {
            Arrays.fill(unicode, (byte) 0);
        }
    }

    /** Windows maps each character by itself: "ß" stays one. */
    private static String upper(final String text) {
        final char[] characters = text.toCharArray();
        for (int i = 0; i < characters.length; i++) {
            characters[i] = Character.toUpperCase(characters[i]);
        }
        return new String(characters);
    }

    /** @return NTProofStr, the proof that the password is known */
    public static byte[] proof(final byte[] ntowfv2, final byte[] serverChallenge, final byte[] temp)
            throws NtlmUnavailableException {
        return NtlmAlgorithms.hmacMd5(ntowfv2, serverChallenge, temp);
    }

    /** @return SessionBaseKey */
    public static byte[] sessionBaseKey(final byte[] ntowfv2, final byte[] proof) throws NtlmUnavailableException {
        return NtlmAlgorithms.hmacMd5(ntowfv2, proof);
    }

    /** @return what travels as EncryptedRandomSessionKey, or the reverse: RC4 is its own inverse */
    public static byte[] exchangeKey(final byte[] sessionBaseKey, final byte[] key) throws NtlmUnavailableException {
        return NtlmAlgorithms.update(NtlmAlgorithms.rc4(sessionBaseKey), key);
    }

    /** @return MIC over the three messages, the last one with zeros in its place */
    public static byte[] mic(
            final byte[] exportedSessionKey, final byte[] negotiate, final byte[] challenge, final byte[] authenticate)
            throws NtlmUnavailableException {
        return NtlmAlgorithms.hmacMd5(exportedSessionKey, negotiate, challenge, authenticate);
    }

    /** @return {@code temp}, the client's half of the proof (MS-NLMP 3.3.2) */
    static byte[] temp(final byte[] fileTime, final byte[] clientChallenge, final TargetInfo targetInfo) {
        return Bytes.join(
                new byte[] {1, 1, 0, 0, 0, 0, 0, 0},
                fileTime,
                clientChallenge,
                new byte[4],
                targetInfo.bytes(),
                new byte[4]);
    }
}
