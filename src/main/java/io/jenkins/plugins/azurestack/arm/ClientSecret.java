package io.jenkins.plugins.azurestack.arm;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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

    /** A text with a mask in place of the secret, as it is and as a form encodes it. */
    String masked(final String text, final String mask) {
        final char[] copy = secret();
        try {
            final String plain = new String(copy);
            return plain.isEmpty()
                    ? text
                    : text.replace(plain, mask).replace(URLEncoder.encode(plain, StandardCharsets.UTF_8), mask);
        } finally {
            Arrays.fill(copy, '\0');
        }
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
