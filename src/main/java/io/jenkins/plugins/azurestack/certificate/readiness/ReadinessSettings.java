package io.jenkins.plugins.azurestack.certificate.readiness;

import io.jenkins.plugins.azurestack.stamp.StampVersion;
import java.time.Duration;
import java.util.Objects;

/**
 * What may be asked for more or less strictly.
 *
 * @param clientAuthentication whether client authentication must be among the purposes
 * @param leastValidity how much validity must be left
 */
public record ReadinessSettings(ClientAuthentication clientAuthentication, Duration leastValidity) {
    /** What the readiness checker asks for (Expiry Date). */
    public static final Duration LEAST_VALIDITY = Duration.ofDays(7);

    public ReadinessSettings {
        Objects.requireNonNull(clientAuthentication, "clientAuthentication");
        Objects.requireNonNull(leastValidity, "leastValidity");
    }

    /** The defaults for a stamp. */
    public static ReadinessSettings of(final StampVersion version) {
        return new ReadinessSettings(ClientAuthentication.of(version), LEAST_VALIDITY);
    }
}
