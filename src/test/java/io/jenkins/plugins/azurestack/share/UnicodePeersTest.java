package io.jenkins.plugins.azurestack.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.peer.DebianProgram;
import io.jenkins.plugins.azurestack.peer.LibraryLog;
import io.jenkins.plugins.azurestack.share.ServedFolder.Notes;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Names beyond ASCII, made and looked at by a shell, since the JVM of a test may know no names but ASCII ones. */
public class UnicodePeersTest {
    @ClassRule
    public static final ServedFolder SERVED = new ServedFolder();

    private static final String PARENT = "Z\u00fcrich \u6771\u4eac";
    private static final String NAME = "\u00f6st-\u8a3c\u660e\u66f8.pfx";

    @Rule
    public final TemporaryFolder scripts = new TemporaryFolder();

    @Rule
    public final LibraryLog log = new LibraryLog(Level.INFO);

    @Test
    public void namesBeyondAsciiArriveAsTheyAre() throws Exception {
        final UncPath path = UncPath.parse("share", "\\\\files.contoso.com\\rotation\\" + PARENT + "\\Certificates");
        final Notes notes = new Notes();
        shell("mkdir -p '" + PARENT + "/Certificates'");
        try (CertificatesFolder folder =
                ServedFolder.open(SERVED.network(), path, ServedFolder.credentials(), Protection.ENCRYPTED)) {
            final CertificateFiles set = new CertificateFiles(
                    IdentityProvider.ADFS,
                    List.of(new CertificateFile(CertificateFolder.GRAPH, NAME, new byte[] {1, 2, 3})));
            folder.stage(set, notes);

            assertThat(shell("find '" + PARENT + "' -type f"))
                    .isEqualTo(PARENT + "/Certificates/ADFS/Graph/" + NAME + "\n");
            assertThat(folder.compare(notes.written).isAsStaged()).isTrue();
            assertThat(folder.remove(notes.written, notes.made, Rewriting.NONE).isComplete())
                    .isTrue();
            assertThat(shell("find '" + PARENT + "'")).isEqualTo(PARENT + "\n" + PARENT + "/Certificates\n");
        } finally {
            shell("rm -r '" + PARENT + "'");
        }
    }

    private String shell(final String command) throws IOException, InterruptedException {
        final Path script =
                Files.write(scripts.getRoot().toPath().resolve("script"), command.getBytes(StandardCharsets.UTF_8));
        return DebianProgram.required("sh", "dash").run(SERVED.samba().directory(), script.toString());
    }
}
