package io.jenkins.plugins.azurestack.certificate.request;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Locale;

/** The hash of a request's signature. */
public enum RequestHash {
    SHA256,
    SHA384,
    SHA512;

    /** The one that a certificate is signed with, or the first, since a stamp accepts nothing weaker. */
    static RequestHash of(final X509Certificate certificate) {
        final String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(hash -> algorithm.startsWith(hash.name()))
                .findFirst()
                .orElse(SHA256);
    }

    /** The JVM's name of a signature with an RSA key. */
    String signature() {
        return name() + "withRSA";
    }
}
