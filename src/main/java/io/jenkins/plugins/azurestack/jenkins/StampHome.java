package io.jenkins.plugins.azurestack.jenkins;

import io.jenkins.plugins.azurestack.journal.AuditKey;
import io.jenkins.plugins.azurestack.journal.FileDisk;
import io.jenkins.plugins.azurestack.journal.SecretGuard;
import io.jenkins.plugins.azurestack.journal.StampFiles;
import io.jenkins.plugins.azurestack.wiring.PastChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import jenkins.model.Jenkins;
import jenkins.security.HMACConfidentialKey;

/** Where this Jenkins keeps what outlives builds, and under which key. */
public final class StampHome {
    /** The folder's name, below the Jenkins home and below that of a build. */
    public static final String FOLDER = "azure-stack-hub";

    /** Kept, encrypted, with this Jenkins's other secrets. */
    private static final HMACConfidentialKey KEY = new HMACConfidentialKey(StampHome.class, "audit");

    private StampHome() {}

    /** The folder for all stamps; may be missing, its parent is there. */
    public static Path path() {
        return Jenkins.get().getRootDir().toPath().resolve(FOLDER);
    }

    /** The key of audit trails and of fingerprints; it never leaves Jenkins. */
    public static AuditKey auditKey() {
        return KEY::mac;
    }

    /**
     * What became of a plan.
     *
     * @return empty if it was not used
     */
    public static Optional<PastChange> past(final String stamp, final String plan) throws IOException {
        if (!Files.isDirectory(path())) {
            return Optional.empty();
        }
        final StampFiles files =
                new StampFiles(new FileDisk(), path(), stamp, auditKey(), SecretGuard.PRIVATE_KEYS, Clock.systemUTC());
        return PastChange.all(files).stream()
                .filter(one -> one.id().value().equals(plan))
                .findFirst();
    }
}
