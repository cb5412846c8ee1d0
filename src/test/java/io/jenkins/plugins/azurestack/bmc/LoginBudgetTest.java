package io.jenkins.plugins.azurestack.bmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.bmc.BmcAccess.Logon;
import io.jenkins.plugins.azurestack.journal.Disk;
import io.jenkins.plugins.azurestack.journal.FileDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Which password is sent to which BMC, by whichever build. */
public class LoginBudgetTest {
    private static final BmcNode NODE = new BmcNode("node01", "10.30.4.11", Optional.empty());
    private static final BmcNode OTHER = new BmcNode("node02", "10.30.4.12", Optional.empty());

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final PaperRack time = new PaperRack(1);
    private final List<String> sent = new ArrayList<>();
    private Path home;

    @Before
    public void begin() throws IOException {
        home = folder.newFolder().toPath();
    }

    /** What another build, or another step, of the same Jenkins has. */
    private LoginBudget budget() throws IOException {
        final Disk disk = new FileDisk();
        return new LoginBudget(disk, home, PaperRack.KEY, time.clock());
    }

    private static PasswordRules threshold(final int threshold) {
        return new PasswordRules(
                1,
                20,
                0,
                Duration.ZERO,
                0,
                Optional.of(threshold),
                Optional.of(Duration.ofMinutes(10)),
                Optional.of(Duration.ofMinutes(10)));
    }

    private Logon send(final BmcNode node, final String password, final Logon answer) throws Exception {
        try (BmcLogin login = new BmcLogin("root", password.toCharArray())) {
            return budget().spend(node, login, () -> {
                sent.add(node.name() + " " + password);
                return answer;
            });
        }
    }

    private static final Logon NO = new Logon.Refused("401");
    private static final Logon YES = new Logon.Accepted(threshold(5));

    @Test
    public void aRefusedPasswordIsNotSentToThatBmcAgainButToOthers() throws Exception {
        send(NODE, "wrong-1", NO);
        assertThat(send(NODE, "wrong-1", YES)).isInstanceOf(Logon.Refused.class);
        send(OTHER, "wrong-1", NO);
        assertThat(sent).containsExactly("node01 wrong-1", "node02 wrong-1");
    }

    @Test
    public void itIsSentAgainOnceTheAccountMayHaveChanged() throws Exception {
        send(NODE, "fresh-1", NO);
        budget().changes(NODE);
        assertThat(send(NODE, "fresh-1", YES)).isInstanceOf(Logon.Accepted.class);
        assertThat(sent).hasSize(2);
    }

    @Test
    public void twoOfTheWrongPasswordsThatLockAnAccountAlwaysStayFree() throws Exception {
        for (final int threshold : List.of(3, 4, 5, 10)) {
            begin();
            sent.clear();
            send(NODE, "right", new Logon.Accepted(threshold(threshold)));
            for (int i = 0; i < 20; i++) {
                send(NODE, "wrong-" + i, NO);
            }
            assertThat(sent).as("threshold " + threshold).hasSize(1 + threshold - 2);
        }
    }

    @Test
    public void anAcceptedPasswordAndTimeMakeRoomAgain() throws Exception {
        send(NODE, "right", YES);
        send(NODE, "wrong-1", NO);
        send(NODE, "wrong-2", NO);
        send(NODE, "right", YES);
        for (int i = 3; i < 9; i++) {
            send(NODE, "wrong-" + i, NO);
        }
        assertThat(sent).hasSize(7);
        time.now = time.now.plus(Duration.ofMinutes(11));
        send(NODE, "wrong-9", NO);
        assertThat(sent).hasSize(8);
    }

    @Test
    public void nothingIsSentToALockedAccountBeforeItIsFree() throws Exception {
        send(NODE, "right", new Logon.Locked("locked", Optional.of(Duration.ofMinutes(5))));
        assertThat(send(NODE, "right", YES)).isInstanceOf(Logon.Locked.class);
        time.now = time.now.plus(Duration.ofMinutes(6));
        assertThat(send(NODE, "right", YES)).isInstanceOf(Logon.Accepted.class);
        assertThat(sent).hasSize(2);
    }

    @Test
    public void aBmcThatTookOneAndTakesNoneNowMayBeLockedAndIsAskedAgainAfterThat() throws Exception {
        send(NODE, "right", YES);
        send(NODE, "right", NO);
        assertThat(send(NODE, "right", YES)).isInstanceOf(Logon.Refused.class);
        time.now = time.now.plus(Duration.ofMinutes(11));
        assertThat(send(NODE, "right", YES)).isInstanceOf(Logon.Accepted.class);
    }

    @Test
    public void whatIsRefusedAgainAfterALockIsNotSentAThirdTime() throws Exception {
        send(NODE, "right", YES);
        for (int day = 0; day < 10; day++) {
            send(NODE, "right", NO);
            time.now = time.now.plus(Duration.ofDays(1));
        }
        assertThat(sent).as("accepted, refused, and refused once more").hasSize(3);
        budget().changes(NODE);
        assertThat(send(NODE, "right", YES)).isInstanceOf(Logon.Accepted.class);
    }

    @Test
    public void aNodeUnderAnotherNameOrAtAnotherAddressIsTheSameAccount() throws Exception {
        send(NODE, "wrong-1", NO);
        final BmcNode renamed = new BmcNode("azs-node01", NODE.address(), Optional.empty());
        assertThat(send(renamed, "wrong-1", YES)).isInstanceOf(Logon.Refused.class);
        final BmcNode moved = new BmcNode("azs-node01", "10.30.9.11", Optional.empty());
        assertThat(send(moved, "wrong-1", YES)).isInstanceOf(Logon.Refused.class);
        for (int i = 2; i < 9; i++) {
            send(i % 2 == 0 ? moved : renamed, "wrong-" + i, NO);
        }
        assertThat(sent).hasSize(3);
    }

    @Test
    public void aKillAfterAPasswordWasSentThatWasGoodBeforeIsCountedToo() throws Exception {
        send(NODE, "good", YES);
        sent.clear();
        for (int i = 0; i < 10; i++) {
            try (BmcLogin login = new BmcLogin("root", "good".toCharArray())) {
                budget().spend(NODE, login, () -> {
                    sent.add("good");
                    throw new PaperRack.Killed();
                });
            } catch (PaperRack.Killed e) {
                // The next build, then.
            }
        }
        assertThat(sent).hasSize(3);
    }

    @Test
    public void anUnreachableBmcCostsNothingAndOneThatMayHaveHeardCosts() throws Exception {
        for (int i = 0; i < 10; i++) {
            send(NODE, "right", new Logon.NotKnown("down", "", false));
        }
        assertThat(sent).hasSize(10);
        for (int i = 0; i < 10; i++) {
            send(OTHER, "right", new Logon.NotKnown("no answer", "", true));
        }
        assertThat(sent).filteredOn(one -> one.startsWith("node02")).hasSize(3);
    }

    @Test
    public void aKillAfterTheSendingIsCounted() throws Exception {
        for (int i = 0; i < 10; i++) {
            try {
                final String password = "p-" + i;
                budget().spend(NODE, new BmcLogin("root", password.toCharArray()), () -> {
                    sent.add(password);
                    throw new PaperRack.Killed();
                });
            } catch (PaperRack.Killed e) {
                // The next build, then.
            }
        }
        assertThat(sent).hasSize(3);
    }

    @Test
    public void noPasswordIsInTheFileAndADamagedOneSendsNothing() throws Exception {
        send(NODE, "secret-in-clear", NO);
        final Path file = home.resolve(LoginBudget.FOLDER).resolve("node01.json");
        assertThat(Files.readString(file)).doesNotContain("secret-in-clear").contains("node01");
        Files.write(file, "{".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> send(NODE, "another", YES))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Nothing was sent");
        assertThat(sent).hasSize(1);
    }
}
