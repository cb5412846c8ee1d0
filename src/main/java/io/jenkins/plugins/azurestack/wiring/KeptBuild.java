package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;

/** A build that changes a stamp can be taken up after a crash, and is there as long as something is unfinished. */
final class KeptBuild {
    private KeptBuild() {}

    /**
     * Refuses to plan in a run that could not be taken up, unless the stamp's configuration allows it.
     *
     * @param step what goes on in its place after a crash
     * @throws Rejected if it could not; nothing was done
     */
    static void require(final Maintenance maintenance, final MaintenanceEnvironment environment, final String step) {
        environment.notDurable().filter(reason -> maintenance.durable()).ifPresent(reason -> {
            throw new Rejected(
                    "plan",
                    "this run could not be taken up after a crash: " + reason
                            + ". Nothing was done. Let the job's runs be durable, or set the stamp's durability to"
                            + " 'optional': then a person goes on after a crash with " + step + " resume:");
        });
    }

    /** That a build can't be kept is no reason not to go on: all that is needed lies outside builds. */
    static void keep(final MaintenanceEnvironment environment, final boolean unfinished) {
        try {
            environment.keep(unfinished);
        } catch (IOException e) {
            environment.log(
                    "WARNING: that this build is kept could not be written down: " + Text.printable(e.getMessage()));
        }
    }
}
