package io.jenkins.plugins.azurestack.certificate.readiness;

import io.jenkins.plugins.azurestack.stamp.StampVersion;

/**
 * A change of the authority behind an endpoint's certificate, and which releases can take part in it. Source: the
 * compatibility matrix of the rotation page (2022-10-20).
 *
 * @param sameAuthority whether both lead to the same root
 */
record AuthorityChange(AuthorityKind from, AuthorityKind to, boolean sameAuthority) {
    private static final int FIRST_ROTATION = 1803;
    /** The first release that manages the root of external certificates in a rotation. */
    private static final int ANY_AUTHORITY = 1903;

    /** Whether a release supports it. */
    enum Support {
        SUPPORTED,
        UNSUPPORTED,
        /** The release, or who issued what, is not known. */
        UNKNOWN
    }

    Support support(final StampVersion version) {
        if (to == AuthorityKind.SELF_SIGNED || version.isBefore(FIRST_ROTATION)) {
            return Support.UNSUPPORTED;
        }
        if (!version.isKnown()) {
            return Support.UNKNOWN;
        }
        if (version.isAtLeast(ANY_AUTHORITY) || to == AuthorityKind.PUBLIC || sameAuthority) {
            return Support.SUPPORTED;
        }
        return from == AuthorityKind.UNKNOWN || to == AuthorityKind.UNKNOWN ? Support.UNKNOWN : Support.UNSUPPORTED;
    }

    @Override
    public String toString() {
        return from.word() + " to " + to.word();
    }
}
