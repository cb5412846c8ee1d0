package io.jenkins.plugins.azurestack.powershell.clixml;

import java.io.IOException;

/**
 * CLIXML that can't be read, can't be written, or holds another type than the caller asked for.
 *
 * <p>The message names elements, properties and types but never quotes content, which may be secret. Where a document was being
 * read, {@link #line()} and {@link #column()} say where.
 */
public class CliXmlException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int UNKNOWN = -1;

    private final int line;
    private final int column;

    /**
     * An error without a place in a document.
     *
     * @param message what is wrong
     */
    public CliXmlException(String message) {
        this(message, UNKNOWN, UNKNOWN);
    }

    /**
     * An error at a place in a document.
     *
     * @param message what is wrong
     * @param line from 1
     * @param column from 1
     */
    public CliXmlException(String message, int line, int column) {
        super(line < 0 ? message : message + " (line " + line + ", column " + column + ")");
        this.line = line;
        this.column = column;
    }

    /** The line in the document, from 1; negative when unknown. */
    public int line() {
        return line;
    }

    /** The column in the document, in UTF-16 code units from 1; negative when unknown. */
    public int column() {
        return column;
    }
}
