package io.jenkins.plugins.azurestack.powershell.wsman;

import java.util.Locale;
import java.util.UUID;

/**
 * Names a shell, which is a runspace pool, on its server (MS-WSMV 2.2.4.37).
 *
 * @param value as the server writes it, normally an upper-case GUID; not null
 */
public record ShellId(String value) {

    public ShellId {
        Ids.check(value);
    }

    /** @return the id in the form that Windows uses */
    public static ShellId of(final UUID id) {
        return new ShellId(id.toString().toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return value;
    }
}
