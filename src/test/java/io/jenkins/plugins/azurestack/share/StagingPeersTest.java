package io.jenkins.plugins.azurestack.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hierynomus.mssmb2.SMB2ShareAccess;
import io.jenkins.plugins.azurestack.peer.LibraryLog;
import io.jenkins.plugins.azurestack.peer.Samba;
import io.jenkins.plugins.azurestack.share.ServedFolder.Notes;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;

/** A set on a share that a real server serves: put there, compared, and taken away again. */
public class StagingPeersTest {
    @ClassRule
    public static final ServedFolder SERVED = new ServedFolder();

    @Rule
    public final LibraryLog log = new LibraryLog(Level.INFO);

    private final CertificateFiles set = ServedFolder.set();
    private final Notes notes = new Notes();

    @After
    public void clear() throws IOException {
        SERVED.clear();
    }

    @Test
    public void aSetLiesInTheExactLayoutAndEachStepIsWrittenDownBeforeAndAfter() throws IOException {
        final List<StagedFile> staged;
        try (CertificatesFolder folder = SERVED.open()) {
            staged = folder.stage(set, notes);
        }

        assertThat(SERVED.tree())
                .containsExactly(
                        "AAD/",
                        "AAD/ARM Public/",
                        "AAD/ARM Public/arm_public.pfx",
                        "AAD/Admin Portal/",
                        "AAD/Admin Portal/admin_portal.pfx",
                        "AAD/KeyVault/",
                        "AAD/KeyVault/key_vault.pfx");
        assertThat(staged).isEqualTo(set.staged()).isEqualTo(notes.written);
        for (final StagedFile file : staged) {
            assertThat(SERVED.holds(file)).isTrue();
        }
        assertThat(notes.lines)
                .containsExactly(
                        "about to make AAD",
                        "made AAD",
                        "about to make AAD\\ARM Public",
                        "made AAD\\ARM Public",
                        "about to make AAD\\KeyVault",
                        "made AAD\\KeyVault",
                        "about to make AAD\\Admin Portal",
                        "made AAD\\Admin Portal",
                        "about to write AAD\\ARM Public\\arm_public.pfx",
                        "written AAD\\ARM Public\\arm_public.pfx",
                        "about to write AAD\\KeyVault\\key_vault.pfx",
                        "written AAD\\KeyVault\\key_vault.pfx",
                        "about to write AAD\\Admin Portal\\admin_portal.pfx",
                        "written AAD\\Admin Portal\\admin_portal.pfx");
    }

    @Test
    public void emptyFoldersOfTheLayoutAreUsedAndStay() throws IOException {
        Files.createDirectories(SERVED.file("aad\\arm public"));

        final Removal removal;
        try (CertificatesFolder folder = SERVED.open()) {
            folder.stage(set, notes);
            removal = folder.remove(notes.written, notes.made, Rewriting.NONE);
        }

        assertThat(notes.made).containsExactly("AAD\\KeyVault", "AAD\\Admin Portal");
        assertThat(removal.isComplete()).isTrue();
        assertThat(SERVED.tree()).containsExactly("aad/", "aad/arm public/");
    }

    @Test
    public void nothingIsWrittenWhereSomethingForeignLies() throws IOException {
        for (final String foreign : List.of(
                "notes.txt", "Backup\\old.pfx", "ADFS\\ADFS\\x.pfx", "AAD\\KeyVault\\old.pfx", "AAD\\Graph\\x.pfx")) {
            SERVED.clear();
            SERVED.write(foreign, "somebody else's");
            final List<String> before = SERVED.tree();

            try (CertificatesFolder folder = SERVED.open()) {
                assertThatExceptionOfType(ForeignFilesException.class)
                        .as(foreign)
                        .isThrownBy(() -> folder.stage(set, notes))
                        .withMessageContaining(foreign.split("\\\\")[0])
                        .withMessageContaining("Nothing was touched or written");
            }
            assertThat(SERVED.tree()).isEqualTo(before);
        }
        assertThat(notes.lines).isEmpty();
    }

    @Test
    public void anEmptyFolderThatTheStampWouldRefuseIsForeignToo() throws IOException {
        Files.createDirectories(SERVED.file("ADFS"));

        try (CertificatesFolder folder = SERVED.open()) {
            assertThatExceptionOfType(ForeignFilesException.class)
                    .isThrownBy(() -> folder.stage(set, notes))
                    .satisfies(e ->
                            assertThat(e.entries()).containsExactly(new ShareEntry("ADFS", ShareEntry.Kind.FOLDER, 0)));
        }
    }

    @Test
    public void moreThanCanBeListedIsForeign() throws IOException {
        for (int i = 0; i <= Inspection.MOST_ENTRIES; i++) {
            Files.createDirectories(SERVED.file("AAD\\KeyVault\\" + i));
        }

        try (CertificatesFolder folder = SERVED.open()) {
            final Inspection inspection = folder.inspect();
            assertThat(inspection.complete()).isFalse();
            assertThat(inspection.entries()).hasSize(Inspection.MOST_ENTRIES);
            assertThatExceptionOfType(ForeignFilesException.class)
                    .isThrownBy(() -> folder.stage(set, notes))
                    .withMessageContaining("more than 1000 entries");
        }
    }

    @Test
    public void aJournalThatCannotBeWrittenStopsEverything() throws IOException {
        final StagingJournal full = new StagingJournal() {
            @Override
            public void aboutToMake(final String name) {
                notes.aboutToMake(name);
            }

            @Override
            public void made(final String name) {
                notes.made(name);
            }

            @Override
            public void aboutToWrite(final StagedFile file) throws IOException {
                throw new IOException("no space for the journal");
            }

            @Override
            public void written(final StagedFile file) {
                notes.written(file);
            }
        };

        try (CertificatesFolder folder = SERVED.open()) {
            assertThatThrownBy(() -> folder.stage(set, full)).hasMessage("no space for the journal");
        }

        assertThat(SERVED.tree()).noneMatch(name -> name.endsWith(".pfx"));
    }

    @Test
    public void aFileThatIsTamperedWithBeforeItIsReadBackIsNoticed() throws IOException {
        final StagedFile victim = set.staged().get(1);
        final WatchedNetwork tampering =
                WatchedNetwork.beforeSending(SERVED.samba().port(), () -> tamper(victim));

        try (CertificatesFolder folder = SERVED.open(tampering, Samba.SHARE, Protection.SIGNED)) {
            assertThatExceptionOfType(ReadBackException.class)
                    .isThrownBy(() -> folder.stage(set, notes))
                    .withMessageContaining("another content")
                    .satisfies(e -> assertThat(e.path()).isEqualTo(victim.path()));
        }

        assertThat(notes.written).containsExactly(set.staged().get(0));
        assertThat(notes.intended).containsExactly(set.staged().get(0), victim);
    }

    /** Once it has all of its content. */
    private static void tamper(final StagedFile victim) {
        try {
            if (Files.exists(SERVED.file(victim.path())) && SERVED.holds(victim)) {
                final byte[] content = Files.readAllBytes(SERVED.file(victim.path()));
                content[content.length / 2] ^= 1;
                Files.write(SERVED.file(victim.path()), content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    public void aComparisonTellsWhatIsAbsentAndWhatIsForeign() throws IOException {
        try (CertificatesFolder folder = SERVED.open()) {
            final List<StagedFile> staged = folder.stage(set, notes);
            assertThat(folder.compare(staged).isAsStaged()).isTrue();

            Files.delete(SERVED.file(staged.get(0).path()));
            SERVED.write("AAD\\KeyVault\\second.pfx", "somebody else's");
            final Comparison comparison = folder.compare(staged);

            assertThat(comparison.files()).containsEntry(staged.get(0), Comparison.State.ABSENT);
            assertThat(comparison.foreign())
                    .containsExactly(new ShareEntry("AAD\\KeyVault\\second.pfx", ShareEntry.Kind.FILE, 15));
            assertThat(comparison.isAsStaged()).isFalse();
        }
    }

    @Test
    public void whatWasStagedIsRemovedWithTheFoldersThatWereMadeForIt() throws IOException {
        try (CertificatesFolder folder = SERVED.open()) {
            folder.stage(set, notes);

            final Removal removal = folder.remove(notes.written, notes.made, Rewriting.NONE);

            assertThat(removal.isComplete()).isTrue();
            assertThat(removal.files().values()).containsOnly(Removal.Fate.REMOVED);
            assertThat(removal.removedFolders())
                    .containsExactlyInAnyOrder("AAD\\ARM Public", "AAD\\Admin Portal", "AAD\\KeyVault", "AAD");
            assertThat(removal.left()).isEmpty();
        }
        assertThat(SERVED.tree()).isEmpty();
    }

    @Test
    public void foreignFilesAndChangedOnesStayAndAreReported() throws IOException {
        try (CertificatesFolder folder = SERVED.open()) {
            folder.stage(set, notes);
            final StagedFile changed = notes.written.get(0);
            Files.write(SERVED.file(changed.path()), new byte[] {1, 2, 3});
            SERVED.write("AAD\\KeyVault\\second.pfx", "somebody else's");

            final Removal removal = folder.remove(notes.written, notes.made, Rewriting.NONE);

            assertThat(removal.files())
                    .containsEntry(changed, Removal.Fate.CHANGED)
                    .containsEntry(notes.written.get(1), Removal.Fate.REMOVED);
            assertThat(removal.isComplete()).isFalse();
            assertThat(removal.removedFolders()).containsExactly("AAD\\Admin Portal");
            assertThat(removal.left())
                    .extracting(ShareEntry::path)
                    .containsExactlyInAnyOrder(changed.path(), "AAD\\KeyVault\\second.pfx");
        }
        assertThat(SERVED.file("AAD\\KeyVault\\second.pfx")).hasContent("somebody else's");
    }

    @Test
    public void whatTheStampRewroteIsRemovedIfTheCallerKnowsIt() throws IOException {
        try (CertificatesFolder folder = SERVED.open()) {
            folder.stage(set, notes);
            final StagedFile rewritten = notes.written.get(0);
            final StagedFile emptied = notes.written.get(1);
            Files.writeString(SERVED.file(rewritten.path()), "by the stamp");
            Files.write(SERVED.file(emptied.path()), new byte[0]);
            final Rewriting byTheStamp =
                    (staged, content) -> new String(content, StandardCharsets.UTF_8).equals("by the stamp");

            final Removal removal = folder.remove(notes.written, notes.made, byTheStamp.or(Rewriting.EMPTIED));

            assertThat(removal.isComplete()).isTrue();
        }
        assertThat(SERVED.tree()).isEmpty();
    }

    @Test
    public void removingTwiceFindsNothingTheSecondTime() throws IOException {
        try (CertificatesFolder folder = SERVED.open()) {
            folder.stage(set, notes);
            folder.remove(notes.written, notes.made, Rewriting.NONE);

            final Removal again = folder.remove(notes.written, notes.made, Rewriting.NONE);

            assertThat(again.files().values()).containsOnly(Removal.Fate.ABSENT);
            assertThat(again.removedFolders()).isEmpty();
            assertThat(again.isComplete()).isTrue();
        }
    }

    @Test
    public void noJournalLeadsTheRemovalAwayFromTheLayout() throws IOException {
        final String hash = set.staged().get(0).sha256();
        for (final String path : List.of(
                "notes.txt",
                "..\\AAD\\KeyVault\\x.pfx",
                "AAD\\..\\..\\x.pfx",
                "AAD\\KeyVault\\x.txt",
                "AAD\\Backup\\x.pfx")) {
            assertThatThrownBy(() -> new StagedFile(path, 1, hash))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        try (CertificatesFolder folder = SERVED.open()) {
            assertThatThrownBy(() -> folder.remove(List.of(), List.of("Backup"), Rewriting.NONE))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    public void aReadOnlyShareIsRefusedBeforeAnythingIsWritten() throws IOException {
        try (CertificatesFolder folder = SERVED.open(SERVED.network(), Samba.READ_ONLY, Protection.SIGNED)) {
            assertThat(folder.inspect().mayWrite()).isFalse();
            assertThatExceptionOfType(SharePermissionException.class).isThrownBy(folder::probe);
            assertThatExceptionOfType(SharePermissionException.class)
                    .isThrownBy(() -> folder.stage(set, notes))
                    .withMessageContaining("Nothing was written");
        }
        assertThat(notes.lines).isEmpty();
    }

    @Test
    public void aShareThatSaysItIsFullIsRefusedBeforeAnythingIsWritten() throws IOException {
        try (CertificatesFolder folder = SERVED.open(SERVED.network(), Samba.NEARLY_FULL, Protection.SIGNED)) {
            assertThat(folder.inspect().freeBytes()).isEqualTo(1024);
            assertThatExceptionOfType(ShareFullException.class)
                    .isThrownBy(() -> folder.stage(set, notes))
                    .withMessageContaining("1024 bytes left");
        }
        assertThat(notes.lines).isEmpty();
    }

    @Test
    public void aFileThatDoesNotFitLeavesNothingOfItselfBehind() throws IOException {
        final CertificateFiles large = new CertificateFiles(
                IdentityProvider.AAD,
                List.of(new CertificateFile(CertificateFolder.KEY_VAULT, "large.pfx", new byte[3 * 1024 * 1024])));

        try (CertificatesFolder folder = SERVED.open()) {
            assertThatExceptionOfType(ShareFullException.class)
                    .isThrownBy(() -> folder.stage(large, notes))
                    .withMessageContaining("no space or quota is left");
            assertThat(SERVED.tree()).containsExactly("AAD/", "AAD/KeyVault/");
            assertThat(notes.intended).hasSize(1);
            assertThat(notes.written).isEmpty();

            assertThat(folder.remove(notes.intended, notes.made, Rewriting.NONE).isComplete())
                    .isTrue();
        }
        assertThat(SERVED.tree()).isEmpty();
    }

    @Test
    public void aProbeLeavesNothingBehind() throws IOException {
        try (CertificatesFolder folder = SERVED.open()) {
            folder.probe();

            assertThat(folder.inspect().entries()).isEmpty();
        }
        assertThat(SERVED.tree()).isEmpty();
    }

    @Test
    public void aFileThatSomebodyElseHasForHimselfIsLeftAlone() throws IOException {
        try (CertificatesFolder folder = SERVED.open()) {
            folder.stage(set, notes);
            final StagedFile file = notes.written.get(0);
            try (HeldFile held = new HeldFile(SERVED.samba(), file.path(), Set.of())) {
                assertThat(held).isNotNull();
                assertThat(folder.compare(notes.written).files()).containsEntry(file, Comparison.State.IN_USE);
                assertThat(folder.remove(notes.written, notes.made, Rewriting.NONE)
                                .files())
                        .containsEntry(file, Removal.Fate.IN_USE);
            }
            assertThat(SERVED.holds(file)).isTrue();
            assertThat(folder.remove(notes.written, notes.made, Rewriting.NONE).isComplete())
                    .isTrue();
        }
    }

    @Test
    public void aFileThatSomebodyReadsIsNotSaidToBeRemovedWhileItIsStillThere() throws IOException {
        try (CertificatesFolder folder = SERVED.open()) {
            folder.stage(set, notes);
            final StagedFile file = notes.written.get(0);
            try (HeldFile held = new HeldFile(SERVED.samba(), file.path(), SMB2ShareAccess.ALL)) {
                assertThat(held).isNotNull();
                final Removal removal = folder.remove(notes.written, notes.made, Rewriting.NONE);

                assertThat(removal.files()).containsEntry(file, Removal.Fate.IN_USE);
                assertThat(removal.left()).extracting(ShareEntry::path).containsExactly(file.path());
            }
        }
    }

    @Test
    public void aFileOfTheSameNameIsNeverOverwritten() throws IOException {
        final Notes interfering = new Notes() {
            @Override
            public void aboutToWrite(final StagedFile file) {
                super.aboutToWrite(file);
                try {
                    SERVED.write(file.path(), "somebody was faster");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };

        try (CertificatesFolder folder = SERVED.open()) {
            assertThatExceptionOfType(ForeignFilesException.class)
                    .isThrownBy(() -> folder.stage(set, interfering))
                    .withMessageContaining("arm_public.pfx");
        }

        assertThat(SERVED.file("AAD\\ARM Public\\arm_public.pfx")).hasContent("somebody was faster");
    }
}
