package io.jenkins.plugins.azurestack.simulator.remoting;

import java.util.List;

/** The commands that every constrained session has. */
final class ProxyFunctions {
    /** What GET_COMMAND_METADATA runs; no client can call it by that name. */
    static final String COMMAND_METADATA = "(command metadata)";

    private ProxyFunctions() {}

    /** @param commands where Get-Command looks, complete by the time it runs */
    static List<Cmdlet> all(final Commands commands) {
        return List.of();
    }
}
