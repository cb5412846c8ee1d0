package io.jenkins.plugins.azurestack.simulator.pep;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.io.IOException;
import java.time.Duration;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class CloudAdminsTest {
    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private Premises premises;

    @Before
    public void start() throws IOException {
        premises = new Premises(temporary.newFolder().toPath(), "1.2311.1.22", IdentityProvider.AAD);
    }

    private CloudAdmins accounts() {
        return premises.endpoints.accounts();
    }

    private void refuse(final int times) {
        for (int i = 0; i < times; i++) {
            accounts().refused("azurestack", "cloudadmin");
        }
    }

    @Test
    public void theAdministratorIsKnownByBothNamesOfItsDomainAndInAnyCase() {
        for (final String domain : new String[] {"", "AZURESTACK", "azurestack", "azurestack.local"}) {
            assertThat(accounts().password(domain, "CLOUDADMIN").map(String::valueOf))
                    .contains("Simulated-CloudAdmin-1");
            assertThat(accounts().hasRole(domain, "CloudAdmin")).isTrue();
        }
        assertThat(accounts().password("CONTOSO", "CloudAdmin")).isEmpty();
        assertThat(accounts().password("AZURESTACK", "nobody")).isEmpty();
        assertThat(accounts().hasRole("CONTOSO", "CloudAdmin")).isFalse();
    }

    @Test
    public void theSecondAccountLogsOnAndHasNoRole() {
        assertThat(accounts().password("AZURESTACK", CloudAdmins.WITHOUT_ROLE)).isPresent();
        assertThat(accounts().hasRole("AZURESTACK", CloudAdmins.WITHOUT_ROLE)).isFalse();
    }

    @Test
    public void fiveWrongPasswordsLockItForHalfAnHour() {
        refuse(4);
        assertThat(accounts().password("AZURESTACK", "CloudAdmin")).isPresent();
        refuse(1);
        assertThat(accounts().isLocked("AZURESTACK", "CloudAdmin")).isTrue();
        assertThat(accounts().password("AZURESTACK", "CloudAdmin")).isEmpty();
        assertThat(accounts().password("AZURESTACK", CloudAdmins.WITHOUT_ROLE)).isPresent();
        premises.world.time().advance(Duration.ofMinutes(29));
        // Trying on does not make it longer.
        refuse(1);
        assertThat(accounts().password("AZURESTACK", "CloudAdmin")).isEmpty();
        premises.world.time().advance(Duration.ofMinutes(1));
        assertThat(accounts().password("AZURESTACK", "CloudAdmin")).isPresent();
        refuse(4);
        assertThat(accounts().isLocked("", "CloudAdmin")).isFalse();
    }

    @Test
    public void aRightPasswordForgetsTheWrongOnes() {
        refuse(4);
        accounts().loggedOn("AZURESTACK", "CloudAdmin");
        refuse(4);
        assertThat(accounts().isLocked("AZURESTACK", "CloudAdmin")).isFalse();
    }

    @Test
    public void aLockOutSurvivesARestart() throws IOException {
        refuse(5);
        premises.restart();
        assertThat(accounts().isLocked("AZURESTACK", "CloudAdmin")).isTrue();
    }

    @Test
    public void nobodyElsesAccountsAreCounted() {
        for (int i = 0; i < 9; i++) {
            accounts().refused("CONTOSO", "CloudAdmin");
            accounts().refused("AZURESTACK", "nobody");
        }
        assertThat(accounts().isLocked("AZURESTACK", "CloudAdmin")).isFalse();
        assertThat(accounts().isLocked("AZURESTACK", "nobody")).isFalse();
    }
}
