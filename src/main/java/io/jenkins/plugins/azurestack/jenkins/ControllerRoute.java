package io.jenkins.plugins.azurestack.jenkins;

import hudson.Main;
import io.jenkins.plugins.azurestack.net.DirectNetwork;
import io.jenkins.plugins.azurestack.wiring.Route;
import java.util.Objects;

/**
 * The way of every connection that begins on the controller: straight out. Only a developer's Jenkins can lead it
 * elsewhere, to a simulated stamp; there is no switch for that in any other. Thread-safe.
 */
public final class ControllerRoute {
    /** Null unless it is led elsewhere. */
    private static volatile Route elsewhere;

    private ControllerRoute() {}

    /** The way, for one use. */
    public static Route get() {
        final Route led = elsewhere;
        return led != null && Main.isDevelopmentMode ? led : Route.direct(new DirectNetwork());
    }

    /**
     * Leads whatever begins on the controller from now on elsewhere, until this Jenkins ends.
     *
     * @throws IllegalStateException if this is no developer's Jenkins, as {@code hpi:run} starts one
     */
    public static void lead(final Route route) {
        if (!Main.isDevelopmentMode) {
            throw new IllegalStateException("Connections of a Jenkins that is not a developer's can't be led elsewhere:"
                    + " what they prove would not be true of the stamp. Nothing was changed. 'mvn -Pjenkins hpi:run'"
                    + " starts a developer's Jenkins");
        }
        elsewhere = Objects.requireNonNull(route, "route");
    }
}
