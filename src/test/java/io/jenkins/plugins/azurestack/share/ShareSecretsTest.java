package io.jenkins.plugins.azurestack.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.peer.LibraryLog;
import io.jenkins.plugins.azurestack.peer.Samba;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.share.ServedFolder.Notes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import org.bouncycastle.crypto.digests.MD4Digest;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;

/** Passwords, what is derived from them, and the content of files: in no log of the library, no exception, no text. */
public class ShareSecretsTest {
    @ClassRule
    public static final ServedFolder SERVED = new ServedFolder();

    /** What an administrator may switch on. */
    private static final Level SAFE = Level.FINE;

    private static final String WRONG = "Wrong-Canary-7";

    @Rule
    public final LibraryLog log = new LibraryLog(Level.ALL);

    private final CertificateFiles set = ServedFolder.set();
    private final List<String> said = new ArrayList<>();

    @After
    public void clear() throws IOException {
        SERVED.clear();
    }

    @Test
    public void nothingSaysASecret() throws IOException {
        useTheShare();
        fail(() -> ServedFolder.open(
                SERVED.network(),
                ServedFolder.path(Samba.SHARE),
                new PasswordCredentials(Samba.USER, WRONG.toCharArray()),
                Protection.SIGNED));
        for (long at = 0; at < 30_000; at += 2_500) {
            final WatchedNetwork cut =
                    WatchedNetwork.cutAfterSending(SERVED.samba().port(), at);
            SERVED.clear();
            fail(() -> {
                try (CertificatesFolder folder = SERVED.open(cut, Samba.SHARE, Protection.SIGNED)) {
                    folder.stage(set, new Notes());
                }
            });
        }

        said.addAll(log.lines(Level.ALL));
        final String all = String.join("\n", said).toLowerCase(Locale.ROOT);
        for (final String canary : canaries()) {
            assertThat(all.contains(canary.toLowerCase(Locale.ROOT)))
                    .as("says %s", canary)
                    .isFalse();
        }
    }

    @Test
    public void theLevelThatIsCalledSafeHasNothingToGuessAPasswordFrom() throws IOException {
        useTheShare();

        assertThat(log.lines(SAFE)).isNotEmpty().noneMatch(line -> line.contains("ntResponse"));
        // Below it the library says its answer to the server's challenge.
        assertThat(log.lines(Level.ALL)).anyMatch(line -> line.contains("ntResponse"));
    }

    @Test
    public void theseCanariesWouldBeFound() {
        final byte[] content = set.files().get(0).content();
        assertThat(canaries())
                .contains(ServedFolder.PASSWORD, WRONG)
                .contains(HexFormat.of().formatHex(Arrays.copyOf(content, 8)))
                .contains(HexFormat.of().formatHex(ntHash(WRONG)));
    }

    private void useTheShare() throws IOException {
        final ShareClient client = new ShareClient(SERVED.network(), new SecureRandom(), ShareLimits.USUAL);
        try (PasswordCredentials credentials = ServedFolder.credentials();
                CertificatesFolder folder =
                        client.open(ServedFolder.path(Samba.SHARE), credentials, Protection.SIGNED)) {
            final Notes notes = new Notes();
            final List<StagedFile> staged = folder.stage(set, notes);
            final Comparison comparison = folder.compare(staged);
            final Removal removal = folder.remove(staged, notes.made, Rewriting.NONE);
            for (final Object any : List.of(
                    client,
                    folder,
                    folder.inspect(),
                    staged,
                    comparison,
                    removal,
                    set,
                    set.files().get(0),
                    credentials)) {
                said.add(any.toString());
            }
        }
    }

    @FunctionalInterface
    private interface Failing {
        void run() throws IOException;
    }

    private void fail(final Failing failing) throws IOException {
        try {
            failing.run();
        } catch (ShareException e) {
            final StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            said.add(text.toString());
            said.add(LibraryLog.everything(e));
        }
    }

    private List<String> canaries() {
        final List<String> canaries = new ArrayList<>();
        for (final String password : List.of(ServedFolder.PASSWORD, WRONG)) {
            canaries.add(password);
            addForms(canaries, password.getBytes(StandardCharsets.UTF_8));
            addForms(canaries, password.getBytes(StandardCharsets.UTF_16LE));
            addForms(canaries, ntHash(password));
        }
        set.files().forEach(file -> addForms(canaries, Arrays.copyOf(file.content(), 8)));
        return canaries;
    }

    /** As hexadecimal digits, with blanks and without, as decimals, and as base64. */
    private static void addForms(final List<String> canaries, final byte[] bytes) {
        final String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
        canaries.add(HexFormat.of().formatHex(bytes));
        canaries.add(HexFormat.ofDelimiter(" ").formatHex(bytes));
        canaries.add(Arrays.toString(bytes).replaceAll("[\\[\\]]", ""));
        canaries.add(base64.substring(0, base64.length() - 1));
    }

    private static byte[] ntHash(final String password) {
        final byte[] text = password.getBytes(StandardCharsets.UTF_16LE);
        final MD4Digest digest = new MD4Digest();
        digest.update(text, 0, text.length);
        final byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return hash;
    }
}
