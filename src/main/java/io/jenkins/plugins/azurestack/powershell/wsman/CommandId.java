package io.jenkins.plugins.azurestack.powershell.wsman;

import java.util.Locale;
import java.util.UUID;

/**
 * Names a command, which is a pipeline, within its shell.
 *
 * @param value as the server writes it, normally an upper-case GUID; not null
 */
public record CommandId(String value) {

    public CommandId {
        Ids.check(value);
    }

    /** @return the id in the form that Windows uses */
    public static CommandId of(final UUID id) {
        return new CommandId(id.toString().toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return value;
    }
}
