package io.jenkins.plugins.azurestack.rehearsal;

/** What ran took longer than it may. */
final class OverdueException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;

    OverdueException(final int line) {
        super("overdue in line " + line);
        this.line = line;
    }

    /** The line of the script that ran when its time was over; 0 if none did. */
    int line() {
        return line;
    }
}
