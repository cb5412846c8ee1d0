package io.jenkins.plugins.azurestack.simulator.tls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.pki.CertificateAuthority;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.world.StateStore;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
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

/** The stamp's authority and the certificates that it serves, with their keys, as they survive a restart. */
public final class KeptCertificates {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECTION = "external-certificates";
    private static final String AUTHORITY = "authority";
    private static final String SERVED = "served";
    private static final String ALGORITHM = "algorithm";
    private static final String KEY = "key";
    private static final String CHAIN = "chain";

    private final StateStore store;
    private final Stamp stamp;

    public KeptCertificates(final StateStore store, final Stamp stamp) {
        this.store = store;
        this.stamp = stamp;
    }

    /** The authority, if one was kept. */
    public Optional<CertificateAuthority> authority(final SecureRandom random) throws IOException {
        final List<IssuedCertificate> kept = new ArrayList<>();
        for (final JsonNode one : section().path(AUTHORITY)) {
            kept.add(read(one));
        }
        return kept.isEmpty()
                ? Optional.empty()
                : Optional.of(CertificateAuthority.restored(kept, stamp.externalFqdn(), random));
    }

    /** What each folder served last, as far as it was kept. */
    public Map<CertificateFolder, IssuedCertificate> served() throws IOException {
        final JsonNode kept = section().path(SERVED);
        final Map<CertificateFolder, IssuedCertificate> served = new EnumMap<>(CertificateFolder.class);
        for (final CertificateFolder folder : stamp.folders()) {
            if (kept.has(folder.name())) {
                served.put(folder, read(kept.get(folder.name())));
            }
        }
        return served;
    }

    /** Keeps both. */
    public void keep(final CertificateAuthority authority, final Map<CertificateFolder, IssuedCertificate> served)
            throws IOException {
        final ObjectNode section = JSON.createObjectNode();
        final ArrayNode own = section.putArray(AUTHORITY);
        final ObjectNode byFolder = section.putObject(SERVED);
        try {
            for (final IssuedCertificate one : authority.keep()) {
                own.add(written(one));
            }
            for (final Map.Entry<CertificateFolder, IssuedCertificate> one : served.entrySet()) {
                byFolder.set(one.getKey().name(), written(one.getValue()));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was issued has an encoding", e);
        }
        store.write(SECTION, section);
    }

    private JsonNode section() throws IOException {
        return store.read(SECTION).orElseGet(JSON::createObjectNode);
    }

    private static ObjectNode written(final IssuedCertificate certificate) throws GeneralSecurityException {
        final ObjectNode node = JSON.createObjectNode()
                .put(ALGORITHM, certificate.key().getAlgorithm())
                .put(KEY, certificate.key().getEncoded());
        final ArrayNode chain = node.putArray(CHAIN);
        for (final X509Certificate one : certificate.chain()) {
            chain.add(one.getEncoded());
        }
        return node;
    }

    private static IssuedCertificate read(final JsonNode node) throws IOException {
        try {
            final CertificateFactory factory = CertificateFactory.getInstance("X.509");
            final List<X509Certificate> chain = new ArrayList<>();
            for (final JsonNode one : node.path(CHAIN)) {
                chain.add((X509Certificate) factory.generateCertificate(
                        new ByteArrayInputStream(Base64.getDecoder().decode(one.asText()))));
            }
            final PKCS8EncodedKeySpec key = new PKCS8EncodedKeySpec(
                    Base64.getDecoder().decode(node.path(KEY).asText()));
            return new IssuedCertificate(
                    chain, KeyFactory.getInstance(node.path(ALGORITHM).asText()).generatePrivate(key));
        } catch (GeneralSecurityException e) {
            throw new IOException("The simulated stamp's certificates were kept in a form that can't be read", e);
        }
    }
}
