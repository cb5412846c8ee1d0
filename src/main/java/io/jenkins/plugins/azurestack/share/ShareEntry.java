package io.jenkins.plugins.azurestack.share;

import io.jenkins.plugins.azurestack.stamp.Text;
import java.util.Objects;

/**
 * Something that lies on the share.
 *
 * @param path below the folder {@code Certificates}, as the server writes it: {@code AAD\ARM Public\east.pfx}
 * @param kind what it is
 * @param size in bytes; 0 unless it is a file
 */
public record ShareEntry(String path, Kind kind, long size) {
    /** What can lie in a folder. */
    public enum Kind {
        FILE,
        FOLDER,
        /** A symbolic link, junction or other reparse point; it is never followed. */
        LINK
    }

    public ShareEntry {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(kind, "kind");
    }

    /** The path, fit for a log line; a folder's ends in a backslash. */
    @Override
    public String toString() {
        return Text.printable(path) + (kind == Kind.FOLDER ? "\\" : "");
    }
}
