package io.jenkins.plugins.azurestack.simulator.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import io.jenkins.plugins.azurestack.simulator.world.StateStore;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class DirectoryShareTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String PATH = "\\\\10.30.0.50\\rotation\\Certificates";
    private static final ShareAccount ACCOUNT = new ShareAccount("CONTOSO\\rotation", "Share-Canary-1");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private World world;
    private Path certificates;
    private DirectoryShare share;

    @Before
    public void make() throws IOException {
        world = world();
        certificates = folder.newFolder("Certificates").toPath();
        share = new DirectoryShare(
                world, DirectoryShare.USUAL_PATH, folder.getRoot().toPath(), ACCOUNT);
    }

    @Test
    public void thePathLeadsToTheDirectoryInAnyCase() throws IOException {
        final Path nested = Files.createDirectories(certificates.resolve("AAD/ARM Public"));

        assertThat(open(PATH)).isEqualTo(certificates);
        assertThat(open("\\\\10.30.0.50\\ROTATION\\certificates\\")).isEqualTo(certificates);
        assertThat(open(PATH + "\\aad\\arm public")).isEqualTo(nested);
        assertThat(open("\\\\10.30.0.50\\rotation")).isEqualTo(folder.getRoot().toPath());
    }

    @Test
    public void anotherHostShareOrFolderIsNotFoundInWindowsWords() {
        assertThatIOException()
                .isThrownBy(() -> open("\\\\10.30.0.51\\rotation\\Certificates"))
                .withMessage("The network path was not found.");
        assertThatIOException()
                .isThrownBy(() -> open("C:\\Certificates"))
                .withMessage("The network path was not found.");
        assertThatIOException()
                .isThrownBy(() -> open("\\\\10.30.0.50\\rotations\\Certificates"))
                .withMessage("The network name cannot be found.");
        assertThatIOException()
                .isThrownBy(() -> open(PATH + "\\ADFS"))
                .withMessage("Cannot find path '" + PATH + "\\ADFS' because it does not exist.");
    }

    @Test
    public void noPathLeadsOutOfTheDirectory() {
        assertThatIOException()
                .isThrownBy(() ->
                        open("\\\\10.30.0.50\\rotation\\..\\" + folder.getRoot().getName()))
                .withMessageStartingWith("Cannot find path");
    }

    @Test
    public void theAccountIsKnownWithItsDomainOrWithout() throws IOException {
        final char[] right = ACCOUNT.password().toCharArray();

        assertThat(share.open(PATH, "rotation", right)).isEqualTo(certificates);
        assertThat(share.open(PATH, "contoso\\ROTATION", right)).isEqualTo(certificates);
        assertThatIOException()
                .isThrownBy(() -> share.open(PATH, "fabrikam\\rotation", right))
                .withMessage("The user name or password is incorrect.");
        assertThatIOException()
                .isThrownBy(() -> share.open(PATH, "rotation", "share-canary-1".toCharArray()))
                .withMessage("The user name or password is incorrect.");
    }

    @Test
    public void everyAttemptIsInTheLedgerWithoutThePassword() throws IOException {
        open(PATH);
        assertThatIOException().isThrownBy(() -> share.open(PATH, "mallory", "Share-Canary-2".toCharArray()));

        final List<Ledger.Call> calls = world.ledger().calls(Ledger.Service.SHARE);
        assertThat(calls)
                .extracting(Ledger.Call::action, Ledger.Call::identity, Ledger.Call::outcome)
                .containsExactly(
                        tuple(DirectoryShare.OPEN, "rotation", Ledger.Call.DONE),
                        tuple(DirectoryShare.OPEN, "", "The user name or password is incorrect."));
        assertThat(calls).allSatisfy(call -> assertThat(call.details()).containsEntry("path", PATH));
        assertThat(calls.toString() + ACCOUNT).doesNotContain("Canary");
    }

    @Test
    public void aReadOnlyOrFullShareIsRefusedWhenItsFaultStrikes() throws IOException {
        world.faults().arm(Fault.SHARE_READ_ONLY, Moment.NEXT);
        assertThatIOException()
                .isThrownBy(() -> open(PATH))
                .withMessage("Access to the path '" + PATH + "' is denied.");

        world.faults().arm(Fault.SHARE_FULL, Moment.at(DirectoryShare.OPEN));
        assertThatIOException().isThrownBy(() -> open(PATH)).withMessage("There is not enough space on the disk.");

        assertThat(open(PATH)).isEqualTo(certificates);
    }

    @Test
    public void foreignFilesLieThereOnceTheirFaultStrikes() throws IOException {
        world.faults().arm(Fault.SHARE_FOREIGN_FILES, Moment.NEXT);

        open(PATH);

        assertThat(certificates.resolve("notes.txt")).isRegularFile();
        assertThat(certificates.resolve("Backup/old.pfx")).isRegularFile();
    }

    @Test
    public void layingDownForeignFilesLeavesThoseThatAreThere() throws IOException {
        Files.writeString(certificates.resolve("notes.txt"), "first");

        DirectoryShare.layDownForeignFiles(certificates);

        assertThat(certificates.resolve("notes.txt")).hasContent("first");
    }

    @Test
    public void aShareIsCalledByHostAndShareAlone() {
        for (final String wrong : List.of(PATH, "\\\\10.30.0.50", "rotation", "")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new DirectoryShare(world, wrong, certificates, ACCOUNT))
                    .withMessageContaining("\\\\host\\share");
        }
    }

    /** A stamp whose clock stands still. */
    static World world() throws IOException {
        final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return new World(
                new Stamp(
                        "east",
                        "east",
                        "azurestack.contoso.com",
                        IdentityProvider.AAD,
                        Set.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of()),
                "1.2311.1.22",
                Identity.usual(),
                new StampTime(clock, NOW, 1),
                new Ledger(),
                StateStore.inMemory(),
                new SecureRandom());
    }

    private Path open(final String unc) throws IOException {
        return share.open(unc, "rotation", ACCOUNT.password().toCharArray());
    }
}
