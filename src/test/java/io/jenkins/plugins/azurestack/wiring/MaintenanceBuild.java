package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.journal.AuditKey;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.rotation.Approval;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A build that keeps everything that is said to it; its credentials and approvals are what a test puts there. */
final class MaintenanceBuild implements MaintenanceEnvironment, SecretLookup {
    final List<String> log = new CopyOnWriteArrayList<>();
    final List<String> marks = new CopyOnWriteArrayList<>();
    final List<String> statuses = new CopyOnWriteArrayList<>();
    final Map<String, byte[]> files = new LinkedHashMap<>();
    final Map<String, Supplier<Held>> stored = new LinkedHashMap<>();
    final Map<String, String> users = new LinkedHashMap<>();
    final Map<String, String> passwords = new LinkedHashMap<>();
    final Set<String> approved = new LinkedHashSet<>();
    final List<Instant> askedSince = new CopyOnWriteArrayList<>();
    String job = "maintenance/east";
    boolean diskFull;
    Optional<String> notDurable = Optional.empty();
    /** The builds that were to be kept, and those that were let go. */
    final List<String> kept = new CopyOnWriteArrayList<>();

    Consumer<String> heard = line -> {};
    private final Path home;
    private int number = 1;

    /** @param home a folder whose parent exists */
    MaintenanceBuild(final Path home) {
        this.home = home;
    }

    /** The next build of the same job, in the same Jenkins. */
    void next() {
        number++;
    }

    @Override
    public void log(final String line) {
        log.add(line);
        heard.accept(line);
    }

    @Override
    public SecretLookup credentials() {
        return this;
    }

    @Override
    public SecretLookup given() {
        return this;
    }

    @Override
    public Saved save(final String fileName, final byte[] content) throws IOException {
        if (diskFull) {
            throw new IOException("No space left on device");
        }
        files.put(fileName, content);
        return new Saved("build/" + fileName, true);
    }

    @Override
    public Path home() {
        return home;
    }

    @Override
    public Path stampFolder(final String stampName) throws IOException {
        return Files.createDirectories(home.resolve("stamps").resolve(stampName));
    }

    @Override
    public void mark(final Outcome outcome, final String message) {
        marks.add(outcome + " " + message);
    }

    @Override
    public AuditKey auditKey() {
        return RefusedLogonsTest.KEY;
    }

    @Override
    public String job() {
        return job;
    }

    @Override
    public String build() {
        return job + " #" + number;
    }

    @Override
    public Approval approval(final String id, final Instant since) {
        askedSince.add(since);
        if (!approved.contains(id)) {
            throw new Rejected("approvedPlan", "'" + id + "' has not been approved");
        }
        return new Approval(id, "board", since, "an input of this run");
    }

    @Override
    public Optional<String> notDurable() {
        return notDurable;
    }

    @Override
    public void keep(final boolean unfinished) {
        kept.add(unfinished ? build() : "not " + build());
    }

    @Override
    public void status(final String sentence) {
        statuses.add(sentence);
    }

    @Override
    public PasswordCredentials login(final String id) throws NotSeenException {
        return new PasswordCredentials(seen(users, id), password(id));
    }

    @Override
    public char[] password(final String id) throws NotSeenException {
        return seen(passwords, id).toCharArray();
    }

    @Override
    public Held find(final String id, final Optional<String> password) throws NotSeenException {
        return seen(stored, id).get();
    }

    private static <T> T seen(final Map<String, T> credentials, final String id) throws NotSeenException {
        final T found = credentials.get(id);
        if (found == null) {
            throw new NotSeenException("there is no credential '" + id + "' that this job may use", "Create it.");
        }
        return found;
    }
}
