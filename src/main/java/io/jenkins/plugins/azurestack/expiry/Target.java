package io.jenkins.plugins.azurestack.expiry;

import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.util.Objects;
import java.util.Optional;

/**
 * One place where a source looks.
 *
 * @param source the source's name, as {@link ExpirySource#name()} gives it
 * @param name the place within the source: {@code host:port}, a credentials id, ...; the same from run to run
 * @param folder the certificate folder that the place belongs to, where it belongs to one
 * @param scope who looks, where others see something else under the same name; empty where all see the same
 */
public record Target(String source, String name, Optional<CertificateFolder> folder, String scope) {
    public Target {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(folder, "folder");
    }

    /** A place that looks the same to everybody. */
    public Target(final String source, final String name, final Optional<CertificateFolder> folder) {
        this(source, name, folder, "");
    }

    /** What is remembered of it is kept under this key, the same from run to run. */
    public String key() {
        return scope.isEmpty() ? toString() : this + " seen by " + scope;
    }

    /** {@code source name}, for people. */
    @Override
    public String toString() {
        return source + " " + name;
    }
}
