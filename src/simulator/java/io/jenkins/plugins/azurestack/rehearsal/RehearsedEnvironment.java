package io.jenkins.plugins.azurestack.rehearsal;

import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.journal.AuditKey;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.wiring.CredentialWriter;
import io.jenkins.plugins.azurestack.wiring.InputApproval;
import io.jenkins.plugins.azurestack.wiring.MaintenanceEnvironment;
import io.jenkins.plugins.azurestack.wiring.SecretLookup;
import io.jenkins.plugins.azurestack.wiring.Starters;
import io.jenkins.plugins.azurestack.wiring.WritableIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The build as a step's run class sees it: console, credentials of the simulated stamp, folders of the rehearsal. */
final class RehearsedEnvironment implements MaintenanceEnvironment {
    private static final String MAC = "HmacSHA256";

    private final Build build;
    private final RehearsedCredentials credentials;
    private final List<Path> saved = new ArrayList<>();

    RehearsedEnvironment(final Build build, final RehearsedCredentials credentials) {
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
    public SecretLookup given() {
        return credentials;
    }

    /** A file that nobody has put there is what an authority would have issued by then: all that was asked for. */
    @Override
    public byte[] read(final String path, final int largest) throws IOException {
        final Optional<Path> file = build.workspace().map(folder -> folder.resolve(path));
        if (file.isEmpty()) {
            throw new Rejected("issued", "names a file, and this step is in no workspace; use it inside node");
        }
        if (Files.exists(file.get())) {
            return Files.readAllBytes(file.get());
        }
        log("(The authority of the simulated stamp answers every request, since there is no " + path + " here.)");
        return credentials.authority().answers();
    }

    @Override
    public CredentialWriter writer(final WritableIds ids) {
        return credentials.writer(ids);
    }

    @Override
    public Path home() {
        return build.lasting();
    }

    /** Its trail is one that nobody has to trust: the key is written here. */
    @Override
    public AuditKey auditKey() {
        return message -> {
            try {
                final Mac mac = Mac.getInstance(MAC);
                mac.init(new SecretKeySpec("rehearsed".getBytes(StandardCharsets.US_ASCII), MAC));
                return mac.doFinal(message);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java 17 has " + MAC, e);
            }
        };
    }

    @Override
    public String job() {
        return Build.JOB;
    }

    @Override
    public String build() {
        return Build.JOB + " #" + Build.NUMBER;
    }

    /** As in a Jenkins, by the answers to inputs; a rehearsed build was started by nobody. */
    @Override
    public Approval approval(final String id, final Instant since) {
        return InputApproval.of(
                id,
                since,
                Starters.of(List.of()),
                build.proceedings().approvals().stream()
                        .map(approved -> new InputApproval.Answer(
                                Optional.of(approved.approver()), approved.at(), approved.at(), approved.message()))
                        .toList(),
                build());
    }

    @Override
    public void status(final String sentence) {
        // Whoever looks at a running step sees it; the console has more.
    }

    @Override
    public Saved save(final String fileName, final byte[] content) throws IOException {
        Path file = write(build.ownFolder(), fileName, content);
        if (build.workspace().isPresent()) {
            file = write(build.workspace().get(), fileName, content);
        }
        saved.add(file);
        credentials.authority().take(fileName, content);
        return new Saved(file.toString(), build.workspace().isPresent());
    }

    private static Path write(final Path folder, final String fileName, final byte[] content) throws IOException {
        Files.createDirectories(folder);
        return Files.write(folder.resolve(fileName), content);
    }

    @Override
    public Path stampFolder(final String stampName) throws IOException {
        return Files.createDirectories(home().resolve("stamps").resolve(stampName));
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
