package io.jenkins.plugins.azurestack.simulator.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.net.DirectNetwork;
import io.jenkins.plugins.azurestack.peer.LibraryLog;
import io.jenkins.plugins.azurestack.peer.Samba;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.share.CertificateFile;
import io.jenkins.plugins.azurestack.share.CertificateFiles;
import io.jenkins.plugins.azurestack.share.CertificatesFolder;
import io.jenkins.plugins.azurestack.share.Comparison;
import io.jenkins.plugins.azurestack.share.Protection;
import io.jenkins.plugins.azurestack.share.ShareClient;
import io.jenkins.plugins.azurestack.share.ShareLimits;
import io.jenkins.plugins.azurestack.share.StagedFile;
import io.jenkins.plugins.azurestack.share.StagingJournal;
import io.jenkins.plugins.azurestack.share.UncPath;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.logging.Level;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** One directory, opened by the simulated stamp and served to everybody else by a real server. */
public class SharedDirectoryPeersTest {
    private static final String UNC = DirectoryShare.USUAL_PATH + "\\Certificates";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final LibraryLog log = new LibraryLog(Level.OFF);

    @Test
    public void theStampOpensWhatWasStagedOverSmbAndItsRewritingIsSeenThere() throws Exception {
        final Path directory =
                folder.newFolder("served", "Certificates").toPath().getParent();
        final ShareAccount account = ShareAccount.USUAL;
        final DirectoryShare share =
                new DirectoryShare(DirectoryShareTest.world(), DirectoryShare.USUAL_PATH, directory, account);
        try (Samba samba = Samba.start(folder.newFolder("smbd").toPath(), directory, account.password());
                PasswordCredentials credentials = new PasswordCredentials(
                        account.user(), account.password().toCharArray());
                CertificatesFolder certificates = new ShareClient(
                                (host, port, timeout) ->
                                        new DirectNetwork().connect("127.0.0.1", samba.port(), timeout),
                                new SecureRandom(),
                                ShareLimits.USUAL)
                        .open(UncPath.parse("share", UNC), credentials, Protection.SIGNED)) {
            final List<StagedFile> staged = certificates.stage(
                    new CertificateFiles(
                            IdentityProvider.AAD,
                            List.of(new CertificateFile(
                                    CertificateFolder.ARM_PUBLIC, "east.pfx", "pfx".getBytes(StandardCharsets.UTF_8)))),
                    new Unwritten());

            final Path opened = share.open(
                    UNC + "\\AAD\\ARM Public\\east.pfx",
                    account.user(),
                    account.password().toCharArray());
            assertThat(opened).hasContent("pfx");
            Files.writeString(opened, "rewritten");

            assertThat(certificates.compare(staged).files().values()).containsExactly(Comparison.State.CHANGED);
        }
    }

    /** A journal for those who will not look into it. */
    private static final class Unwritten implements StagingJournal {
        @Override
        public void aboutToMake(final String name) {}

        @Override
        public void made(final String name) {}

        @Override
        public void aboutToWrite(final StagedFile file) {}

        @Override
        public void written(final StagedFile file) {}
    }
}
