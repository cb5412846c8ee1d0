package io.jenkins.plugins.azurestack.simulator.redfish;

import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The BMCs of all nodes of a stamp, which begin with the same credential. Thread-safe. */
public final class Bmcs implements AutoCloseable {
    private final Map<String, Bmc> byNode;

    private Bmcs(final Map<String, Bmc> byNode) {
        this.byNode = Collections.unmodifiableMap(byNode);
    }

    /**
     * Starts a BMC for each node; each goes on with the state that was kept for it.
     *
     * @param userName of the account that the stamp uses
     * @param password of that account; the caller's to wipe
     * @param certificates asked for a BMC's certificate when its first client comes
     * @throws IOException if a port is not to be had, or the state can't be read; nothing listens then
     */
    public static Bmcs start(
            final List<Node> nodes,
            final String userName,
            final char[] password,
            final Function<Node, IssuedCertificate> certificates,
            final BmcWorld world)
            throws IOException {
        final Map<String, Bmc> started = new LinkedHashMap<>();
        boolean complete = false;
        try {
            for (final Node node : nodes) {
                if (started.containsKey(node.name())) {
                    throw new IllegalArgumentException("Two nodes are called " + node.name());
                }
                started.put(node.name(), new Bmc(node, userName, password, () -> certificates.apply(node), world));
            }
            complete = true;
            return new Bmcs(started);
        } finally {
            if (!complete) {
                closeAll(started.values());
            }
        }
    }

    /** All of them, in the order of the nodes. */
    public List<Bmc> all() {
        return List.copyOf(byNode.values());
    }

    /** @throws IllegalArgumentException if no node is called that */
    public Bmc of(final String nodeName) {
        final Bmc bmc = byNode.get(nodeName);
        if (bmc == null) {
            throw new IllegalArgumentException("No node is called '" + nodeName + "'. There are " + byNode.keySet());
        }
        return bmc;
    }

    /** Lets every answer of every BMC take so long, by the clock outside. */
    public void setLatency(final Duration each) {
        byNode.values().forEach(bmc -> bmc.setLatency(each));
    }

    /** Stops all of them. */
    @Override
    public void close() throws IOException {
        closeAll(byNode.values());
    }

    private static void closeAll(final Collection<Bmc> bmcs) throws IOException {
        for (final Bmc bmc : bmcs) {
            bmc.close();
        }
    }
}
