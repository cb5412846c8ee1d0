package io.jenkins.plugins.azurestack.powershell.wsman;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What a client asks for when it creates a shell. Immutable. */
public final class NewShell {

    private final ShellId id;
    private final String protocolVersion;
    private final Duration idleTimeout;
    private final byte[] creationXml;

    /**
     * @param id the runspace pool's id
     * @param protocolVersion of PSRP, {@code 2.3}
     * @param idleTimeout after which the server closes a shell that nobody uses, at least a minute; null for its default
     * @param creationXml the open content of {@code creationXml}, before base64; copied
     */
    public NewShell(
            final ShellId id, final String protocolVersion, final Duration idleTimeout, final byte[] creationXml) {
        this.id = Objects.requireNonNull(id, "id");
        this.protocolVersion = Objects.requireNonNull(protocolVersion, "protocolVersion");
        this.idleTimeout = idleTimeout;
        this.creationXml = creationXml.clone();
    }

    /** @return the runspace pool's id */
    public ShellId id() {
        return id;
    }

    /** @return of PSRP */
    public String protocolVersion() {
        return protocolVersion;
    }

    /** @return after which the server closes a shell that nobody uses, if not its default */
    public Optional<Duration> idleTimeout() {
        return Optional.ofNullable(idleTimeout);
    }

    /** @return a copy */
    public byte[] creationXml() {
        return creationXml.clone();
    }
}
