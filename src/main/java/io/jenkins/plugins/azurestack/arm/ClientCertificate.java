package io.jenkins.plugins.azurestack.arm;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.Optional;

/** A service principal that proves itself by a certificate that is registered for it. Immutable. */
public final class ClientCertificate implements OperatorCredentials {
    private final String clientId;
    private final Optional<String> tenant;
    private final X509Certificate certificate;
    private final PrivateKey key;

    /**
     * @param certificate the registered one
     * @param key its RSA key, which stays its owner's
     */
    public ClientCertificate(
            final String clientId,
            final Optional<String> tenant,
            final X509Certificate certificate,
            final PrivateKey key) {
        this.clientId = Objects.requireNonNull(clientId, "clientId");
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.certificate = Objects.requireNonNull(certificate, "certificate");
        this.key = Objects.requireNonNull(key, "key");
    }

    @Override
    public String clientId() {
        return clientId;
    }

    @Override
    public Optional<String> tenant() {
        return tenant;
    }

    X509Certificate certificate() {
        return certificate;
    }

    PrivateKey key() {
        return key;
    }

    /** Does nothing: the key belongs to the key store that it came from. */
    @Override
    public void close() {
        // Nothing here is ours to wipe.
    }

    @Override
    public String toString() {
        return "ClientCertificate[" + clientId + "]";
    }
}
