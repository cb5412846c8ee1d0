package io.jenkins.plugins.azurestack.certificate.readiness;

import io.jenkins.plugins.azurestack.stamp.Text;
import java.util.Objects;

/**
 * What came of one check of one file.
 *
 * @param reason why; tells the status
 * @param message what was found, one printable line
 * @param remedy what to do next; empty if nothing has to be done
 */
public record Outcome(Reason reason, String message, String remedy) {
    private static final int LONGEST = 1000;

    public Outcome {
        Objects.requireNonNull(reason, "reason");
        message = Text.printable(message, LONGEST);
        remedy = Text.printable(remedy, LONGEST);
    }

    /** With the reason's own remedy. */
    static Outcome of(final Reason reason, final String message) {
        return new Outcome(reason, message, reason.remedy());
    }

    static Outcome met(final String message) {
        return of(Reason.MET, message);
    }

    /** How the check ended. */
    public Status status() {
        return reason.status();
    }
}
