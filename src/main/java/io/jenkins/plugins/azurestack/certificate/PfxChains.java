package io.jenkins.plugins.azurestack.certificate;

import io.jenkins.plugins.azurestack.certificate.UnreadablePfxException.Kind;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
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

    private final List<String> keys;
    private final Map<X509Certificate, String> certificates = new LinkedHashMap<>();
    private final Map<X500Principal, List<X509Certificate>> bySubject = new HashMap<>();

    PfxChains(final PfxContents contents) {
        keys = contents.keys().stream().map(PfxContents.KeyBag::localKeyId).toList();
        contents.certificates().forEach(bag -> add(bag.certificate(), bag.localKeyId()));
    }

    /** @param id the local key id of the key it belongs to; empty if there is none */
    private void add(final X509Certificate certificate, final String id) {
        final String known = certificates.putIfAbsent(certificate, id);
        if (known != null && known.isEmpty()) {
            certificates.put(certificate, id);
        }
        if (known == null) {
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
        final Map<X509Certificate, CertificateChain> chains = new LinkedHashMap<>();
        for (final String key : keys) {
            leafOf(key).ifPresent(leaf -> chains.put(leaf, chainFrom(leaf, issuers)));
        }
        final Set<X509Certificate> without = new LinkedHashSet<>(certificates.keySet());
        chains.values().forEach(chain -> chain.certificates().forEach(without::remove));
        final List<CertificateChain> chainsWithoutKey = without.stream()
                .filter(this::isLeaf)
                .map(leaf -> chainFrom(leaf, issuers))
                .toList();
        // Two keys never have one certificate: of keys with the same id, all but one are without theirs.
        return new PfxFile(
                List.copyOf(chains.values()), keys.size() - chains.size(), List.copyOf(without), chainsWithoutKey);
    }

    /**
     * The certificate of a key, if that can be told without decrypting the key.
     *
     * @param key the local key id; empty if there is none
     */
    Optional<X509Certificate> leafOf(final String key) {
        final List<X509Certificate> named = key.isEmpty() ? List.of() : withId(key);
        if (!named.isEmpty()) {
            return onlyLeaf(named);
        }
        // A tool that leaves the ids out writes one key.
        return keys.size() == 1 ? onlyLeaf(key.isEmpty() ? certificates.keySet() : withId("")) : Optional.empty();
    }

    private List<X509Certificate> withId(final String id) {
        return certificates.entrySet().stream()
                .filter(entry -> entry.getValue().equals(id))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The only one, or else the only leaf among them. */
    private Optional<X509Certificate> onlyLeaf(final Collection<X509Certificate> candidates) {
        final List<X509Certificate> leaves = candidates.size() == 1
                ? List.copyOf(candidates)
                : candidates.stream().filter(this::isLeaf).toList();
        return leaves.size() == 1 ? Optional.of(leaves.get(0)) : Optional.empty();
    }

    private boolean isLeaf(final X509Certificate certificate) {
        return certificate.getBasicConstraints() < 0
                && certificates.keySet().stream().noneMatch(other -> hasIssued(certificate, other));
    }

    /** By the names alone. Whatever names itself as issuer is nobody else's, such as an old one of the same name. */
    private static boolean hasIssued(final X509Certificate issuer, final X509Certificate certificate) {
        return certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
                && !certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    }

    private CertificateChain chainFrom(
            final X509Certificate leaf, final Map<X509Certificate, Optional<X509Certificate>> issuers) {
        final Set<X509Certificate> chain = new LinkedHashSet<>();
        Optional<X509Certificate> next = Optional.of(leaf);
        while (next.isPresent() && chain.add(next.get())) {
            next = issuers.computeIfAbsent(next.get(), this::issuerOf);
        }
        return CertificateChain.of(List.copyOf(chain));
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
