package io.jenkins.plugins.azurestack.powershell.ntlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.Test;

/** Signatures over what travels in clear, which SPNEGO exchanges before anything is sealed. */
public class SignatureTest {
    private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LIST = {1, 2, 3};
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.US_ASCII);

    @Test
    public void aSignatureIsTheOtherSidesOverTheSameBytes() throws Exception {
        final byte[] signature = NtlmSession.ofClient(KEY).sign(LIST);

        assertThat(signature).hasSize(NtlmSession.SIGNATURE_SIZE);
        NtlmSession.ofServer(KEY).verify(LIST, signature);
        assertThatThrownBy(() -> NtlmSession.ofServer(KEY).verify(MESSAGE, signature))
                .isInstanceOf(NtlmException.class);
        assertThatThrownBy(() -> NtlmSession.ofClient(KEY).verify(LIST, signature))
                .as("its own")
                .isInstanceOf(NtlmException.class);
    }

    @Test
    public void afterARestartTheStreamsBeginAnewAndTheNumbersGoOn() throws Exception {
        final NtlmSession client = NtlmSession.ofClient(KEY);
        final NtlmSession server = NtlmSession.ofServer(KEY);
        server.verify(LIST, client.sign(LIST));
        client.restart();
        server.restart();
        final byte[] sealed = client.seal(MESSAGE);
        final byte[] fresh = NtlmSession.ofClient(KEY).seal(MESSAGE);

        assertThat(sealed).endsWith(Arrays.copyOfRange(fresh, NtlmSession.SIGNATURE_SIZE, fresh.length));
        assertThat(sealed[12]).as("the number in the signature").isEqualTo((byte) 1);
        assertThat(server.unseal(sealed, 0, sealed.length)).isEqualTo(MESSAGE);
    }
}
