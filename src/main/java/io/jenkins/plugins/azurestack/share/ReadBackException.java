package io.jenkins.plugins.azurestack.share;

/** A file that was written reads otherwise. It stays where it is, and nothing was started with it. */
public final class ReadBackException extends ShareException {
    private static final long serialVersionUID = 1;

    private final String path;

    ReadBackException(final String message, final String path) {
        super(message, null);
        this.path = path;
    }

    /** The file, below the folder {@code Certificates}. */
    public String path() {
        return path;
    }
}
