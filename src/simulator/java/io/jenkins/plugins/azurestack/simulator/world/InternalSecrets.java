package io.jenkins.plugins.azurestack.simulator.world;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The secrets that a stamp made for itself: the certificates that recorded alerts name, on the machines that they name,
 * the root certificate, and service accounts. Thread-safe.
 */
public final class InternalSecrets {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECTION = "internal-secrets";
    private static final Duration LASTS = Duration.ofDays(730);
    private static final Duration ROOT_LASTS = Duration.ofDays(5 * 365);
    /** Subjects of recorded alerts, and the machines they were on. */
    private static final Map<String, List<String>> RECORDED = recorded();

    private final StateStore store;
    private final String issuer;
    private final List<InternalSecret> secrets = new ArrayList<>();
    private final List<InternalSecret> formerRoots = new ArrayList<>();

    /**
     * Takes up what the store has, or makes what a stamp has that was deployed a while ago.
     *
     * @param internalDomain the stamp's own domain, such as {@code azurestack.local}
     * @param deployed when a stamp was deployed of which the store knows nothing
     */
    public InternalSecrets(final StateStore store, final String internalDomain, final Instant deployed)
            throws IOException {
        this.store = Objects.requireNonNull(store, "store");
        this.issuer = "CN=AzureStackCertificationAuthority, DC=" + String.join(", DC=", internalDomain.split("[.]"));
        store.read(SECTION).ifPresent(section -> {
            section.withArray("secrets")
                    .forEach(node ->
                            secrets.add(JSON.convertValue(node, Written.class).secret()));
            section.withArray("formerRoots")
                    .forEach(node -> formerRoots.add(
                            JSON.convertValue(node, Written.class).secret()));
        });
        if (secrets.isEmpty()) {
            renew(deployed, true);
        }
    }

    /** All of them. */
    public List<InternalSecret> all() {
        synchronized (secrets) {
            return List.copyOf(secrets);
        }
    }

    /** The root certificate. */
    public InternalSecret root() {
        return all().stream()
                .filter(secret -> secret.kind() == InternalSecret.Kind.ROOT)
                .findFirst()
                .orElseThrow();
    }

    /** The root certificates that the stamp had before, the oldest first. */
    public List<InternalSecret> formerRoots() {
        synchronized (secrets) {
            return List.copyOf(formerRoots);
        }
    }

    /**
     * Makes them anew, as an internal rotation does.
     *
     * @param root whether the root certificate too, as from 2108 on
     */
    public void renew(final Instant now, final boolean root) {
        synchronized (secrets) {
            final List<InternalSecret> roots = secrets.stream()
                    .filter(secret -> secret.kind() == InternalSecret.Kind.ROOT)
                    .toList();
            secrets.clear();
            RECORDED.forEach((subject, machines) -> secrets.add(new InternalSecret(
                    InternalSecret.Kind.CERTIFICATE,
                    subject,
                    issuer,
                    thumbprint(subject, now),
                    "DNS Name=" + subject.substring("CN=".length()),
                    now.plus(LASTS),
                    machines)));
            secrets.add(new InternalSecret(
                    InternalSecret.Kind.SERVICE_ACCOUNT, "FabricRingServices", "", "", "", now.plus(LASTS), List.of()));
            if (!root) {
                secrets.addAll(roots);
            } else {
                roots.stream()
                        .filter(former -> !former.thumbprint().equals(thumbprint(issuer, now)))
                        .forEach(formerRoots::add);
                secrets.add(new InternalSecret(
                        InternalSecret.Kind.ROOT,
                        issuer,
                        issuer,
                        thumbprint(issuer, now),
                        "",
                        now.plus(ROOT_LASTS),
                        List.of()));
            }
            save();
        }
    }

    /** Lets every secret of a kind end at another time. */
    public void expire(final InternalSecret.Kind kind, final Instant ends) {
        synchronized (secrets) {
            secrets.replaceAll(secret -> secret.kind() != kind
                    ? secret
                    : new InternalSecret(
                            kind,
                            secret.subject(),
                            secret.issuer(),
                            secret.thumbprint(),
                            secret.names(),
                            ends,
                            secret.machines()));
            save();
        }
    }

    private void save() {
        final ObjectNode section = JSON.createObjectNode();
        final ArrayNode array = section.putArray("secrets");
        secrets.forEach(secret -> array.add(JSON.<ObjectNode>valueToTree(Written.of(secret))));
        final ArrayNode former = section.putArray("formerRoots");
        formerRoots.forEach(secret -> former.add(JSON.<ObjectNode>valueToTree(Written.of(secret))));
        try {
            store.write(SECTION, section);
        } catch (IOException e) {
            throw new UncheckedIOException("The simulated stamp's state can't be written", e);
        }
    }

    /** As good as a certificate's: 40 digits that belong to one subject of one time. */
    private static String thumbprint(final String subject, final Instant made) {
        try {
            return HexFormat.of()
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-1")
                            .digest((subject + made).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java 17 has SHA-1", e);
        }
    }

    private static Map<String, List<String>> recorded() {
        final List<String> everywhere = List.of(
                "ACS01", "ACS02", "ACS03", "ADFS01", "ADFS02", "CA01", "ERCS01", "ERCS02", "ERCS03", "GWY01", "GWY02",
                "GWY03", "NC01", "NC02", "NC03", "PXE01", "SLB02", "SQL01", "SQL02", "WAS01", "WAS02", "WASP01",
                "WASP02", "XRP01", "XRP02", "XRP03");
        final List<String> providers = List.of("XRP01", "XRP02", "XRP03");
        final Map<String, List<String>> machines = new java.util.LinkedHashMap<>();
        machines.put("CN=MA", everywhere);
        for (final String subject : List.of(
                "CN=AzKV Bootstrap Key",
                "CN=AzKVInternal Bootstrap Key",
                "CN=AzKV Naming Service Configuration Encryption",
                "CN=ComputeProviderEncryption",
                "CN=ComputeProviderStorageAccountEncryption",
                "CN=IbcStorageAccountEncryption",
                "CN=NetworkProviderEncryption",
                "CN=NetworkProviderStorageAccountEncryption",
                "CN=StorageServiceEncryption",
                "CN=UpdateProviderStorageAccountEncryption")) {
            machines.put(subject, providers);
        }
        return machines;
    }

    /** The written form. */
    private record Written(
            String kind,
            String subject,
            String issuer,
            String thumbprint,
            String names,
            String ends,
            List<String> machines) {
        static Written of(final InternalSecret secret) {
            return new Written(
                    secret.kind().name(),
                    secret.subject(),
                    secret.issuer(),
                    secret.thumbprint(),
                    secret.names(),
                    secret.ends().toString(),
                    secret.machines());
        }

        InternalSecret secret() {
            return new InternalSecret(
                    InternalSecret.Kind.valueOf(kind),
                    subject,
                    issuer,
                    thumbprint,
                    names,
                    Instant.parse(ends),
                    machines);
        }
    }
}
