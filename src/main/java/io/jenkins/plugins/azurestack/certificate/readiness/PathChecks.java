package io.jenkins.plugins.azurestack.certificate.readiness;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.certificate.PfxContents.CertificateBag;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The checks of what comes along with the certificate. */
final class PathChecks {
    private PathChecks() {}

    static Outcome chain(final Candidate.Opened opened) {
        if (CertificateChain.isSelfSigned(opened.leaf())) {
            return Outcome.of(
                    Reason.SELF_SIGNED, "The certificate '" + opened.chain().subject() + "' is self signed.");
        }
        return opened.path()
                .gap()
                .map(gap -> Outcome.of(Reason.CHAIN_NOT_WHOLE, "The chain of trust is not whole: " + gap + "."))
                .orElseGet(() -> Outcome.met(opened.path().certificates().size() + " certificates up to the root"));
    }

    /** Judged by whatever of the path is there. */
    static Outcome order(final Candidate.Opened opened) {
        final List<X509Certificate> path = opened.path().certificates();
        final List<X509Certificate> found =
                certificates(opened).stream().filter(path::contains).distinct().toList();
        return found.equals(path)
                ? Outcome.met("The certificate, then its issuers.")
                : Outcome.of(
                        Reason.WRONG_ORDER,
                        "The file has "
                                + found.stream().map(PathChecks::name).collect(Collectors.joining(", then "))
                                + ", where each should be followed by its issuer.");
    }

    static Outcome others(final Candidate candidate, final Map<ReadinessCheck, Outcome> earlier) {
        if (candidate.opened().isEmpty()) {
            return Outcome.of(Reason.NOT_OPEN, "The check was skipped because the file does not open.");
        }
        if (earlier.get(ReadinessCheck.CERT_CHAIN).status() == Status.FAIL
                || earlier.get(ReadinessCheck.DNS_NAMES).status() == Status.FAIL) {
            return Outcome.of(
                    Reason.CHAIN_OR_NAMES_FAILED,
                    "The Other Certificates check was skipped because Cert Chain and/or DNS Names failed.");
        }
        final List<String> others = others(candidate.opened().get());
        return others.isEmpty()
                ? Outcome.met("Nothing but the certificate, its key and its chain.")
                : Outcome.of(Reason.OTHER_CERTIFICATES, "The file also holds " + String.join(", ", others) + ".");
    }

    private static List<String> others(final Candidate.Opened opened) {
        final List<X509Certificate> wanted = new ArrayList<>(opened.path().certificates());
        final List<String> others = new ArrayList<>();
        for (final X509Certificate certificate : certificates(opened)) {
            if (!wanted.remove(certificate)) {
                final boolean again = opened.path().certificates().contains(certificate);
                others.add(name(certificate) + (again ? " once more" : ""));
            }
        }
        final int keys = opened.contents().keys().size() - 1;
        if (keys > 0) {
            others.add(keys + (keys == 1 ? " more private key" : " more private keys"));
        }
        final int bags = opened.contents().otherBags();
        if (bags > 0) {
            others.add(bags + (bags == 1 ? " entry" : " entries") + " of another kind");
        }
        return others;
    }

    private static List<X509Certificate> certificates(final Candidate.Opened opened) {
        return opened.contents().certificates().stream()
                .map(CertificateBag::certificate)
                .toList();
    }

    private static String name(final X509Certificate certificate) {
        return "'" + certificate.getSubjectX500Principal().getName() + "'";
    }
}
