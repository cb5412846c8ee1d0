package io.jenkins.plugins.azurestack.rehearsal;

import io.jenkins.plugins.azurestack.wiring.SecretLookup;
import io.jenkins.plugins.azurestack.wiring.StepEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The build as a step's run class sees it: console, credentials of the simulated stamp, folders of the rehearsal. */
final class RehearsedEnvironment implements StepEnvironment {
    private final Build build;
    private final SecretLookup credentials;
    private final List<Path> saved = new ArrayList<>();

    RehearsedEnvironment(final Build build, final SecretLookup credentials) {
        this.build = build;
        this.credentials = credentials;
    }

    /** Everything saved so far, where a person finds it. */
    List<Path> saved() {
        return List.copyOf(saved);
    }

    @Override
    public void log(final String line) {
        build.console().line(line);
    }

    @Override
    public SecretLookup credentials() {
        return credentials;
    }

    @Override
    public Saved save(final String fileName, final byte[] content) throws IOException {
        Path file = write(build.ownFolder(), fileName, content);
        if (build.workspace().isPresent()) {
            file = write(build.workspace().get(), fileName, content);
        }
        saved.add(file);
        return new Saved(file.toString(), build.workspace().isPresent());
    }

    private static Path write(final Path folder, final String fileName, final byte[] content) throws IOException {
        Files.createDirectories(folder);
        return Files.write(folder.resolve(fileName), content);
    }

    @Override
    public Path stampFolder(final String stampName) throws IOException {
        return Files.createDirectories(build.lasting().resolve(stampName));
    }

    @Override
    public void mark(final Outcome outcome, final String message) {
        final BuildResult result =
                switch (outcome) {
                    case UNSTABLE -> BuildResult.UNSTABLE;
                    case FAILURE -> BuildResult.FAILURE;
                };
        build.worsen(result);
        build.markStage(result);
    }
}
