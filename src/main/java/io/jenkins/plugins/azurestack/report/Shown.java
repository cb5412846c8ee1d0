package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.expiry.ExpiryReport;
import io.jenkins.plugins.azurestack.expiry.Finding;
import io.jenkins.plugins.azurestack.expiry.Severity;
import io.jenkins.plugins.azurestack.expiry.Target;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A finding made fit to be shown: every text is one printable line of bounded length, what is not known is empty.
 *
 * @param folders the names of the certificate folders it concerns, in the order of the documentation
 * @param subject the leaf's subject
 * @param thumbprint SHA-1, upper case
 * @param fingerprint SHA-256, lower case
 * @param daysLeft whole days; -1 also where no date is known
 * @param limitedBy the subject of the certificate of the chain that ends before the leaf does
 */
record Shown(
        Finding.Kind kind,
        Severity severity,
        String name,
        List<String> folders,
        String message,
        String advice,
        String subject,
        String thumbprint,
        String fingerprint,
        Optional<Instant> notAfter,
        long daysLeft,
        String limitedBy,
        List<Place> seenAt) {

    /** Long enough for any honest name, short enough that a hostile one cannot flood a page. */
    private static final int LONGEST_NAME = 300;

    private static final int LONGEST_SENTENCE = 1000;
    private static final long NOT_KNOWN = -1;

    /** A target made fit to be shown; {@code folder} is empty where it belongs to none. */
    record Place(String source, String name, String folder) {
        static Place of(final Target target) {
            return new Place(
                    Text.printable(target.source(), LONGEST_NAME),
                    Text.printable(target.name(), LONGEST_NAME),
                    target.folder().map(CertificateFolder::folderName).orElse(""));
        }

        @Override
        public String toString() {
            return source + " " + name;
        }
    }

    static Shown of(final ExpiryReport report, final Finding finding) {
        final Optional<CertificateChain> chain = finding.certificate();
        return new Shown(
                finding.kind(),
                finding.severity(),
                Text.printable(finding.name(), LONGEST_NAME),
                folders(finding),
                Text.printable(finding.message(), LONGEST_SENTENCE),
                Text.printable(finding.advice(), LONGEST_SENTENCE),
                chain.map(c -> Text.printable(c.subject(), LONGEST_NAME)).orElse(""),
                finding.thumbprint(),
                chain.map(CertificateChain::fingerprint).orElse(""),
                finding.notAfter(),
                report.daysLeft(finding).orElse(NOT_KNOWN),
                chain.map(Shown::limitedBy).orElse(""),
                finding.seenAt().stream().map(Place::of).toList());
    }

    /** All findings of a report, in its order. */
    static List<Shown> all(final ExpiryReport report) {
        return report.findings().stream().map(finding -> of(report, finding)).toList();
    }

    private static List<String> folders(final Finding finding) {
        return finding.seenAt().stream()
                .flatMap(target -> target.folder().stream())
                .distinct()
                .sorted()
                .map(CertificateFolder::folderName)
                .toList();
    }

    private static String limitedBy(final CertificateChain chain) {
        final X509Certificate first = chain.endsFirst();
        return first.getNotAfter().before(chain.leaf().getNotAfter())
                ? Text.printable(first.getSubjectX500Principal().getName(), LONGEST_NAME)
                : "";
    }

    /** The folder it concerns, the first if there are several, empty if there is none. */
    String folder() {
        return folders.isEmpty() ? "" : folders.get(0);
    }

    boolean isCertificate() {
        return kind == Finding.Kind.EXPIRY;
    }

    /** Whether it says when something ends, or when it was last known to end. */
    boolean isDated() {
        return notAfter.isPresent() && (isCertificate() || isUnknown());
    }

    boolean isUnknown() {
        return kind == Finding.Kind.UNKNOWN;
    }
}
