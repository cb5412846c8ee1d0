package io.jenkins.plugins.azurestack.simulator.arm;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The applications that the stamp's directory knows. Thread-safe. */
public final class ServicePrincipals {
    private final Map<String, ServicePrincipal> byClientId = new ConcurrentHashMap<>();

    /** Registers one, in place of any with its id. */
    public void register(final ServicePrincipal principal) {
        byClientId.put(key(principal.clientId()), principal);
    }

    Optional<ServicePrincipal> find(final String clientId) {
        return Optional.ofNullable(byClientId.get(key(clientId)));
    }

    private static String key(final String clientId) {
        return clientId.toLowerCase(Locale.ROOT);
    }
}
