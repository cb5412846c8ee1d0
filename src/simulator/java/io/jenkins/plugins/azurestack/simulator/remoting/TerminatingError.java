package io.jenkins.plugins.azurestack.simulator.remoting;

/** An error as PowerShell describes one. Thrown it ends the pipeline; written to the error stream it does not. */
public final class TerminatingError extends Exception {
    private static final long serialVersionUID = 1;

    private final String exceptionType;
    private final String fullyQualifiedErrorId;
    private final int category;
    private final String activity;
    private final String targetName;
    private final String targetType;

    /**
     * @param message what the exception says
     * @param exceptionType the exception's full .NET name
     * @param fullyQualifiedErrorId such as {@code CommandNotFoundException}
     * @param category the number of PowerShell's {@code ErrorCategory}, such as 5 for InvalidArgument
     * @param activity the cmdlet; may be empty
     * @param targetName what it was about; may be empty
     * @param targetType the full or simple .NET name of the target's type; may be empty
     */
    public TerminatingError(
            final String message,
            final String exceptionType,
            final String fullyQualifiedErrorId,
            final int category,
            final String activity,
            final String targetName,
            final String targetType) {
        super(message);
        this.exceptionType = exceptionType;
        this.fullyQualifiedErrorId = fullyQualifiedErrorId;
        this.category = category;
        this.activity = activity;
        this.targetName = targetName;
        this.targetType = targetType;
    }

    /** The exception's full .NET name. */
    public String exceptionType() {
        return exceptionType;
    }

    /** The fully qualified error id. */
    public String fullyQualifiedErrorId() {
        return fullyQualifiedErrorId;
    }

    /** The number of the error category. */
    public int category() {
        return category;
    }

    /** The cmdlet; may be empty. */
    public String activity() {
        return activity;
    }

    /** What it was about; may be empty. */
    public String targetName() {
        return targetName;
    }

    /** The type of what it was about; may be empty. */
    public String targetType() {
        return targetType;
    }
}
