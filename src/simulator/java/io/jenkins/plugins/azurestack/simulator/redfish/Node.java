package io.jenkins.plugins.azurestack.simulator.redfish;

import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A scale unit node, as far as its BMC is concerned.
 *
 * @param name of the node, as faults and the ledger call it
 * @param bmcAddress the IPv4 address that the stamp knows its BMC by; nothing listens there
 * @param flavour what its BMC is
 * @param serialNumber of the server
 */
public record Node(String name, String bmcAddress, Flavour flavour, String serialNumber) {
    public Node {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]*")) {
            throw new IllegalArgumentException("A node's name has letters, digits, _ and - only: '" + name + "'");
        }
        Objects.requireNonNull(bmcAddress, "bmcAddress");
        Objects.requireNonNull(flavour, "flavour");
        Objects.requireNonNull(serialNumber, "serialNumber");
    }

    /** The server's vendor, as Resource Manager spells it. */
    public String vendor() {
        return flavour.firmware().vendor();
    }

    /** The server's model. */
    public String model() {
        return flavour.firmware().model();
    }

    /**
     * What a good certificate for its BMC looks like: for its name and address, and for the loopback address where
     * clients really meet it.
     */
    public Specimen specimen(final Instant notBefore, final Instant notAfter) {
        return Specimen.of(List.of(name, bmcAddress, "127.0.0.1"), notBefore, notAfter);
    }
}
