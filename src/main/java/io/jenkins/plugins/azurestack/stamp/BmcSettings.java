package io.jenkins.plugins.azurestack.stamp;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is configured of a stamp's BMCs.
 *
 * @param credentials the id of a user name with password: the account that all of them share
 * @param reached whether Jenkins reaches them itself, rather than only the stamp
 * @param bmcs the BMCs; empty where Resource Manager is to say which there are
 */
public record BmcSettings(Optional<String> credentials, boolean reached, List<Bmc> bmcs) {
    public BmcSettings {
        Objects.requireNonNull(credentials, "credentials");
        bmcs = List.copyOf(bmcs);
    }

    /**
     * One BMC.
     *
     * @param node the node's name
     * @param address an IP address or a host name
     * @param fingerprint SHA-256 of the one certificate that it is believed with, in hexadecimal; empty where an authority
     *     vouches for it
     */
    public record Bmc(String node, String address, Optional<String> fingerprint) {
        public Bmc {
            Objects.requireNonNull(node, "node");
            Objects.requireNonNull(address, "address");
            Objects.requireNonNull(fingerprint, "fingerprint");
        }
    }
}
