package io.jenkins.plugins.azurestack.arm;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** A service principal that proves itself by a client secret. Thread-safe. */
public final class ClientSecret implements OperatorCredentials {
    private final String clientId;
    private final Optional<String> tenant;
    private final char[] secret;
    private boolean wiped;

    /** @param secret copied; the caller still owns, and wipes, its own array */
    public ClientSecret(final String clientId, final Optional<String> tenant, final char[] secret) {
        this.clientId = Objects.requireNonNull(clientId, "clientId");
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.secret = secret.clone();
    }

    @Override
    public String clientId() {
        return clientId;
    }

    @Override
    public Optional<String> tenant() {
        return tenant;
    }

    /**
     * A copy that the caller wipes.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    synchronized char[] secret() {
        if (wiped) {
            throw new IllegalStateException("The secret of " + clientId + " was wiped");
        }
        return secret.clone();
    }

    @Override
    public synchronized void close() {
        Arrays.fill(secret, '\0');
        wiped = true;
    }

    @Override
    public String toString() {
        return "ClientSecret[" + clientId + "]";
    }
}
