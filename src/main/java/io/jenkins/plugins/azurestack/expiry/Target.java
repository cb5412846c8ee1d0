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
 */
public record Target(String source, String name, Optional<CertificateFolder> folder) {
    public Target {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(folder, "folder");
    }

    /** A key that is the same from run to run. */
    public String key() {
        return source + " " + name;
    }

    /** {@code source name}, for people. */
    @Override
    public String toString() {
        return key();
    }
}
