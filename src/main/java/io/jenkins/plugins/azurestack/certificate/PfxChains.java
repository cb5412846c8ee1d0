package io.jenkins.plugins.azurestack.certificate;

import io.jenkins.plugins.azurestack.certificate.UnreadablePfxException.Kind;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/** Joins the keys and certificates of one PFX to chains, by the ids that the file gives them and by issuer names. */
final class PfxChains {
    /** Of several certificates with an issuer's name, so many are tried: a bound on what a strange file can cost. */
    private static final int ISSUERS_TRIED = 4;

    private final List<String> keys = new ArrayList<>();
    private final Map<X509Certificate, String> certificates = new LinkedHashMap<>();
    private final Map<X500Principal, List<X509Certificate>> bySubject = new HashMap<>();

    /** @param id the local key id; empty if there is none */
    void key(final String id) {
        keys.add(id);
    }

    /** @param id the local key id of the key it belongs to; empty if there is none */
    void certificate(final X509Certificate certificate, final String id) {
        if (certificates.putIfAbsent(certificate, id) == null) {
            bySubject
                    .computeIfAbsent(certificate.getSubjectX500Principal(), subject -> new ArrayList<>())
                    .add(certificate);
        }
    }

    /** @throws UnreadablePfxException if there is no certificate */
    PfxFile file() throws UnreadablePfxException {
        if (certificates.isEmpty()) {
            throw new UnreadablePfxException(
                    Kind.NO_CERTIFICATE,
                    keys.isEmpty()
                            ? "The file opens, but is empty inside"
                            : "The file opens, but holds only a private key");
        }
        final Map<X509Certificate, Optional<X509Certificate>> issuers = new HashMap<>();
        final List<CertificateChain> chains = new ArrayList<>();
        final Set<X509Certificate> without = new LinkedHashSet<>(certificates.keySet());
        for (final String key : keys) {
            leafOf(key).ifPresent(leaf -> {
                final CertificateChain chain = CertificateChain.of(chainFrom(leaf, issuers));
                chains.add(chain);
                chain.certificates().forEach(without::remove);
            });
        }
        return new PfxFile(chains, List.copyOf(without));
    }

    private Optional<X509Certificate> leafOf(final String key) {
        if (!key.isEmpty()) {
            final Optional<X509Certificate> named = certificates.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(key))
                    .map(Map.Entry::getKey)
                    .findFirst();
            if (named.isPresent()) {
                return named;
            }
        }
        // A tool that leaves the ids out writes one key: its certificate is the one that issued no other.
        return keys.size() == 1
                ? certificates.keySet().stream().filter(this::issuedNoOther).findFirst()
                : Optional.empty();
    }

    private boolean issuedNoOther(final X509Certificate certificate) {
        return certificates.keySet().stream()
                .filter(other -> !other.equals(certificate))
                .noneMatch(other -> other.getIssuerX500Principal().equals(certificate.getSubjectX500Principal()));
    }

    private List<X509Certificate> chainFrom(
            final X509Certificate leaf, final Map<X509Certificate, Optional<X509Certificate>> issuers) {
        final Set<X509Certificate> chain = new LinkedHashSet<>();
        Optional<X509Certificate> next = Optional.of(leaf);
        while (next.isPresent() && chain.add(next.get())) {
            next = issuers.computeIfAbsent(next.get(), this::issuerOf);
        }
        return List.copyOf(chain);
    }

    private Optional<X509Certificate> issuerOf(final X509Certificate certificate) {
        final List<X509Certificate> candidates =
                bySubject.getOrDefault(certificate.getIssuerX500Principal(), List.of()).stream()
                        .filter(candidate -> !candidate.equals(certificate))
                        .limit(ISSUERS_TRIED)
                        .toList();
        if (candidates.size() < 2) {
            return candidates.stream().findFirst();
        }
        return candidates.stream()
                .filter(candidate -> signed(candidate, certificate))
                .findFirst()
                .or(() -> Optional.of(candidates.get(0)));
    }

    private static boolean signed(final X509Certificate issuer, final X509Certificate certificate) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
