package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that a rotation of one stamp sees and touches.
 *
 * @param stamp which
 * @param privilegedEndpoints the addresses at which the stamp's cmdlets can be called
 * @param actions the stamp's cmdlets
 * @param operations what Resource Manager knows
 * @param endpoints what is served
 * @param certificates the new certificates; for an external rotation only
 * @param share where they are staged; for an external rotation only
 */
public record RotationWorld(
        Stamp stamp,
        List<String> privilegedEndpoints,
        StampActions actions,
        StampOperations operations,
        ServedCertificates endpoints,
        Optional<CertificateSet> certificates,
        Optional<StagingShare> share) {
    public RotationWorld {
        Objects.requireNonNull(stamp, "stamp");
        privilegedEndpoints = List.copyOf(privilegedEndpoints);
        Objects.requireNonNull(actions, "actions");
        Objects.requireNonNull(operations, "operations");
        Objects.requireNonNull(endpoints, "endpoints");
        Objects.requireNonNull(certificates, "certificates");
        Objects.requireNonNull(share, "share");
    }
}
