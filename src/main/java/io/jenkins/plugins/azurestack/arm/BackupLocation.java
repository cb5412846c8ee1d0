package io.jenkins.plugins.azurestack.arm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the infrastructure's backups go. What a stamp does not say is empty.
 *
 * @param path a UNC path
 * @param encryptionThumbprint upper-case SHA-1 of the certificate that backups are encrypted for
 * @param lastBackup when the last one was made
 * @param scheduled whether backups are made by themselves
 */
public record BackupLocation(
        String path, Optional<String> encryptionThumbprint, Optional<Instant> lastBackup, Optional<Boolean> scheduled) {
    public BackupLocation {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(encryptionThumbprint, "encryptionThumbprint");
        Objects.requireNonNull(lastBackup, "lastBackup");
        Objects.requireNonNull(scheduled, "scheduled");
    }

    static BackupLocation read(final JsonNode resource) {
        final JsonNode store = Json.at(resource, "properties", "externalStoreDefault");
        return new BackupLocation(
                Json.text(store, "path"),
                Json.optional(store, "encryptionCertThumbprint").map(text -> text.toUpperCase(Locale.ROOT)),
                Json.time(store, "lastBackupTime"),
                Json.truth(store, "isBackupSchedulerEnabled"));
    }
}
