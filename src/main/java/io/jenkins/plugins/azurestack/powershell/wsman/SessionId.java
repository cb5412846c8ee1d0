package io.jenkins.plugins.azurestack.powershell.wsman;

import java.util.Locale;
import java.util.UUID;

/**
 * Names a client session, the same on all its messages. A shell can be reconnected only under the session id that
 * created it (MS-WSMV 3.1.4.9): whoever wants to come back after a restart stores it with the {@link ShellId}.
 *
 * @param value not null
 */
public record SessionId(UUID value) {

    public SessionId {
        java.util.Objects.requireNonNull(value, "value");
    }

    /** @return the form of the wire: {@code uuid:} and an upper-case GUID */
    String wire() {
        return "uuid:" + value.toString().toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
