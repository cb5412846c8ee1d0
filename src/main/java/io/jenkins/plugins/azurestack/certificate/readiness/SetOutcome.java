package io.jenkins.plugins.azurestack.certificate.readiness;

import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * What came of one check of a whole set.
 *
 * @param reason why; tells the status and the remedy
 * @param folders that it concerns, if not the set as a whole
 * @param message what was found, one printable line
 */
public record SetOutcome(SetReason reason, List<CertificateFolder> folders, String message) {
    private static final int LONGEST = 2000;

    public SetOutcome {
        Objects.requireNonNull(reason, "reason");
        folders = folders.stream().sorted().distinct().toList();
        message = Text.printable(message, LONGEST);
    }

    static SetOutcome of(final SetReason reason, final String message) {
        return new SetOutcome(reason, List.of(), message);
    }

    static SetOutcome of(final SetReason reason, final Collection<CertificateFolder> folders, final String message) {
        return new SetOutcome(reason, List.copyOf(folders), message);
    }

    static SetOutcome met(final String message) {
        return of(SetReason.MET, message);
    }

    /** How the check ended. */
    public Status status() {
        return reason.status();
    }

    /** What to do next; empty if nothing has to be done. */
    public String remedy() {
        return reason.remedy();
    }
}
