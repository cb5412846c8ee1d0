package io.jenkins.plugins.azurestack.certificate.readiness;

/** How a check ended, in the words of the readiness checker; the later, the worse, save that SKIPPED says nothing. */
public enum Status {
    /** Nothing could be told, because another check has to pass first. */
    SKIPPED("Skipped"),
    OK("OK"),
    /** Worth a look, but no reason not to rotate. */
    WARNING("Warning"),
    /** The stamp would refuse it, or break with it. */
    FAIL("Fail");

    private final String label;

    Status(final String label) {
        this.label = label;
    }

    /** The word that the readiness checker prints. */
    public String label() {
        return label;
    }
}
