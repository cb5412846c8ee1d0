package io.jenkins.plugins.azurestack.simulator.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmClient;
import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.junit.Test;

/** Tokens, bodies and envelopes with bytes changed, cut and added: refused, one way or the other, and never a bug. */
public class MutatedTokensTest {
    private static final int ROUNDS = 5000;
    /** What MIT Kerberos sends first where it prefers NTLM: frame, mechanisms, an NTLM negotiate message. */
    private static final byte[] SPNEGO = Base64.getDecoder()
            .decode(
                    "YEgGBisGAQUFAqA+MDygDjAMBgorBgEEAYI3AgIKoioEKE5UTE1TU1AAAQAAABWCCGIAAAAAAAAAAAAAAAAAAAAABgEAAAAAAA8="
                            + "");

    private final Random random = new Random(42);

    private interface Reading {
        void read(byte[] bytes) throws WsManFault, IOException;
    }

    private void mutate(final byte[] valid, final Reading reading) {
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try {
                reading.read(mutant(valid));
            } catch (WsManFault | IOException e) {
                refused++;
            }
        }
        assertThat(refused).as("some mutants matter").isPositive();
    }

    private byte[] mutant(final byte[] valid) {
        final byte[] mutant =
                Arrays.copyOf(valid, random.nextInt(4) == 0 ? random.nextInt(valid.length + 8) : valid.length);
        for (int i = random.nextInt(4); i >= 0 && mutant.length > 0; i--) {
            mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
        }
        return mutant;
    }

    @Test
    public void spnegoTokens() throws Exception {
        assertThat(Spnego.read(SPNEGO).token()).isPresent();

        mutate(SPNEGO, Spnego::read);
        mutate(
                Spnego.answer(Spnego.State.INCOMPLETE, Optional.of(new byte[40]), Optional.of(new byte[16])),
                Spnego::read);
    }

    @Test
    public void ntlmMessages() throws Exception {
        final SecureRandom secure = new SecureRandom();
        try (PasswordCredentials user = RunningEndpoint.user()) {
            final NtlmClient client = new NtlmClient(user, "HTTP/localhost", new byte[16], Clock.systemUTC(), secure);
            final NtlmAcceptor acceptor =
                    NtlmAcceptor.challenging(client.negotiate(), "AZURESTACK", "AZS-ERCS01", Instant.now(), secure);
            final byte[] answer = client.authenticate(acceptor.challenge());
            final char[] password = TestAccounts.PASSWORD.toCharArray();
            assertThat(acceptor.verify(acceptor.read(answer), password, new byte[16])
                            .verdict())
                    .isEqualTo(NtlmAcceptor.Verdict.ACCEPTED);

            mutate(
                    client.negotiate(),
                    bytes -> NtlmAcceptor.challenging(bytes, "AZURESTACK", "AZS-ERCS01", Instant.now(), secure));
            mutate(answer, bytes -> {
                final var verdict = acceptor.verify(acceptor.read(bytes), password, new byte[16])
                        .verdict();
                assertThat(verdict == NtlmAcceptor.Verdict.ACCEPTED && !Arrays.equals(bytes, answer))
                        .as("an altered message is never accepted")
                        .isFalse();
            });
        }
    }

    @Test
    public void sealedBodies() throws Exception {
        final byte[] key = new byte[16];
        final byte[] sealed =
                SealedParts.seal(NtlmSession.ofClient(key), "something secret".getBytes(StandardCharsets.UTF_8));
        assertThat(SealedParts.unseal(NtlmSession.ofServer(key), sealed))
                .asString()
                .isEqualTo("something secret");

        mutate(sealed, bytes -> SealedParts.unseal(NtlmSession.ofServer(key), bytes));
    }

    @Test
    public void envelopes() {
        final byte[] envelope = ("<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:w=\""
                        + WsManNames.WSMAN
                        + "\" xmlns:a=\"" + WsManNames.ADDRESSING + "\"><s:Header><a:Action>"
                        + "http://schemas.xmlsoap.org/ws/2004/09/transfer/Get</a:Action>"
                        + "<w:ResourceURI>x</w:ResourceURI><w:OperationTimeout>PT20S</w:OperationTimeout>"
                        + "<w:MaxEnvelopeSize>153600</w:MaxEnvelopeSize><w:SelectorSet><w:Selector"
                        + " Name=\"ShellId\">1</w:Selector></w:SelectorSet></s:Header><s:Body/></s:Envelope>")
                .getBytes(StandardCharsets.UTF_8);

        mutate(envelope, bytes -> {
            final SoapRequest request = SoapRequest.parse(bytes);
            request.checkUnderstood();
            request.action();
            request.timeout();
            request.maxEnvelopeSize();
            request.selectors();
            request.options();
            request.resource();
        });
    }
}
