package io.jenkins.plugins.azurestack.certificate.readiness;

import io.jenkins.plugins.azurestack.stamp.StampVersion;

/**
 * What to say of a certificate whose enhanced key usage lacks client authentication (1.3.6.1.5.5.7.3.2). The
 * requirements page asked for it until 2020 at least, and no longer does in its state of 2025-08; public authorities
 * are ceasing to grant it.
 */
public enum ClientAuthentication {
    NOT_ASKED,
    WARNED_OF,
    REQUIRED;

    /** The oldest release that the page of 2025-08 speaks of. */
    private static final int FIRST_NOT_ASKING = 2408;

    /** The default: no release is known to refuse a certificate for this alone, so older ones, and unknown ones, warn. */
    public static ClientAuthentication of(final StampVersion version) {
        return version.isAtLeast(FIRST_NOT_ASKING) ? NOT_ASKED : WARNED_OF;
    }
}
