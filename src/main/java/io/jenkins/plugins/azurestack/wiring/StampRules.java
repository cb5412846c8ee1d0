package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;

/** What a stamp's configuration asks of a build that does something for it: a job that is allowed to, and an approval. */
final class StampRules {
    private StampRules() {}

    /**
     * Refuses a job that the stamp does not name.
     *
     * @param deed what the job may not do, such as {@code change}; the stamp follows
     * @throws Rejected if it does not; nothing was done
     */
    static void requireAllowed(
            final Stamp stamp,
            final Maintenance maintenance,
            final MaintenanceEnvironment environment,
            final String deed) {
        if (!maintenance.allows(environment.job())) {
            throw new Rejected(
                    "stamp",
                    "job '" + Text.printable(environment.job()) + "' may not " + deed + " stamp '" + stamp.name()
                            + "'. Nothing was done. Whoever administers Jenkins can add the job, or its folder, to the"
                            + " stamp's allowedJobs");
        }
    }

    /**
     * The approval of a plan, or of what is done about one that was left unfinished.
     *
     * @param since when there was something to approve
     * @throws Rejected if it is asked for and not there; says what is missing
     */
    static Approval approval(
            final Maintenance maintenance,
            final MaintenanceEnvironment environment,
            final RotationId id,
            final Instant since,
            final Clock clock)
            throws IOException, InterruptedException {
        return maintenance.approvalRequired()
                ? environment.approval(id.value(), since)
                : new Approval(id.value(), "SYSTEM", clock.instant(), "this stamp asks for no approval");
    }
}
