package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.arm.ProductSecret;
import io.jenkins.plugins.azurestack.arm.ResourceManager;
import io.jenkins.plugins.azurestack.expiry.ExpirySource;
import io.jenkins.plugins.azurestack.expiry.Severity;
import io.jenkins.plugins.azurestack.expiry.Sighting;
import io.jenkins.plugins.azurestack.expiry.Target;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads when the secrets of value-add resource providers end, several of which raise no alert. */
final class ProductSource {
    /** The source's name. */
    static final String NAME = "products";

    private static final String ADVICE =
            "Rotate it by the procedure of its resource provider: Start-SecretRotation does not, and some providers raise"
                    + " no alert.";

    private ProductSource() {}

    static ExpirySource of(final Stamp stamp, final ResourceManagerAccess manager) {
        return new ResourceManagerSource<>(
                NAME,
                stamp,
                manager,
                "the secrets of resource providers",
                ResourceManager::productSecrets,
                ProductSource::sightings);
    }

    /** One for each secret with a date, and one for all others. */
    static List<Sighting> sightings(final Target target, final List<ProductSecret> secrets) {
        final List<Sighting> sightings = new ArrayList<>();
        for (final ProductSecret secret : secrets) {
            if (secret.ends().isPresent()) {
                sightings.add(told(target, secret));
            }
        }
        final int undated = secrets.size() - sightings.size();
        sightings.add(new Sighting.Told(
                target,
                "resource providers",
                "",
                Optional.empty(),
                undated == 0 ? Severity.OK : Severity.NOTICE,
                false,
                undated == 0
                        ? "they name " + secrets.size() + " secrets, all with their dates"
                        : "of " + undated + " of the " + secrets.size() + " secrets they name, they say no end: "
                                + undated(secrets),
                "Keep their dates yourself, as the documentation of the resource provider says."));
        return sightings;
    }

    private static String undated(final List<ProductSecret> secrets) {
        return String.join(
                ", ",
                secrets.stream()
                        .filter(secret -> secret.ends().isEmpty())
                        .map(ProductSource::name)
                        .toList());
    }

    private static Sighting told(final Target target, final ProductSecret secret) {
        final String state = secret.status()
                + (secret.rotationStatus().isEmpty() || secret.rotationStatus().equalsIgnoreCase("None")
                        ? ""
                        : ", rotation " + secret.rotationStatus());
        return new Sighting.Told(
                target,
                name(secret),
                "",
                secret.ends(),
                Severity.OK,
                false,
                secret.kind() + (state.isEmpty() ? "" : ", " + state),
                ADVICE);
    }

    private static String name(final ProductSecret secret) {
        return secret.product() + " " + secret.name();
    }
}
