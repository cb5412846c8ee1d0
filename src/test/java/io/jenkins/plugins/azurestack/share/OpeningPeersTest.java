package io.jenkins.plugins.azurestack.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.azurestack.net.DirectNetwork;
import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.peer.LibraryLog;
import io.jenkins.plugins.azurestack.peer.Samba;
import io.jenkins.plugins.azurestack.peer.WireTap;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;

/** What opening a share needs, and what is said when it fails, with real servers. */
public class OpeningPeersTest {
    @ClassRule
    public static final ServedFolder SERVED = new ServedFolder();

    @Rule
    public final LibraryLog log = new LibraryLog(Level.INFO);

    @After
    public void clear() throws IOException {
        SERVED.clear();
    }

    @Test
    public void aServerThatCanEncryptsEvenIfItNeedNot() throws IOException {
        try (WireTap tap = new WireTap(SERVED.samba().port())) {
            try (CertificatesFolder folder = SERVED.open(tap, Samba.SHARE, Protection.SIGNED)) {
                assertThat(folder.inspect().protection()).isEqualTo("SMB 3.1.1, AES-128-GCM");
                folder.stage(ServedFolder.set(), new ServedFolder.Notes());
            }
            assertThat(utf16(tap.sent())).contains("SMB").doesNotContain("arm_public");
        }
    }

    @Test
    public void aServerThatCannotEncryptIsSignedOrRefused() throws Throwable {
        final ServedFolder plain = new ServedFolder("server smb encrypt = off");
        with(plain, () -> {
            try (WireTap tap = new WireTap(plain.samba().port())) {
                try (CertificatesFolder folder = plain.open(tap, Samba.SHARE, Protection.SIGNED)) {
                    folder.stage(ServedFolder.set(), new ServedFolder.Notes());
                }
                assertThat(utf16(tap.sent())).contains("arm_public");
                plain.clear();
            }
            try (CertificatesFolder folder = plain.open()) {
                assertThat(folder.inspect().protection()).isEqualTo("SMB 3.1.1, signed");
                final ServedFolder.Notes notes = new ServedFolder.Notes();
                folder.stage(ServedFolder.set(), notes);
                assertThat(folder.remove(notes.written, notes.made, Rewriting.NONE)
                                .isComplete())
                        .isTrue();
            }
            assertThatExceptionOfType(ShareUnprotectedException.class)
                    .isThrownBy(() -> plain.open(plain.network(), Samba.SHARE, Protection.ENCRYPTED))
                    .withMessageContaining("without encryption")
                    .withMessageContaining("Nothing was read or written");
        });
    }

    @Test
    public void olderDialectsAreSpokenAndNamed() throws Throwable {
        final ServedFolder old = new ServedFolder("server max protocol = SMB2_10");
        with(old, () -> {
            try (CertificatesFolder folder = old.open()) {
                assertThat(folder.inspect().protection()).isEqualTo("SMB 2.1, signed");
            }
            assertThatExceptionOfType(ShareUnprotectedException.class)
                    .isThrownBy(() -> old.open(old.network(), Samba.SHARE, Protection.ENCRYPTED))
                    .withMessageContaining("SMB 2.1");
        });
        final ServedFolder early = new ServedFolder("server max protocol = SMB3_00");
        with(early, () -> {
            try (CertificatesFolder folder = early.open(early.network(), Samba.SHARE, Protection.ENCRYPTED)) {
                assertThat(folder.inspect().protection()).isEqualTo("SMB 3.0, AES-128-CCM");
                folder.stage(ServedFolder.set(), new ServedFolder.Notes());
            }
        });
    }

    @Test
    public void aServerThatDemandsEncryptionGetsIt() throws Throwable {
        final ServedFolder demanding = new ServedFolder("server smb encrypt = required");
        with(demanding, () -> {
            try (CertificatesFolder folder = demanding.open(demanding.network(), Samba.SHARE, Protection.ENCRYPTED)) {
                folder.stage(ServedFolder.set(), new ServedFolder.Notes());
            }
            assertThat(demanding.tree()).contains("AAD/KeyVault/key_vault.pfx");
        });
    }

    @Test
    public void aServerThatSpeaksOnlySmb1IsNotSpokenTo() throws Throwable {
        final ServedFolder ancient = new ServedFolder("server min protocol = NT1", "server max protocol = NT1");
        with(ancient, () -> assertThatExceptionOfType(ShareUnreachableException.class)
                .isThrownBy(ancient::open)
                .withMessageContaining("SMB 1"));
    }

    @Test
    public void aWrongPasswordIsSentOnceAndNamedAsSuch() {
        final WatchedNetwork network = WatchedNetwork.counting(SERVED.samba().port());

        assertThatExceptionOfType(ShareLogonException.class)
                .isThrownBy(() -> open(network, new PasswordCredentials(Samba.USER, "wrong".toCharArray())))
                .withMessageContaining(Samba.USER)
                .withMessageContaining("wrong user name or password")
                .withMessageContaining("sent once");

        assertThat(network.connections()).isEqualTo(1);
    }

    @Test
    public void domainsInFrontOfTheUserAreSentAsSuch() throws IOException {
        try (CertificatesFolder folder = open(
                SERVED.network(),
                new PasswordCredentials("CONTOSO\\" + Samba.USER, ServedFolder.PASSWORD.toCharArray()))) {
            assertThat(folder.inspect().entries()).isEmpty();
        }
    }

    @Test
    public void aDisabledAccountIsCalledDisabled() throws Throwable {
        final ServedFolder served = new ServedFolder();
        with(served, () -> {
            served.samba().disableAccount();
            assertThatExceptionOfType(ShareLogonException.class)
                    .isThrownBy(served::open)
                    .withMessageContaining("the account is disabled");
        });
    }

    @Test
    public void aGuestIsNeverTakenFor() throws Throwable {
        final ServedFolder hospitable = new ServedFolder("map to guest = Bad User");
        with(hospitable, () -> assertThatExceptionOfType(ShareUnprotectedException.class)
                .isThrownBy(
                        () -> open(hospitable.network(), new PasswordCredentials("stranger", "whatever".toCharArray())))
                .withMessageContaining("guest")
                .withMessageContaining("Nothing was read or written"));
    }

    @Test
    public void nobodyLogsOnWithoutAUserOrAPassword() {
        for (final PasswordCredentials lacking : List.of(
                new PasswordCredentials(Samba.USER, new char[0]),
                new PasswordCredentials("", "x".toCharArray()),
                new PasswordCredentials("CONTOSO\\", "x".toCharArray()))) {
            assertThatExceptionOfType(ShareLogonException.class)
                    .isThrownBy(() -> open(SERVED.network(), lacking))
                    .withMessageContaining("Nothing was sent");
        }
    }

    @Test
    public void aShareThatIsNotThereIsNamed() {
        assertThatExceptionOfType(ShareNotFoundException.class)
                .isThrownBy(() -> SERVED.open(SERVED.network(), "rotations", Protection.SIGNED))
                .withMessageContaining("no share 'rotations'");
    }

    @Test
    public void aShareThatIsNoneOfFilesIsNamed() {
        assertThatExceptionOfType(ShareNotFoundException.class)
                .isThrownBy(() -> SERVED.open(SERVED.network(), "IPC$", Protection.SIGNED))
                .withMessageContaining("no share of files");
    }

    @Test
    public void aFolderThatIsMissingIsNamed() throws IOException {
        final UncPath path = UncPath.parse("share", "\\\\files.contoso.com\\rotation\\east\\Certificates");

        assertThatExceptionOfType(ShareNotFoundException.class)
                .isThrownBy(
                        () -> ServedFolder.open(SERVED.network(), path, ServedFolder.credentials(), Protection.SIGNED))
                .withMessageContaining("east\\Certificates")
                .withMessageContaining("Create the folder Certificates");
    }

    @Test
    public void nestedFoldersWithBlanksAreReached() throws IOException {
        final var nested = SERVED.samba().directory().resolve("Azure Stack Hub/east 1/Certificates");
        Files.createDirectories(nested);
        final UncPath path = UncPath.parse("share", "\\\\10.30.0.50\\rotation\\azure stack hub\\East 1\\certificates");

        try (CertificatesFolder folder =
                ServedFolder.open(SERVED.network(), path, ServedFolder.credentials(), Protection.SIGNED)) {
            folder.stage(ServedFolder.set(), new ServedFolder.Notes());
        }

        assertThat(nested.resolve("AAD/ARM Public/arm_public.pfx")).isRegularFile();
    }

    @Test
    public void nobodyThereIsUnreachable() {
        final Network refusing = (host, port, timeout) -> {
            throw new ConnectException(host + ":" + port + ": refused");
        };

        assertThatExceptionOfType(ShareUnreachableException.class)
                .isThrownBy(() -> SERVED.open(refusing, Samba.SHARE, Protection.SIGNED))
                .withMessageContaining("files.contoso.com:445: refused")
                .withMessageContaining("Nothing was read or written");
    }

    @Test
    public void aServerThatSpeaksSomethingElseIsUnreachable() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            final Thread greeter = new Thread(() -> {
                try (var socket = listener.accept()) {
                    socket.getInputStream().read();
                    socket.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".repeat(50).getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // The client has gone.
                }
            });
            greeter.start();

            assertThatExceptionOfType(ShareUnreachableException.class)
                    .isThrownBy(() -> SERVED.open(
                            (host, port, timeout) ->
                                    new DirectNetwork().connect("127.0.0.1", listener.getLocalPort(), timeout),
                            Samba.SHARE,
                            Protection.SIGNED))
                    .withMessageContaining("agreeing on a dialect");
            greeter.join();
        }
    }

    @Test
    public void aClosedFolderDoesNothingMore() throws IOException {
        final CertificatesFolder folder = SERVED.open();
        folder.close();
        folder.close();

        assertThatExceptionOfType(ShareCancelledException.class).isThrownBy(folder::inspect);
    }

    @Test
    public void anInterruptedThreadStaysInterruptedAndChangesNothing() throws Exception {
        final AtomicReference<Throwable> thrown = new AtomicReference<>();
        final AtomicReference<Boolean> interrupted = new AtomicReference<>();
        final Thread worker = new Thread(() -> {
            try (CertificatesFolder folder = SERVED.open()) {
                Thread.currentThread().interrupt();
                folder.stage(ServedFolder.set(), new ServedFolder.Notes());
            } catch (IOException e) {
                thrown.set(e);
                interrupted.set(Thread.currentThread().isInterrupted());
            }
        });

        worker.start();
        worker.join();

        assertThat(thrown.get()).isInstanceOf(ShareCancelledException.class);
        assertThat(interrupted.get()).isTrue();
        assertThat(SERVED.tree()).isEmpty();
    }

    private static CertificatesFolder open(final Network network, final PasswordCredentials credentials)
            throws ShareException {
        return ServedFolder.open(network, ServedFolder.path(Samba.SHARE), credentials, Protection.SIGNED);
    }

    /** Names in UTF-16 as if they were in ASCII. */
    private static String utf16(final byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).replace("\u0000", "");
    }

    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    static void with(final ServedFolder served, final Work work) throws Throwable {
        served.before();
        try {
            work.run();
        } finally {
            served.after();
        }
    }
}
