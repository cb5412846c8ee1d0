package io.jenkins.plugins.azurestack.stamp;

import java.util.Objects;

/**
 * A place that serves a folder's certificate over TLS.
 *
 * @param folder the folder whose certificate is served here
 * @param name a fully qualified host name, or {@code *.<domain>} where any label answers
 * @param port a TCP port
 */
public record Endpoint(CertificateFolder folder, String name, int port) {
    public Endpoint {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(name, "name");
    }

    /** Whether a label has to be put in place of {@code *} before anybody can connect. */
    public boolean isWildcard() {
        return name.startsWith("*.");
    }

    /** The name to connect to, with a label of the caller's choice in place of a wildcard. */
    public String host(final String label) {
        return isWildcard() ? label + name.substring(1) : name;
    }

    /** {@code name:port}, as reports and exclusions write it. */
    @Override
    public String toString() {
        return name + ":" + port;
    }
}
