package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.bmc.BmcPlan;
import java.util.Objects;

/**
 * A plan for the BMC password as it is kept.
 *
 * @param plan what was planned
 * @param job the full name of the job that it belongs to
 * @param build the job and the build that made it, for people
 */
record SavedBmcPlan(BmcPlan plan, String job, String build) {
    SavedBmcPlan {
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(build, "build");
    }
}
