package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.share.Protection;
import java.util.Objects;
import java.util.Optional;

/**
 * The way that a run's connections take, and what follows from it.
 *
 * @param network leads to the stamp, its share and whoever issues its tokens
 * @param lists leads to authorities' revocation lists, which are public, and believed for their signature alone
 * @param from where connections begin, as part of a sentence: {@code the Jenkins controller}
 * @param protection what a connection to the share must have on this way
 * @param shares opens certificate shares in place of SMB over that network; empty for any real stamp
 */
public record Route(
        Network network, Network lists, String from, Protection protection, Optional<RotateSecrets.Shares> shares) {
    private static final String CONTROLLER = "the Jenkins controller";

    public Route {
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(lists, "lists");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(protection, "protection");
        Objects.requireNonNull(shares, "shares");
    }

    /** Straight from where this runs. */
    public static Route direct(final Network network) {
        return new Route(network, network, CONTROLLER, Protection.SIGNED, Optional.empty());
    }

    /** Straight from where this runs to a simulated stamp, which speaks no SMB. */
    public static Route simulated(final Network network, final RotateSecrets.Shares shares) {
        return new Route(network, network, CONTROLLER, Protection.SIGNED, Optional.of(shares));
    }

    /** Through somebody who could read along: nothing goes that way unencrypted. */
    public static Route through(final String from, final Network network, final Network lists) {
        return new Route(network, lists, from, Protection.ENCRYPTED, Optional.empty());
    }
}
