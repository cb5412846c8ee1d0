package io.jenkins.plugins.azurestack.simulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.world.ActionPlan;
import io.jenkins.plugins.azurestack.simulator.world.ExternalCertificates;
import io.jenkins.plugins.azurestack.simulator.world.World;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The installed products and their secrets: what was imported waits until a rotation takes it. Survives a restart.
 * Thread-safe.
 */
final class Products {
    private static final String SECTION = "product-secrets";
    private static final Duration AGE = Duration.ofDays(200);

    private final World world;
    private final ExternalCertificates external;
    private final List<Product> installed;
    /** By product: when its internal secret ends, and what was imported. */
    private final ObjectNode state;

    /** Takes up what the store has. */
    Products(final World world, final ExternalCertificates external) throws IOException {
        this.world = world;
        this.external = external;
        this.installed = Stream.of(Product.EVENT_HUBS, Product.SQL)
                .filter(product -> world.stamp().resourceProviders().contains(product.provider()))
                .toList();
        this.state = world.store().read(SECTION).orElseGet(Json::object);
        for (final Product product : installed) {
            if (!state.has(product.id())) {
                final Instant ends = world.time().now().minus(AGE).plus(Product.SECRET_LASTS);
                state.putObject(product.id()).put("internalEnds", ends.toString());
            }
            world.actionPlans().whenStepEnds(product.planType(), (plan, step) -> stepEnded(product, plan, step));
        }
        save();
    }

    List<Product> installed() {
        return installed;
    }

    private ObjectNode of(final Product product) {
        return (ObjectNode) state.path(product.id());
    }

    /** When a product's internal secret ends. */
    Instant internalEnds(final Product product) {
        world.actionPlans().settle();
        synchronized (state) {
            return Instant.parse(of(product).path("internalEnds").asText());
        }
    }

    /** When the certificate ends that a product serves; empty if it serves none. */
    Optional<Instant> externalEnds(final Product product) {
        world.actionPlans().settle();
        return Optional.ofNullable(external.served().get(product.folder()))
                .map(served -> served.leaf().getNotAfter().toInstant());
    }

    /** Keeps a PFX for the next rotation. */
    void imported(final Product product, final byte[] pfx, final String password) {
        synchronized (state) {
            of(product).put("pfx", Base64.getEncoder().encodeToString(pfx)).put("password", password);
            save();
        }
    }

    /** Starts a rotation; empty if the stamp's engine is at work. */
    Optional<ActionPlan> rotate(final Product product, final String starter) {
        final Duration half = product.rotationLasts().dividedBy(2);
        final ActionPlan plan = new ActionPlan(
                Identifiers.random(world.random()),
                "rotateSecrets",
                product.planType(),
                starter,
                world.time().now(),
                List.of(
                        new ActionPlan.Step("0", "RotateInternal", "Rotate the product's internal secrets.", half),
                        new ActionPlan.Step("1", "RotateExternal", "Take the imported external secrets.", half)),
                Optional.empty(),
                Optional.empty());
        return world.actionPlans().start(plan) ? Optional.of(plan) : Optional.empty();
    }

    Optional<ActionPlan> plan(final UUID id) {
        return world.actionPlans().find(id);
    }

    /** Whether a product's secrets are being rotated. */
    boolean isRotating(final Product product) {
        return world.actionPlans()
                .running()
                .filter(plan -> plan.type().equals(product.planType()))
                .isPresent();
    }

    private Optional<String> stepEnded(final Product product, final ActionPlan plan, final int step) {
        if (step == plan.steps().size() - 1) {
            rotated(product, plan);
        }
        return Optional.empty();
    }

    private void rotated(final Product product, final ActionPlan plan) {
        synchronized (state) {
            final ObjectNode secrets = of(product);
            secrets.put("internalEnds", plan.ends().plus(Product.SECRET_LASTS).toString());
            if (secrets.has("pfx")) {
                final IssuedCertificate certificate = open(
                                Base64.getDecoder().decode(secrets.path("pfx").asText()),
                                secrets.path("password").asText())
                        .orElseThrow();
                external.replace(Map.of(product.folder(), certificate));
                secrets.remove(List.of("pfx", "password"));
            }
            save();
        }
    }

    /** The certificate in a PFX and its key; empty if it can't be opened or has none. */
    static Optional<IssuedCertificate> open(final byte[] pfx, final String password) {
        final char[] characters = password.toCharArray();
        try {
            final KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(pfx), characters);
            for (final String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return Optional.of(new IssuedCertificate(
                            Arrays.stream(store.getCertificateChain(alias))
                                    .map(X509Certificate.class::cast)
                                    .toList(),
                            (PrivateKey) store.getKey(alias, characters)));
                }
            }
            return Optional.empty();
        } catch (GeneralSecurityException | IOException e) {
            return Optional.empty();
        }
    }

    private void save() {
        try {
            world.store().write(SECTION, state);
        } catch (IOException e) {
            throw new UncheckedIOException("The simulated stamp's state can't be written", e);
        }
    }
}
