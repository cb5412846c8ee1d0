package io.jenkins.plugins.azurestack.certificate.readiness;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.certificate.CertificatePath;
import io.jenkins.plugins.azurestack.certificate.PfxContents;
import io.jenkins.plugins.azurestack.certificate.PfxContents.CertificateBag;
import io.jenkins.plugins.azurestack.certificate.PfxFile;
import io.jenkins.plugins.azurestack.certificate.UnreadablePfxException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file that wants to be accepted, as far as it opens.
 *
 * @param outside what can be seen without the password; empty if it is no PFX
 * @param opened empty if it does not open
 * @param failure why it does not open; empty if it does
 */
record Candidate(Optional<PfxContents> outside, Optional<Opened> opened, Optional<UnreadablePfxException> failure) {

    /**
     * What the file is held against.
     *
     * @param requiredNames that it must cover, wildcards as such
     * @param wildcard whether a wildcard may cover them
     */
    record Wanted(List<String> requiredNames, boolean wildcard, Instant now, ReadinessSettings settings, CrlProbe crl) {
        boolean isCovered(final CertificateChain chain, final String name) {
            return wildcard ? chain.covers(name) : chain.dnsNames().stream().anyMatch(name::equalsIgnoreCase);
        }
    }

    /**
     * A file that opened and holds a certificate.
     *
     * @param joined whether the file itself tells which key is the certificate's
     * @param path from the certificate as far as the file goes
     */
    record Opened(PfxContents contents, boolean joined, CertificatePath path, Wanted wanted) {
        CertificateChain chain() {
            return path.chain();
        }

        X509Certificate leaf() {
            return path.certificates().get(0);
        }
    }

    static Candidate of(final byte[] content, final char[] password, final Wanted wanted) {
        try {
            final PfxContents contents = PfxContents.open(content, password);
            return new Candidate(Optional.of(contents), Optional.of(opened(contents, wanted)), Optional.empty());
        } catch (UnreadablePfxException e) {
            return new Candidate(outside(content), Optional.empty(), Optional.of(e));
        }
    }

    private static Optional<PfxContents> outside(final byte[] content) {
        try {
            return Optional.of(PfxContents.fromOutside(content));
        } catch (UnreadablePfxException e) {
            return Optional.empty();
        }
    }

    private static Opened opened(final PfxContents contents, final Wanted wanted) throws UnreadablePfxException {
        final PfxFile file = PfxFile.of(contents);
        final List<X509Certificate> pool = contents.certificates().stream()
                .map(CertificateBag::certificate)
                .toList();
        final Optional<CertificateChain> joined = best(file.chains(), wanted);
        final X509Certificate leaf = joined.or(() -> best(file.chainsWithoutKey(), wanted))
                .map(CertificateChain::leaf)
                .orElseGet(() -> pool.get(0));
        return new Opened(contents, joined.isPresent(), CertificatePath.from(leaf, pool), wanted);
    }

    /** Of several, the first that covers the wanted names, or else the first. */
    private static Optional<CertificateChain> best(final List<CertificateChain> chains, final Wanted wanted) {
        return Stream.concat(
                        chains.stream().filter(chain -> wanted.requiredNames().stream()
                                .allMatch(name -> wanted.isCovered(chain, name))),
                        chains.stream())
                .findFirst();
    }
}
