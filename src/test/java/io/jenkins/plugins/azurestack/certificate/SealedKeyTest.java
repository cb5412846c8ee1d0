package io.jenkins.plugins.azurestack.certificate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.azurestack.certificate.UnreadableKeyException.Kind;
import io.jenkins.plugins.azurestack.certificate.readiness.Keys;
import io.jenkins.plugins.azurestack.peer.DebianProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class SealedKeyTest {
    private static final String PASSPHRASE = "correct horse b\u00e4ttery";
    private static final SecureRandom RANDOM = new SecureRandom();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final PrivateKey key = Keys.rsa("leaf").getPrivate();

    private static byte[] seal(final PrivateKey key) {
        return SealedKey.seal(key, PASSPHRASE.toCharArray(), RANDOM);
    }

    private static PrivateKey open(final byte[] content) throws UnreadableKeyException {
        return SealedKey.open(content, PASSPHRASE.toCharArray());
    }

    @Test
    public void opensWhatItSealed() throws Exception {
        final byte[] sealed = seal(key);

        assertThat(open(sealed)).isEqualTo(key);
        assertThat(new String(sealed, US_ASCII)).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----\n");
        assertThat(open(Base64.getMimeDecoder()
                        .decode(new String(sealed, US_ASCII).replaceAll("-----[A-Z ]+-----", ""))))
                .isEqualTo(key);
    }

    @Test
    public void opensslOpensWhatWasSealedHereAndTheOtherWayRound() throws Exception {
        final DebianProgram openssl = DebianProgram.required("openssl", "openssl");
        final Path home = folder.getRoot().toPath();
        Files.write(home.resolve("sealed"), seal(key));
        openssl.run(home, "pkcs8", "-in", "sealed", "-passin", "pass:" + PASSPHRASE, "-out", "plain");
        openssl.run(home, "pkcs8", "-topk8", "-in", "plain", "-passout", "pass:" + PASSPHRASE, "-out", "again");

        assertThat(open(Files.readAllBytes(home.resolve("again")))).isEqualTo(key);
        assertThat(openssl.run(home, "asn1parse", "-in", "sealed"))
                .contains("PBES2", "PBKDF2", "hmacWithSHA256", "aes-256-cbc");
    }

    @Test
    public void theSameKeyIsNeverSealedTheSame() {
        assertThat(seal(key)).isNotEqualTo(seal(key));
    }

    private static void assertFails(final byte[] content, final Kind kind) {
        final UnreadableKeyException failure = catchThrowableOfType(UnreadableKeyException.class, () -> open(content));
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
        assertThat(failure.advice()).endsWith(".");
        assertThat(failure.getMessage()).doesNotContain(PASSPHRASE);
    }

    @Test
    public void saysThatThePassphraseIsWrong() {
        final byte[] sealed = SealedKey.seal(key, "another passphrase".toCharArray(), 2, RANDOM);

        // Of 256 wrong ones, one decrypts to a whole last block by chance, and then to no key.
        final UnreadableKeyException failure = catchThrowableOfType(UnreadableKeyException.class, () -> open(sealed));
        assertThat(failure.kind()).isIn(Kind.WRONG_PASSPHRASE, Kind.NOT_A_SEALED_KEY);
    }

    @Test
    public void saysWhatIsNoSealedKey() {
        for (final byte[] none : List.of(
                new byte[0],
                "none".getBytes(US_ASCII),
                key.getEncoded(),
                Pem.of("PRIVATE KEY", key.getEncoded()),
                Pem.of("ENCRYPTED PRIVATE KEY", new byte[] {0x30, 0}),
                Pem.of("ENCRYPTED PRIVATE KEY", key.getEncoded()),
                new byte[100_000])) {
            assertFails(none, Kind.NOT_A_SEALED_KEY);
        }
    }

    @Test
    public void aKeyThatIsNoneOfRsaIsNotOpened() {
        assertFails(SealedKey.seal(Keys.ec().getPrivate(), PASSPHRASE.toCharArray(), 2, RANDOM), Kind.NOT_A_SEALED_KEY);
    }

    /** With few iterations, or each would take long. */
    @Test
    public void anyChangedFileOpensOrFailsWithAReason() throws Exception {
        final byte[] der = Base64.getMimeDecoder()
                .decode(new String(SealedKey.seal(key, PASSPHRASE.toCharArray(), 2, RANDOM), US_ASCII)
                        .replaceAll("-----[A-Z ]+-----", ""));
        int failed = 0;
        for (int i = 0; i < der.length; i++) {
            final byte[] changed = der.clone();
            changed[i] ^= (byte) 0xA5;
            try {
                open(changed);
            } catch (UnreadableKeyException e) {
                assertThat(e.getMessage()).isNotBlank();
                failed++;
            }
        }
        assertThat(failed).isGreaterThan(50);
    }

    @Test
    public void aShortPassphraseIsRefused() {
        final char[] eleven = new char[11];
        Arrays.fill(eleven, 'a');

        assertThatThrownBy(() -> SealedKey.seal(key, eleven, RANDOM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("12 characters");
    }
}
