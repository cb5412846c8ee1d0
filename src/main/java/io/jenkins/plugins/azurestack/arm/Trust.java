package io.jenkins.plugins.azurestack.arm;

import io.jenkins.plugins.azurestack.net.http.TlsTrust;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whom TLS believes where: who is certified by a root of the JVM's or by one of those given, and on the stamp's own names
 * also who is certified by one of those given for the stamp. Thread-safe.
 */
final class Trust {
    private final String domain;
    private final TlsTrust forStamp;
    private final TlsTrust everywhere;

    /**
     * @param domain of the stamp, in small letters
     * @param random for TLS
     */
    Trust(final String domain, final TrustedRoots roots, final SecureRandom random) {
        this.domain = domain;
        this.everywhere = TlsTrust.roots(roots.everywhere(), random);
        final List<X509Certificate> all = new ArrayList<>(roots.everywhere());
        all.addAll(roots.forStamp());
        this.forStamp = roots.forStamp().isEmpty() ? everywhere : TlsTrust.roots(all, random);
    }

    TlsTrust of(final String host) {
        return host.toLowerCase(Locale.ROOT).endsWith("." + domain) ? forStamp : everywhere;
    }
}
