package io.jenkins.plugins.azurestack.powershell.ntlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.Test;

/** The examples that MS-NLMP publishes for NTLMv2 (sections 4.2.1 and 4.2.4). */
public class PublishedVectorsTest {

    private static final byte[] SERVER_CHALLENGE = hex("0123456789abcdef");
    private static final byte[] CLIENT_CHALLENGE = hex("aaaaaaaaaaaaaaaa");
    private static final byte[] RANDOM_SESSION_KEY = hex("55555555555555555555555555555555");
    private static final TargetInfo TARGET_INFO = TargetInfo.empty()
            .with(TargetInfo.NB_DOMAIN_NAME, utf16("Domain"))
            .with(TargetInfo.NB_COMPUTER_NAME, utf16("Server"));

    @Test
    public void responseKeyOfUserAndDomain() throws Exception {
        assertThat(ntowfv2()).isEqualTo(hex("0c868a403bfd7a93a3001ef22ef02e3f"));
    }

    @Test
    public void proofOfKnowingThePassword() throws Exception {
        assertThat(proof()).isEqualTo(hex("68cd0ab851e51c96aabc927bebef6a1c"));
    }

    @Test
    public void sessionBaseKey() throws Exception {
        assertThat(NtlmKeys.sessionBaseKey(ntowfv2(), proof())).isEqualTo(hex("8de40ccadbc14a82f15cb0ad0de95ca3"));
    }

    @Test
    public void encryptedSessionKey() throws Exception {
        final byte[] baseKey = NtlmKeys.sessionBaseKey(ntowfv2(), proof());
        assertThat(NtlmKeys.exchangeKey(baseKey, RANDOM_SESSION_KEY))
                .isEqualTo(hex("c5dad2544fc9799094ce1ce90bc9d03e"));
    }

    @Test
    public void sealedMessageAndSignature() throws Exception {
        final byte[] sealed = NtlmSession.ofClient(RANDOM_SESSION_KEY).seal(utf16("Plaintext"));
        assertThat(Arrays.copyOf(sealed, 16)).isEqualTo(hex("010000007fb38ec5c55d497600000000"));
        assertThat(Arrays.copyOfRange(sealed, 16, sealed.length))
                .isEqualTo(hex("54e50165bf1936dc996020c1811b0f06fb5f"));
    }

    @Test
    public void signaturesCountTheMessages() throws Exception {
        final NtlmSession client = NtlmSession.ofClient(RANDOM_SESSION_KEY);
        for (int number = 0; number < 300; number++) {
            final byte[] sealed = client.seal(utf16("Plaintext"));
            assertThat(Arrays.copyOfRange(sealed, 12, 16)).isEqualTo(Bytes.u32(number));
        }
    }

    @Test
    public void aMessageLeftOutIsNoticed() throws Exception {
        final NtlmSession client = NtlmSession.ofClient(RANDOM_SESSION_KEY);
        client.seal(new byte[0]);
        final byte[] second = client.seal(utf16("second"));
        final NtlmSession server = NtlmSession.ofServer(RANDOM_SESSION_KEY);
        assertThatThrownBy(() -> server.unseal(second, 0, second.length)).isInstanceOf(NtlmException.class);
    }

    @Test
    public void eachCharacterOfAUserHasItsOwnUpperCase() throws Exception {
        assertThat(NtlmKeys.ntowfv2("stra\u00dfe", "", new char[0]))
                .isEqualTo(NtlmKeys.ntowfv2("STRA\u00dfE", "", new char[0]))
                .isNotEqualTo(NtlmKeys.ntowfv2("STRASSE", "", new char[0]));
    }

    @Test
    public void theOtherEndUnsealsInOrder() throws Exception {
        final NtlmSession client = NtlmSession.ofClient(RANDOM_SESSION_KEY);
        final NtlmSession server = NtlmSession.ofServer(RANDOM_SESSION_KEY);
        for (final String text : new String[] {"one", "", "three"}) {
            final byte[] sealed = client.seal(utf16(text));
            assertThat(server.unseal(sealed, 0, sealed.length)).isEqualTo(utf16(text));
        }
    }

    @Test
    public void aRepeatedMessageIsRefused() throws Exception {
        final byte[] sealed = NtlmSession.ofClient(RANDOM_SESSION_KEY).seal(utf16("once"));
        final NtlmSession server = NtlmSession.ofServer(RANDOM_SESSION_KEY);
        server.unseal(sealed, 0, sealed.length);
        assertThatThrownBy(() -> server.unseal(sealed, 0, sealed.length)).isInstanceOf(NtlmException.class);
    }

    @Test
    public void everyAlteredBitIsRefused() throws Exception {
        final byte[] sealed = NtlmSession.ofClient(RANDOM_SESSION_KEY).seal(utf16("Plaintext"));
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            final byte[] altered = sealed.clone();
            altered[bit / 8] ^= (byte) (1 << (bit % 8));
            final NtlmSession server = NtlmSession.ofServer(RANDOM_SESSION_KEY);
            assertThatThrownBy(() -> server.unseal(altered, 0, altered.length))
                    .as("bit %d", bit)
                    .isInstanceOf(NtlmException.class);
        }
    }

    private static byte[] ntowfv2() throws NtlmException {
        return NtlmKeys.ntowfv2("User", "Domain", "Password".toCharArray());
    }

    private static byte[] proof() throws NtlmException {
        return NtlmKeys.proof(ntowfv2(), SERVER_CHALLENGE, NtlmKeys.temp(new byte[8], CLIENT_CHALLENGE, TARGET_INFO));
    }

    private static byte[] utf16(final String text) {
        return text.getBytes(StandardCharsets.UTF_16LE);
    }

    private static byte[] hex(final String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
