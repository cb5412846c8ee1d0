package io.jenkins.plugins.azurestack.rehearsal;

import io.jenkins.plugins.azurestack.simulator.SimulatedStampBuilder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.ResourceProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A stamp that a rehearsal has.
 *
 * @param stampName what the Jenkinsfile calls it
 * @param identity its identity provider
 * @param providers its resource providers
 * @param version its version, which decides what it can do
 * @param nodes how many scale unit nodes it has
 * @param timeFactor how many seconds go by, on the stamp and in the build, in one real one
 * @param faults what is to go wrong, each as {@code name@moment}
 * @param ledger a file that gets every call that it receives, if anybody wants one
 */
public record Simulation(
        String stampName,
        IdentityProvider identity,
        Set<ResourceProvider> providers,
        String version,
        int nodes,
        int timeFactor,
        List<String> faults,
        Optional<Path> ledger) {
    /** An external rotation, which takes an hour, takes six seconds; an internal one, of 19 hours, two minutes. */
    static final int USUAL_FACTOR = 600;

    static final int USUAL_NODES = 4;

    private static final String FQDN = "azurestack.contoso.com";

    public Simulation {
        Objects.requireNonNull(stampName, "stampName");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(ledger, "ledger");
        providers = Set.copyOf(providers);
        faults = List.copyOf(faults);
    }

    /** An Entra ID stamp of a late version, without resource providers, on which nothing goes wrong. */
    public static Simulation of(final String stampName) {
        return new Simulation(
                stampName,
                IdentityProvider.AAD,
                Set.of(),
                SimulatedStampBuilder.USUAL_VERSION,
                USUAL_NODES,
                USUAL_FACTOR,
                List.of(),
                Optional.empty());
    }

    /** What it calls the share that its certificates come from: every stamp has one of its own. */
    String share() {
        return "\\\\10.30.0.50\\rotation-" + stampName;
    }

    /** The stamp as a Jenkins would have it configured. */
    Stamp stamp() {
        return RehearsedCredentials.configure(new Stamp(
                stampName,
                stampName,
                FQDN,
                identity,
                providers,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Set.of()));
    }
}
