package io.jenkins.plugins.azurestack.simulator.pep;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Moment;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class SetBmcCredentialTest {
    private static final String FRESH = "FreshPassword16c";
    private static final String OLD_LOGIN = "azsadmin:Simulated1Bmc";
    private static final String NEW_LOGIN = "azsadmin:" + FRESH;

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private Premises premises(final String version) throws IOException {
        return new Premises(temporary.newFolder().toPath(), version, IdentityProvider.AAD);
    }

    private Premises usual() throws IOException {
        return premises("1.2311.1.22");
    }

    private static Call set(final Premises premises, final String password) {
        return premises.call("Set-BmcCredential").withSecret("BmcPassword", password);
    }

    private static boolean isHealthy(final Premises premises) throws Exception {
        return premises.call("Test-AzureStack")
                .with("Include", "AzsStampBMCSummary")
                .run()
                .last()
                .asBoolean();
    }

    @Test
    public void from1910OnItWritesEveryBmcAndWhatTheStampKeeps() throws Exception {
        final Premises premises = usual();
        final Seen seen = set(premises, FRESH).run();
        assertThat(seen.ended()).isNull();
        assertThat(seen.last().property("Status").asString()).isEqualTo("Completed");
        assertThat(premises.bmcs.accounts.values()).containsOnly(NEW_LOGIN);
        assertThat(isHealthy(premises)).isTrue();
        premises.restart();
        assertThat(isHealthy(premises)).isTrue();
    }

    @Test
    public void theUserCanBeChangedToo() throws Exception {
        final Premises premises = usual();
        assertThat(set(premises, FRESH).with("BmcUser", "operator").run().ended())
                .isNull();
        assertThat(premises.bmcs.accounts.values()).containsOnly("operator:" + FRESH);
        assertThat(isHealthy(premises)).isTrue();
    }

    @Test
    public void bypassedBmcsKeepWhatTheyHave() throws Exception {
        final Premises premises = usual();
        assertThat(set(premises, FRESH).with("BypassBMCUpdate").run().ended()).isNull();
        assertThat(premises.bmcs.accounts.values()).containsOnly(OLD_LOGIN);
        assertThat(isHealthy(premises)).isFalse();
        premises.bmcs.accounts.replaceAll((node, login) -> NEW_LOGIN);
        assertThat(isHealthy(premises)).isTrue();
    }

    @Test
    public void before1910ItOnlyChangesWhatTheStampKeepsAndHasNoBypass() throws Exception {
        final Premises premises = premises("1.1908.4.33");
        assertThat(premises.cmdlet("Set-BmcCredential").parameters())
                .extracting("name")
                .containsExactly("BmcPassword", "BmcUser");
        premises.bmcs.accounts.replaceAll((node, login) -> NEW_LOGIN);
        assertThat(isHealthy(premises)).isFalse();
        assertThat(set(premises, FRESH).run().ended()).isNull();
        assertThat(isHealthy(premises)).isTrue();
    }

    @Test
    public void thePasswordIsMandatory() throws IOException {
        assertThat(usual().cmdlet("set-bmccredential").parameters().get(0).mandatory())
                .isTrue();
    }

    @Test
    public void sixteenCharactersAreTheMost() throws IOException {
        final Premises premises = usual();
        assertThat(set(premises, FRESH + "x").run().ended()).hasMessageContaining("BmcPassword");
        assertThat(set(premises, FRESH).with("BmcUser", "x".repeat(17)).run().ended())
                .hasMessageContaining("BmcUser");
        assertThat(premises.world.actionPlans().all()).isEmpty();
        final Premises old = premises("1.1910.0.58");
        // Only the user's name was limited then.
        assertThat(set(old, FRESH + "x").run().ended()).isNull();
        assertThat(set(old, FRESH).with("BmcUser", "x".repeat(17)).run().ended())
                .hasMessageContaining("BmcUser");
    }

    @Test
    public void oneThatRefusesLeavesTheOthersChangedAndTheStampWithWhatItHad() throws Exception {
        final Premises premises = usual();
        premises.bmcs.refusing.add("node02");
        final Seen seen = set(premises, FRESH).run();
        assertThat(seen.ended())
                .hasMessageContaining("node02: The password does not meet the policy.")
                .hasMessageNotContaining("node01");
        assertThat(premises.bmcs.accounts)
                .isEqualTo(Map.of("node01", NEW_LOGIN, "node02", OLD_LOGIN, "node03", NEW_LOGIN, "node04", NEW_LOGIN));
        assertThat(premises.call("Test-AzureStack")
                        .with("Include", "AzsStampBMCSummary")
                        .run()
                        .information)
                .anySatisfy(line -> assertThat(line).contains("node01"));
        premises.bmcs.refusing.clear();
        assertThat(set(premises, FRESH).run().ended()).isNull();
        assertThat(premises.bmcs.accounts.values()).containsOnly(NEW_LOGIN);
        assertThat(isHealthy(premises)).isTrue();
    }

    @Test
    public void oneThatCanNotBeReachedIsNamed() throws IOException {
        final Premises premises = usual();
        premises.bmcs.unreachable.add("node04");
        assertThat(set(premises, FRESH).run().ended()).hasMessageContaining("node04: The BMC did not respond.");
    }

    @Test
    public void itGoesOnWithoutItsCallerAndThroughARestart() throws Exception {
        final Premises premises = usual();
        // Four BMCs of 20 seconds each: gone and restarted before the second one is done.
        assertThat(premises.call("Set-BmcCredential", premises.seen().goneAtPoll(1))
                        .withSecret("BmcPassword", FRESH)
                        .run()
                        .isLost())
                .isTrue();
        premises.world.time().advance(Duration.ofSeconds(30));
        premises.restart();
        premises.world.time().advance(Duration.ofMinutes(5));
        assertThat(isHealthy(premises)).isTrue();
        assertThat(premises.bmcs.accounts.values()).containsOnly(NEW_LOGIN);
        assertThat(premises.call("Get-ActionStatus")
                        .with("FunctionName", "Set-BmcCredential")
                        .run()
                        .last()
                        .property("Status")
                        .asString())
                .isEqualTo("Completed");
    }

    @Test
    public void whileARotationRunsItIsRefused() throws IOException {
        final Premises premises = usual();
        premises.world.faults().arm(Fault.FOREIGN_ROTATION_RUNNING, Moment.at("Get-ActionStatus"));
        premises.call("Get-ActionStatus").run();
        assertThat(set(premises, FRESH).run().ended()).hasMessageContaining("running");
        assertThat(premises.bmcs.accounts.values()).containsOnly(OLD_LOGIN);
    }
}
