package io.jenkins.plugins.azurestack.simulator.remoting;

import java.util.List;
import java.util.Objects;

/**
 * A session configuration without language, such as {@code PrivilegedEndpoint}: its sessions run these cmdlets and the
 * few functions that every constrained session has, and nothing else.
 *
 * @param name as clients ask for it, in any case
 * @param cmdlets its own; may differ from endpoint to endpoint
 */
public record SessionConfiguration(String name, List<Cmdlet> cmdlets) {
    public SessionConfiguration {
        Objects.requireNonNull(name, "name");
        cmdlets = List.copyOf(cmdlets);
    }
}
