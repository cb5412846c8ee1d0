package io.jenkins.plugins.azurestack.simulator.world;

import java.time.Instant;
import java.util.List;

/**
 * A secret that the stamp made for itself.
 *
 * @param kind what it is
 * @param subject the certificate's subject, such as {@code CN=MA}; a service account's name
 * @param issuer the certificate's issuer; empty for a service account
 * @param thumbprint upper-case SHA-1 of the certificate; empty for a service account
 * @param names the certificate's subject alternative name as the stamp writes it; may be empty
 * @param ends when it expires
 * @param machines the infrastructure VMs that hold it, without the stamp's prefix; may be empty
 */
public record InternalSecret(
        Kind kind,
        String subject,
        String issuer,
        String thumbprint,
        String names,
        Instant ends,
        List<String> machines) {
    public InternalSecret {
        machines = List.copyOf(machines);
    }

    /** Kinds of internal secrets. */
    public enum Kind {
        CERTIFICATE,
        SERVICE_ACCOUNT,
        /** The certificate of the stamp's own authority; rotated from 2108 on. */
        ROOT
    }
}
