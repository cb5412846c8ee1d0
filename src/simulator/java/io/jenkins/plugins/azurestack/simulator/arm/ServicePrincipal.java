package io.jenkins.plugins.azurestack.simulator.arm;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An application that may ask for tokens. Prints no secret.
 *
 * @param clientId the application's id
 * @param objectId what the directory calls it by; in errors about roles
 * @param secret its client secret, if it has one
 * @param certificates those registered for it
 * @param role what it may do on the stamp's subscriptions
 */
public record ServicePrincipal(
        String clientId, String objectId, Optional<String> secret, List<X509Certificate> certificates, Role role) {
    public ServicePrincipal {
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(objectId, "objectId");
        Objects.requireNonNull(secret, "secret");
        certificates = List.copyOf(certificates);
        Objects.requireNonNull(role, "role");
    }

    /** What a principal may do. */
    public enum Role {
        /** It can have a token, and sees no subscription with it. */
        NONE,
        READER,
        CONTRIBUTOR
    }

    @Override
    public String toString() {
        return "ServicePrincipal[" + clientId + ", " + role + "]";
    }
}
