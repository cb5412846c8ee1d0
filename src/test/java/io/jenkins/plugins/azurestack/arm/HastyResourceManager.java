package io.jenkins.plugins.azurestack.arm;

import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.security.SecureRandom;
import java.time.Clock;

/** Clients that try again without a pause. */
public final class HastyResourceManager {
    private HastyResourceManager() {}

    public static ResourceManager of(
            final Stamp stamp,
            final OperatorCredentials credentials,
            final TrustedRoots roots,
            final Network network,
            final Clock clock,
            final SecureRandom random) {
        return new ResourceManager(stamp, credentials, roots, network, clock, random, Limits.USUAL, pause -> {});
    }
}
