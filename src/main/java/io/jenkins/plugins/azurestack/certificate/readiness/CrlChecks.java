package io.jenkins.plugins.azurestack.certificate.readiness;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.certificate.DistributionPoints;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The check of the revocation list. */
final class CrlChecks {
    /** More addresses than any real certificate has. */
    private static final int MOST_URLS = 4;

    private CrlChecks() {}

    /** The first list that can be fetched counts; that is what a client does, too. */
    static Outcome reachable(final Candidate.Opened opened) throws InterruptedException {
        final List<URI> urls = DistributionPoints.http(opened.leaf());
        if (urls.isEmpty()) {
            return Outcome.of(Reason.NO_HTTP_CRL, "The certificate names no revocation list under an HTTP URL.");
        }
        final List<String> failures = new ArrayList<>();
        for (final URI url : urls.subList(0, Math.min(MOST_URLS, urls.size()))) {
            final CrlProbe.Answer answer = opened.wanted().crl().ask(url);
            final String from = " (asked from " + answer.from() + ")";
            if (answer.result() instanceof CrlProbe.Result.Failed failed) {
                failures.add(url + from + ": " + failed.reason());
            } else if (answer.result() instanceof CrlProbe.Result.Served served) {
                return judge(opened, url + from, served.content());
            } else if (answer.result() instanceof CrlProbe.Result.TooLarge tooLarge) {
                return Outcome.of(
                        Reason.CRL_DOUBTFUL,
                        url + from + " answers with more than " + tooLarge.limit() + " bytes, which were not read.");
            }
        }
        return Outcome.of(
                Reason.CRL_NOT_REACHED, "No revocation list can be fetched: " + String.join("; ", failures) + ".");
    }

    private static Outcome judge(final Candidate.Opened opened, final String place, final byte[] content) {
        final X509CRL list;
        try {
            list = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(content));
        } catch (GeneralSecurityException | RuntimeException e) {
            return Outcome.of(Reason.CRL_NOT_READABLE, place + " answers, but with no revocation list.");
        }
        if (list == null) {
            return Outcome.of(Reason.CRL_NOT_READABLE, place + " answers with nothing.");
        }
        if (!isIssuers(list, opened)) {
            return Outcome.of(
                    Reason.CRL_DOUBTFUL, place + " answers, but its list is not signed by the certificate's issuer.");
        }
        if (list.isRevoked(opened.leaf())) {
            return Outcome.of(Reason.REVOKED, place + " says that the certificate is revoked.");
        }
        final Instant now = opened.wanted().now();
        if (list.getNextUpdate() != null && list.getNextUpdate().toInstant().isBefore(now)) {
            return Outcome.of(
                    Reason.CRL_DOUBTFUL,
                    place + " answers, but its list was good until "
                            + list.getNextUpdate().toInstant() + " only.");
        }
        return Outcome.met(place + " answers.");
    }

    /** Where the issuer is not in the file, which Cert Chain says, nothing can be told. */
    private static boolean isIssuers(final X509CRL list, final Candidate.Opened opened) {
        final List<X509Certificate> path = opened.path().certificates();
        return path.size() == 1 || CertificateChain.isSignedBy(list, path.get(1));
    }
}
