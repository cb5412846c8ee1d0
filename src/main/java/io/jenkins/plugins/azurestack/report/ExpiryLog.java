package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.expiry.ExpiryReport;
import io.jenkins.plugins.azurestack.expiry.Target;

/** An expiry report as lines of a build log. Stateless. */
public final class ExpiryLog {
    private ExpiryLog() {}

    /** Renders a report. */
    public static java.util.List<String> lines(final ExpiryReport report) {
        throw new UnsupportedOperationException("coming");
    }

    /**
     * One line of progress.
     *
     * @param done how many targets are settled, this one included
     * @param total how many there are
     * @param target the one just settled
     * @param outcome what came of it, a few words
     */
    public static String progress(final int done, final int total, final Target target, final String outcome) {
        throw new UnsupportedOperationException("coming");
    }
}
