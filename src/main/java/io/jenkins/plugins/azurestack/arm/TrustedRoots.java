package io.jenkins.plugins.azurestack.arm;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Whom TLS trusts besides the JVM's roots.
 *
 * @param everywhere trusted for every name that is asked
 * @param forStamp trusted for names of the stamp only, such as the roots of a set of certificates that is about to be
 *     served
 */
public record TrustedRoots(List<X509Certificate> everywhere, List<X509Certificate> forStamp) {
    public TrustedRoots {
        everywhere = List.copyOf(everywhere);
        forStamp = List.copyOf(forStamp);
    }

    /** Those trusted for every name, and none for the stamp's alone. */
    public static TrustedRoots of(final List<X509Certificate> everywhere) {
        return new TrustedRoots(everywhere, List.of());
    }
}
