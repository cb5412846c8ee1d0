package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.rotation.RotationPlan;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A plan as it is kept.
 *
 * @param plan what was planned
 * @param job the full name of the job that it belongs to
 * @param build the job and the build that made it, for people
 * @param given the ids of credentials that the step was given, by folder; whoever carries it out takes them again
 */
record SavedPlan(RotationPlan plan, String job, String build, Map<CertificateFolder, String> given) {
    SavedPlan {
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(build, "build");
        given = Collections.unmodifiableMap(new TreeMap<>(given));
    }
}
