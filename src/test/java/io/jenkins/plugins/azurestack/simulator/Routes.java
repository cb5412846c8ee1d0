package io.jenkins.plugins.azurestack.simulator;

import java.util.Map;
import java.util.stream.Collectors;

/** Tells tests in other processes where a simulated stamp really listens. */
public final class Routes {
    private Routes() {}

    /** Ports on loopback by {@code host:port}; that of the front ends is {@code *}. */
    public static Map<String, Integer> of(final SimulatedStamp stamp) {
        final Map<String, Integer> routes = stamp.routes().entrySet().stream()
                .collect(Collectors.toMap(
                        route -> route.getKey().host() + ":" + route.getKey().port(),
                        route -> route.getValue().getPort()));
        routes.put("*", stamp.frontEndAddress().getPort());
        return routes;
    }
}
