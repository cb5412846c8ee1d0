package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.rotation.RotationPlan;
import io.jenkins.plugins.azurestack.stamp.StoredCertificate;
import java.util.List;
import java.util.Objects;

/**
 * A plan as it is kept.
 *
 * @param plan what was planned
 * @param job the full name of the job that it belongs to
 * @param build the job and the build that made it, for people
 * @param given the certificates that the step was given; whoever carries it out takes them again
 */
record SavedPlan(RotationPlan plan, String job, String build, List<StoredCertificate> given) {
    SavedPlan {
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(build, "build");
        given = List.copyOf(given);
    }
}
