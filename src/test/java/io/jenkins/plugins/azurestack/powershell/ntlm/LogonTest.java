package io.jenkins.plugins.azurestack.powershell.ntlm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.Test;

public class LogonTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.0006789Z");
    private static final byte[] NO_BINDING = new byte[16];
    private static final int GRANTED = NtlmFlags.ASKED;
    private static final TargetInfo SERVER = TargetInfo.empty()
            .with(TargetInfo.NB_COMPUTER_NAME, Bytes.utf16("ERCS01"))
            .with(TargetInfo.TIMESTAMP, TargetInfo.fileTime(NOW));
    private static final byte[] CHALLENGE =
            ChallengeMessage.write(GRANTED, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, SERVER);

    @Test
    public void aServerThatKnowsThePasswordSharesTheKeys() throws Exception {
        final NtlmClient client = client("AzureStack\\CloudAdmin");
        final AuthenticateMessage answer = AuthenticateMessage.parse(client.authenticate(CHALLENGE));

        final Optional<NtlmSession> server = answer.verify("secret".toCharArray(), client.negotiate(), CHALLENGE);

        final byte[] sealed = client.session().seal("hello".getBytes(UTF_8));
        assertThat(server.orElseThrow().unseal(sealed, 0, sealed.length)).isEqualTo("hello".getBytes(UTF_8));
    }

    @Test
    public void anotherPasswordIsRefused() throws Exception {
        final NtlmClient client = client("AzureStack\\CloudAdmin");
        final AuthenticateMessage answer = AuthenticateMessage.parse(client.authenticate(CHALLENGE));
        assertThat(answer.verify("Secret".toCharArray(), client.negotiate(), CHALLENGE))
                .isEmpty();
    }

    @Test
    public void aChallengeAlteredOnItsWayIsNoticed() throws Exception {
        final NtlmClient client = client("AzureStack\\CloudAdmin");
        final byte[] altered = CHALLENGE.clone();
        altered[20] ^= 2;
        final AuthenticateMessage answer = AuthenticateMessage.parse(client.authenticate(altered));
        assertThat(answer.verify("secret".toCharArray(), client.negotiate(), CHALLENGE))
                .isEmpty();
    }

    @Test
    public void domainAndUserAreSplitAtTheBackslash() throws Exception {
        final AuthenticateMessage answer =
                AuthenticateMessage.parse(client("AzureStack\\CloudAdmin").authenticate(CHALLENGE));
        assertThat(answer.domain()).isEqualTo("AzureStack");
        assertThat(answer.user()).isEqualTo("CloudAdmin");
    }

    @Test
    public void aPrincipalNameTravelsWholeAndWithoutDomain() throws Exception {
        final AuthenticateMessage answer =
                AuthenticateMessage.parse(client("CloudAdmin@azurestack.local").authenticate(CHALLENGE));
        assertThat(answer.domain()).isEmpty();
        assertThat(answer.user()).isEqualTo("CloudAdmin@azurestack.local");
    }

    @Test
    public void theServersOwnTimeIsAnsweredSoThatAWrongClockDoesNotMatter() throws Exception {
        final NtlmClient client = client("u");
        final AuthenticateMessage answer = AuthenticateMessage.parse(client.authenticate(CHALLENGE));
        assertThat(answer.targetInfo().timestamp()).contains(Instant.parse("2026-01-02T03:04:05.000678900Z"));
        assertThat(client.targetInfo().orElseThrow().timestamp()).contains(NOW);
        assertThat(timeOfProof(client("u").authenticate(CHALLENGE))).isEqualTo(TargetInfo.fileTime(NOW));
    }

    @Test
    public void aServerWithoutAClockIsToldOurs() throws Exception {
        final byte[] challenge = ChallengeMessage.write(GRANTED, new byte[8], TargetInfo.empty());
        assertThat(timeOfProof(client("u").authenticate(challenge))).isEqualTo(TargetInfo.fileTime(clock().instant()));
    }

    /** The time in what was hashed to prove that the password is known (MS-NLMP 2.2.2.7). */
    private static byte[] timeOfProof(final byte[] authenticate) throws NtlmException {
        final byte[] response = MessageReader.open(authenticate, 3, 88).field(20);
        return Arrays.copyOfRange(response, 24, 32);
    }

    @Test
    public void bindingServiceAndMicFlagAreInTheProof() throws Exception {
        final byte[] binding = new byte[16];
        Arrays.fill(binding, (byte) 7);
        final NtlmClient client = new NtlmClient(credentials("u"), "HTTP/ercs01", binding, clock(), new Random(1));
        final TargetInfo info =
                AuthenticateMessage.parse(client.authenticate(CHALLENGE)).targetInfo();
        assertThat(info.get(TargetInfo.CHANNEL_BINDINGS)).hasValue(binding);
        assertThat(info.get(TargetInfo.TARGET_NAME)).hasValue(Bytes.utf16("HTTP/ercs01"));
        assertThat(info.get(TargetInfo.FLAGS)).hasValue(new byte[] {2, 0, 0, 0});
    }

    @Test
    public void aServerThatWouldNotSealWithAFullKeyIsRefused() {
        for (final int flag : new int[] {
            NtlmFlags.UNICODE,
            NtlmFlags.SIGN,
            NtlmFlags.SEAL,
            NtlmFlags.EXTENDED_SESSION_SECURITY,
            NtlmFlags.KEY_128,
            NtlmFlags.KEY_EXCHANGE
        }) {
            final byte[] challenge = ChallengeMessage.write(GRANTED & ~flag, new byte[8], SERVER);
            assertThatThrownBy(() -> client("u").authenticate(challenge))
                    .as("without %08x", flag)
                    .isInstanceOf(NtlmException.class)
                    .hasMessageContaining("sealing");
        }
    }

    @Test
    public void aChallengeLargerThanAnyHonestOneIsRefused() throws Exception {
        final byte[] challenge =
                ChallengeMessage.write(GRANTED, new byte[8], SERVER.with(TargetInfo.NB_DOMAIN_NAME, new byte[17_000]));
        assertThatThrownBy(() -> client("u").authenticate(challenge))
                .isInstanceOf(NtlmException.class)
                .hasMessageContaining("larger");
    }

    @Test
    public void everyCutOffChallengeIsRefusedInWords() {
        for (int length = 0; length < CHALLENGE.length; length++) {
            final byte[] cut = Arrays.copyOf(CHALLENGE, length);
            assertThatThrownBy(() -> client("u").authenticate(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(NtlmException.class);
        }
    }

    @Test
    public void aVirtualMachineWithoutTheAlgorithmsNamesHttpsAsTheWayOut() throws Exception {
        try (WithheldAlgorithms withheld = new WithheldAlgorithms()) {
            assertThat(withheld).isNotNull();
            assertThatThrownBy(() -> client("u").authenticate(CHALLENGE))
                    .isInstanceOf(NtlmUnavailableException.class)
                    .hasMessageContaining("HTTPS")
                    .hasMessageContaining("Basic")
                    .hasRootCauseInstanceOf(NoSuchAlgorithmException.class);
        }
    }

    @Test
    public void wipedCredentialsNeverPrintAndNeverLogOn() throws Exception {
        final PasswordCredentials credentials = credentials("u");
        assertThat(credentials.toString()).doesNotContain("secret");
        final NtlmClient client = new NtlmClient(credentials, "HTTP/h", NO_BINDING, clock(), new Random(1));
        credentials.close();
        assertThatThrownBy(() -> client.authenticate(CHALLENGE)).isInstanceOf(IllegalStateException.class);
        assertThat(credentials).extracting("password").isEqualTo(new char["secret".length()]);
    }

    private static NtlmClient client(final String user) {
        return new NtlmClient(credentials(user), "HTTP/ercs01", NO_BINDING, clock(), new Random(1));
    }

    private static PasswordCredentials credentials(final String user) {
        return new PasswordCredentials(user, "secret".toCharArray());
    }

    private static Clock clock() {
        return Clock.fixed(NOW.plusSeconds(3600), ZoneOffset.UTC);
    }
}
