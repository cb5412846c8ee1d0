package io.jenkins.plugins.azurestack.jenkins;

import io.jenkins.plugins.azurestack.journal.AuditKey;
import io.jenkins.plugins.azurestack.wiring.SecretLookup;
import io.jenkins.plugins.azurestack.wiring.StepEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Logger;

/** Stands in for a build where a page asks a stamp something: it has credentials and a memory, and saves nothing. */
public final class PageEnvironment implements StepEnvironment {
    private static final Logger LOGGER = Logger.getLogger(PageEnvironment.class.getName());

    private final SecretLookup credentials;

    public PageEnvironment(final SecretLookup credentials) {
        this.credentials = credentials;
    }

    @Override
    public void log(final String line) {
        LOGGER.info(line);
    }

    @Override
    public SecretLookup credentials() {
        return credentials;
    }

    @Override
    public Optional<AuditKey> logonKey() {
        return Optional.of(StampHome.auditKey());
    }

    @Override
    public Path stampFolder(final String stampName) throws IOException {
        return Files.createDirectories(StampHome.path().resolve("stamps").resolve(stampName));
    }

    @Override
    public Saved save(final String fileName, final byte[] content) {
        throw new IllegalStateException("A page saves no evidence");
    }

    @Override
    public void mark(final Outcome outcome, final String message) {
        throw new IllegalStateException("A page has no build to mark");
    }
}
