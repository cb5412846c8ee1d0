package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.certificate.request.JoinedCertificate;
import io.jenkins.plugins.azurestack.certificate.request.PendingRequest;
import io.jenkins.plugins.azurestack.certificate.request.RequestRules;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Certificate requests, and what became of them, as lines of a build log. Lines are at most 140 characters and hold no
 * control characters. Stateless.
 */
public final class RequestsLog {
    private static final int WIDTH = 140;

    private RequestsLog() {}

    /** The requests of a stamp, all of whose keys are kept. */
    public static List<String> requests(
            final Stamp stamp, final RequestRules rules, final List<PendingRequest> requests) {
        final List<String> lines = new ArrayList<>(TextTable.wrap(RequestsMap.summary(stamp, requests) + ".", WIDTH));
        lines.addAll(TextTable.wrap(
                "Subject: "
                        + (rules.subject().toString().isEmpty()
                                ? "the first name alone"
                                : rules.subject().toString()) + "; signed with " + rules.hash() + ".",
                WIDTH));
        lines.add("");
        final TextTable table = new TextTable("FOLDER", "NAMES", "KEY", "REQUEST");
        for (final PendingRequest pending : requests) {
            table.row(
                    pending.request().folders().get(0).folderName(),
                    String.join(" ", pending.request().dnsNames()),
                    pending.again() ? "used again" : "new",
                    pending.request().fileName());
        }
        lines.addAll(table.lines(WIDTH));
        lines.add("");
        lines.addAll(TextTable.wrap(
                "Every key was read back from the credentials store before this was written. Have an authority answer the"
                        + " requests, then give its answer to azsCertificateRequests with issued.",
                WIDTH));
        return List.copyOf(lines);
    }

    /** The certificates that are in the credentials store now. */
    public static List<String> joined(
            final Stamp stamp, final List<JoinedCertificate> joined, final Collection<CertificateFolder> waiting) {
        final List<String> lines =
                new ArrayList<>(TextTable.wrap(RequestsMap.summary(stamp, joined, waiting) + ".", WIDTH));
        lines.add("");
        final TextTable table = new TextTable("FOLDER", "UNTIL", "THUMBPRINT", "CREDENTIAL", "DONE");
        for (final JoinedCertificate one : joined) {
            table.row(
                    one.folder().folderName(),
                    Phrases.minute(one.chain().leaf().getNotAfter().toInstant()),
                    CertificateChain.masked(one.chain().thumbprint()),
                    one.credentialsId(),
                    one.written() ? "written" : "was there");
        }
        lines.addAll(table.lines(WIDTH));
        waiting.forEach(folder -> lines.add("Still waiting for a certificate: " + folder.folderName()));
        return List.copyOf(lines);
    }
}
