package io.jenkins.plugins.azurestack.journal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** An audit trail as it is after many years, written at once instead of record by forced record. */
public final class LongTrail {
    private static final RotationId ROTATION = new RotationId("maintenance-azure-stack-east-17");

    private LongTrail() {}

    /** Writes a trail; gives where it ended. */
    public static Anchor write(final Path file, final String stamp, final AuditKey key, final int records)
            throws IOException {
        final Instant at = Instant.parse("2026-11-23T12:00:00.123456789Z");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            byte[] line = AuditLine.encode(AuditLine.header(stamp, at), key);
            out.write(line);
            for (int i = 1; i <= records; i++) {
                final Fields fields = Fields.of("file", "ARM Public/ssl.pfx")
                        .with("sha256", "0123456789abcdef".repeat(4))
                        .with("call", "stage-" + i);
                line = AuditLine.encode(
                        new AuditRecord(
                                        i,
                                        AuditLine.mac(line),
                                        at.plusMillis(i),
                                        "maintenance/azure-stack #17",
                                        "stage-file",
                                        stamp,
                                        Optional.of(ROTATION),
                                        fields)
                                .toJson(),
                        key);
                out.write(line);
            }
            return new Anchor(records, AuditLine.mac(line));
        }
    }
}
