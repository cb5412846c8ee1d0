package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.journal.FileDisk;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.net.DirectNetwork;
import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.peer.Samba;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.share.Protection;
import io.jenkins.plugins.azurestack.share.ShareClient;
import io.jenkins.plugins.azurestack.share.ShareLimits;
import io.jenkins.plugins.azurestack.share.UncPath;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Staging over SMB, against a real server. */
public class SmbStagingPeersTest {
    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static final String PASSWORD = "Share-Canary 1";
    private static final byte[] PFX = "the bytes of a file".getBytes(StandardCharsets.US_ASCII);
    private static final String PATH = "AAD/ARM Public/east-external-1.pfx";
    private static Samba samba;

    private final AtomicInteger connections = new AtomicInteger();

    @BeforeClass
    public static void start() throws IOException, InterruptedException {
        FOLDER.newFolder("served", "Certificates");
        samba = Samba.start(
                FOLDER.newFolder("smbd").toPath(), FOLDER.getRoot().toPath().resolve("served"), PASSWORD);
    }

    @AfterClass
    public static void stop() {
        if (samba != null) {
            samba.close();
        }
    }

    @After
    public void clear() throws IOException {
        try (Stream<Path> all = Files.walk(certificates())) {
            for (final Path path : all.sorted(java.util.Comparator.reverseOrder())
                    .filter(each -> !each.equals(certificates()))
                    .toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    public void aFileIsWrittenReadBackSeenAndRemovedWithTheFoldersMadeForIt() throws Exception {
        final SmbStaging staging = staging("east-external-1");

        assertThat(staging.look()).isEmpty();
        assertThat(staging.pathOf(CertificateFolder.ARM_PUBLIC)).isEqualTo(PATH);
        assertThat(staging.stage(CertificateFolder.ARM_PUBLIC, PFX.clone())).isEqualTo(sha256(PFX));
        assertThat(staging.look()).isEqualTo(Map.of(PATH, sha256(PFX)));
        assertThat(Files.readAllBytes(certificates().resolve(PATH))).isEqualTo(PFX);

        assertThat(staging.remove(List.of(PATH), List.of())).isEmpty();
        assertThat(staging.look()).isEmpty();
        assertThat(certificates().resolve("AAD")).doesNotExist();
    }

    @Test
    public void whatTheStampHasRewrittenIsRemovedAllTheSame() throws Exception {
        final SmbStaging staging = staging("east-external-1");
        staging.stage(CertificateFolder.ARM_PUBLIC, PFX.clone());
        Files.writeString(certificates().resolve(PATH), "encrypted anew by the stamp");

        assertThat(staging.remove(List.of(PATH), List.of())).isEmpty();
        assertThat(certificates().resolve(PATH)).doesNotExist();
    }

    @Test
    public void whatOthersPutThereIsSeenAndNeverTouched() throws Exception {
        final Path foreign = certificates().resolve("AAD/ARM Public/theirs.pfx");
        Files.createDirectories(foreign.getParent());
        Files.write(foreign, PFX);
        Files.createDirectories(certificates().resolve("Old"));
        final SmbStaging staging = staging("east-external-1");

        assertThat(staging.look())
                .containsExactlyInAnyOrderEntriesOf(Map.of("AAD/ARM Public/theirs.pfx", sha256(PFX), "Old", ""));
        assertThat(staging.remove(List.of("AAD/ARM Public/theirs.pfx"), List.of()))
                .containsEntry("AAD/ARM Public/theirs.pfx", "it is not called after this rotation");
        assertThat(foreign).exists();
        assertThat(foreign.getParent()).exists();
    }

    @Test
    public void aFileThatIsThereIsNotOverwritten() throws Exception {
        final Path there = certificates().resolve(PATH);
        Files.createDirectories(there.getParent());
        Files.writeString(there, "older");

        assertThatThrownBy(() -> staging("east-external-1").stage(CertificateFolder.ARM_PUBLIC, PFX.clone()))
                .isInstanceOf(NotKnownException.class);
        assertThat(there).hasContent("older");
    }

    @Test
    public void aFolderThatWasThereBeforeStays() throws Exception {
        Files.createDirectories(certificates().resolve("AAD"));
        final SmbStaging staging = staging("east-external-1");
        staging.stage(CertificateFolder.ARM_PUBLIC, PFX.clone());
        staging.remove(List.of(PATH), List.of());

        assertThat(certificates().resolve("AAD")).isEmptyDirectory();
    }

    @Test
    public void aResumeElsewhereRemovesTheFoldersThatAnotherMadeAndNoOthers() throws Exception {
        Files.createDirectories(certificates().resolve("AAD"));
        final SmbStaging first = staging("east-external-1");
        first.stage(CertificateFolder.ARM_PUBLIC, PFX.clone());
        assertThat(first.made()).containsExactly("AAD/ARM Public");

        assertThat(staging("east-external-1").remove(List.of(PATH), first.made()))
                .isEmpty();
        assertThat(certificates().resolve("AAD")).isEmptyDirectory();
    }

    @Test
    public void whatStandsAgainstStagingIsSaid() throws Exception {
        assertThat(staging("east-external-1").obstacles(1000)).isEmpty();
        assertThat(staging(Samba.READ_ONLY, PASSWORD, RefusedLogonsTest.FORGETFUL)
                        .obstacles(1000))
                .anyMatch(obstacle -> obstacle.contains("may not add files"));
        assertThat(staging(Samba.NEARLY_FULL, PASSWORD, RefusedLogonsTest.FORGETFUL)
                        .obstacles(1000))
                .anyMatch(obstacle -> obstacle.contains("need 1050576 bytes"));
    }

    @Test
    public void aRefusedPasswordIsSentOnceEvenByTheNextBuild() throws Exception {
        final Path stamp = FOLDER.newFolder("stamp").toPath();

        assertThatThrownBy(() -> staging(Samba.SHARE, "wrong", logons(stamp)).look())
                .isInstanceOf(NotKnownException.class)
                .hasMessageContaining("can't log on");
        final int before = connections.get();
        assertThatThrownBy(() -> staging(Samba.SHARE, "wrong", logons(stamp)).look())
                .isInstanceOf(NotKnownException.class)
                .hasMessageContaining("with this very password before; nothing was sent")
                .hasMessageNotContaining("wrong");
        assertThat(connections).hasValue(before);
        assertThat(staging(Samba.SHARE, PASSWORD, logons(stamp)).look()).isEmpty();
    }

    private static RefusedLogons logons(final Path stamp) throws IOException {
        return new RefusedLogons(new FileDisk(), stamp, RefusedLogonsTest.KEY, Clock.systemUTC(), line -> {});
    }

    private SmbStaging staging(final String rotation) {
        return staging(Samba.SHARE, PASSWORD, RefusedLogonsTest.FORGETFUL, rotation);
    }

    private SmbStaging staging(
            final String share, final String password, final io.jenkins.plugins.azurestack.pep.Logons logons) {
        return staging(share, password, logons, "east-external-1");
    }

    private SmbStaging staging(
            final String share,
            final String password,
            final io.jenkins.plugins.azurestack.pep.Logons logons,
            final String rotation) {
        final DirectNetwork direct = new DirectNetwork();
        final Network network = (host, port, timeout) -> {
            connections.incrementAndGet();
            return direct.connect("127.0.0.1", samba.port(), timeout);
        };
        return new SmbStaging(
                new ShareClient(
                        network, new SecureRandom(), new ShareLimits(Duration.ofSeconds(20), Duration.ofSeconds(20))),
                UncPath.parse("certificateShare", "\\\\files.contoso.com\\" + share + "\\Certificates"),
                new PasswordCredentials(Samba.USER, password.toCharArray()),
                Protection.SIGNED,
                IdentityProvider.AAD,
                new RotationId(rotation),
                logons);
    }

    private static Path certificates() {
        return samba.directory().resolve("Certificates");
    }

    private static String sha256(final byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
