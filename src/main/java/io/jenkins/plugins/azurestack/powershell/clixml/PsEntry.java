package io.jenkins.plugins.azurestack.powershell.clixml;

import java.util.Objects;

/**
 * One entry of a dictionary. Any value may be a key.
 *
 * @param key never null, but maybe {@link PsNull}
 * @param value never null, but maybe {@link PsNull}
 */
public record PsEntry(PsValue key, PsValue value) {
    /** Refuses Java nulls. */
    public PsEntry {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
    }
}
