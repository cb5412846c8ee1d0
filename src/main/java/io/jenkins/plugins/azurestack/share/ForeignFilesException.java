package io.jenkins.plugins.azurestack.share;

import java.util.List;

/** Something lies on the share that the caller did not name as its own. It was not touched, and nothing was written. */
public final class ForeignFilesException extends ShareException {
    private static final long serialVersionUID = 1;

    private final transient List<ShareEntry> entries;

    ForeignFilesException(final String message, final List<ShareEntry> entries, final Throwable cause) {
        super(message, cause);
        this.entries = List.copyOf(entries);
    }

    /** What lies there; empty after serialization. */
    public List<ShareEntry> entries() {
        return entries == null ? List.of() : entries;
    }
}
