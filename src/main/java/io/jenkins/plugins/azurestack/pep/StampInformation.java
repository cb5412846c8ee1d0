package io.jenkins.plugins.azurestack.pep;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@code Get-AzureStackStampInformation} says, as far as it matters here.
 *
 * @param version such as {@code 1.2311.1.22}; empty if it was not said
 * @param externalDomain {@code <region>.<external FQDN>}; empty if it was not said
 * @param privilegedEndpoints the addresses of all three; empty if they were not said
 * @param rootEnds when the current root certificate ends; from 2108 on
 */
public record StampInformation(
        String version, String externalDomain, List<String> privilegedEndpoints, Optional<Instant> rootEnds) {
    public StampInformation {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(externalDomain, "externalDomain");
        privilegedEndpoints = List.copyOf(privilegedEndpoints);
        Objects.requireNonNull(rootEnds, "rootEnds");
    }
}
