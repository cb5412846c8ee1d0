package io.jenkins.plugins.azurestack.bmc;

import java.util.Objects;
import java.util.Optional;

/**
 * A node of the scale unit, as far as its BMC is concerned.
 *
 * @param name as the stamp calls it
 * @param address of its BMC: an IP address or a host name
 * @param fingerprint SHA-256 of the one certificate that its BMC is believed with, in lower-case hex; empty where an
 *     authority vouches for it
 */
public record BmcNode(String name, String address, Optional<String> fingerprint) {
    public BmcNode {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(fingerprint, "fingerprint");
    }

    /** Such as {@code node01 (10.30.4.11)}. */
    @Override
    public String toString() {
        return name.equals(address) ? name : name + " (" + address + ")";
    }
}
