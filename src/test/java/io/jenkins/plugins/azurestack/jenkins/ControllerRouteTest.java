package io.jenkins.plugins.azurestack.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.Main;
import io.jenkins.plugins.azurestack.net.DirectNetwork;
import io.jenkins.plugins.azurestack.wiring.Route;
import java.io.IOException;
import org.junit.After;
import org.junit.Test;

/** Where connections of the controller go, and that only a developer's Jenkins can lead them elsewhere. */
public class ControllerRouteTest {
    private final Route elsewhere = Route.direct((host, port, timeout) -> {
        throw new IOException("elsewhere");
    });

    @After
    public void noDeveloper() {
        Main.isDevelopmentMode = true;
        ControllerRoute.lead(Route.direct(new DirectNetwork()));
        Main.isDevelopmentMode = false;
    }

    @Test
    public void theyGoStraightOut() {
        assertThat(ControllerRoute.get().network()).isInstanceOf(DirectNetwork.class);
        assertThat(ControllerRoute.get().shares()).isEmpty();
    }

    @Test
    public void leadingThemElsewhereIsRefusedUnlessTheJenkinsIsADevelopers() {
        assertThatThrownBy(() -> ControllerRoute.lead(elsewhere))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Nothing was changed");

        Main.isDevelopmentMode = true;
        assertThat(ControllerRoute.get().network()).isInstanceOf(DirectNetwork.class);
    }

    @Test
    public void aDevelopersJenkinsLeadsThemElsewhereAsLongAsItIsOne() {
        Main.isDevelopmentMode = true;
        ControllerRoute.lead(elsewhere);
        assertThat(ControllerRoute.get()).isSameAs(elsewhere);

        Main.isDevelopmentMode = false;
        assertThat(ControllerRoute.get().network()).isInstanceOf(DirectNetwork.class);
    }
}
