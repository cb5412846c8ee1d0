package io.jenkins.plugins.azurestack.simulator.pep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.world.StateStore;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What the stamp keeps of its rotations: where each external one found its certificates, and the ones that the current
 * one took. Survives a restart, passwords and keys included. Thread-safe.
 */
final class RotationAttempts {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECTION = "secret-rotation";
    private static final int PASSWORD_BYTES = 18;

    private final StateStore store;
    private final ObjectNode section;

    RotationAttempts(final StateStore store, final SecureRandom random) throws IOException {
        this.store = store;
        this.section = store.read(SECTION).orElseGet(JSON::createObjectNode);
        if (!section.has("password")) {
            final byte[] password = new byte[PASSWORD_BYTES];
            random.nextBytes(password);
            section.put("password", Base64.getEncoder().encodeToString(password));
        }
    }

    /**
     * Where the certificates are; prints no passwords.
     *
     * @param path a UNC path
     * @param user who may go there
     * @param password that user's
     * @param certificatePassword that of all files
     */
    record Source(String path, String user, String password, String certificatePassword) {
        @Override
        public String toString() {
            return "Source[" + path + ", " + user + "]";
        }
    }

    /** The password that the stamp gives the files that it makes itself. */
    synchronized char[] ownPassword() {
        return section.get("password").asText().toCharArray();
    }

    synchronized void remember(final UUID plan, final Source source) {
        section.withObject("/attempts/" + plan)
                .put("path", source.path())
                .put("user", source.user())
                .put("password", source.password())
                .put("certificatePassword", source.certificatePassword());
        save();
    }

    synchronized Optional<Source> source(final UUID plan) {
        final JsonNode attempt = section.path("attempts").path(plan.toString());
        return attempt.isObject()
                ? Optional.of(new Source(
                        attempt.path("path").asText(),
                        attempt.path("user").asText(),
                        attempt.path("password").asText(),
                        attempt.path("certificatePassword").asText()))
                : Optional.empty();
    }

    /** Keeps the certificates that a plan took, and forgets those of any other. */
    synchronized void take(final UUID plan, final Map<CertificateFolder, IssuedCertificate> certificates) {
        final ObjectNode taken = JSON.createObjectNode().put("plan", plan.toString());
        certificates.forEach((folder, certificate) -> {
            final ObjectNode file = taken.withObject("/files").putObject(folder.name());
            file.put("algorithm", certificate.key().getAlgorithm())
                    .put("key", certificate.key().getEncoded());
            final ArrayNode chain = file.putArray("chain");
            for (final X509Certificate one : certificate.chain()) {
                chain.add(encoded(one));
            }
        });
        section.set("taken", taken);
        save();
    }

    /** What a plan took. */
    synchronized Optional<Map<CertificateFolder, IssuedCertificate>> taken(final UUID plan) {
        final JsonNode taken = section.path("taken");
        if (!taken.path("plan").asText().equals(plan.toString())) {
            return Optional.empty();
        }
        final Map<CertificateFolder, IssuedCertificate> certificates = new EnumMap<>(CertificateFolder.class);
        try {
            for (final Map.Entry<String, JsonNode> file : taken.path("files").properties()) {
                certificates.put(CertificateFolder.valueOf(file.getKey()), decoded(file.getValue()));
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("What was encoded here can be decoded", e);
        }
        return Optional.of(certificates);
    }

    private static byte[] encoded(final X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was read has an encoding", e);
        }
    }

    private static IssuedCertificate decoded(final JsonNode file) throws IOException, GeneralSecurityException {
        final CertificateFactory certificates = CertificateFactory.getInstance("X.509", "SUN");
        final List<X509Certificate> chain = new ArrayList<>();
        for (final JsonNode one : file.path("chain")) {
            chain.add((X509Certificate) certificates.generateCertificate(new ByteArrayInputStream(one.binaryValue())));
        }
        return new IssuedCertificate(
                chain,
                KeyFactory.getInstance(file.path("algorithm").asText())
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(file.path("key").binaryValue())));
    }

    private void save() {
        try {
            store.write(SECTION, section);
        } catch (IOException e) {
            throw new UncheckedIOException("The simulated stamp's state can't be written", e);
        }
    }
}
