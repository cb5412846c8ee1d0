package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.journal.AuditKey;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
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
import java.util.function.Function;
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
    /** Every write to the credentials store, as "kind id", in their order. */
    final List<String> written = new CopyOnWriteArrayList<>();
    /** How writes to the credentials store end, by "kind id". */
    Function<String, MemoryStore.Fault> faults = call -> MemoryStore.Fault.NONE;
    /** Ids that are there and that this job may not use. */
    final Set<String> hidden = new LinkedHashSet<>();

    boolean readOnly;
    String job = "maintenance/east";
    boolean diskFull;
    /** Whether the agent with the workspace goes away while something is saved there. */
    boolean agentLost;

    Optional<String> notDurable = Optional.empty();
    /** The builds that were to be kept, and those that were let go. */
    final List<String> kept = new CopyOnWriteArrayList<>();

    Consumer<String> heard = line -> {};
    final Map<String, byte[]> workspace = new LinkedHashMap<>();
    private final Map<String, byte[]> secretFiles = new LinkedHashMap<>();
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
        if (agentLost) {
            throw new IllegalStateException("the channel was closed");
        }
        files.put(fileName, content);
        return new Saved("build/" + fileName, true);
    }

    @Override
    public byte[] read(final String path, final int largest) throws IOException {
        if (!workspace.containsKey(path)) {
            throw new IOException("there is no file " + path);
        }
        return workspace.get(path).clone();
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
        if (secretFiles.containsKey(id)) {
            return new Held.File(file(id), password.isPresent() ? password(password.get()) : new char[0]);
        }
        return seen(stored, id).get();
    }

    @Override
    public byte[] file(final String id) throws NotSeenException {
        return seen(secretFiles, id).clone();
    }

    @Override
    public Presence presence(final String id) {
        if (hidden.contains(id)) {
            return Presence.HIDDEN;
        }
        return kind(id).isPresent() ? Presence.USABLE : Presence.ABSENT;
    }

    @Override
    public CredentialWriter writer(final WritableIds ids) {
        return new MemoryStore(this, ids);
    }

    /** Puts a secret file in the store, in place of whatever has its id. */
    void keep(final String id, final byte[] content) {
        stored.remove(id);
        secretFiles.put(id, content);
    }

    /** Everything in the store that a run wrote or may write: contents of files and texts, by id. */
    Map<String, String> contents() {
        final Map<String, String> contents = new LinkedHashMap<>(passwords);
        secretFiles.forEach(
                (id, content) -> contents.put(id, java.util.Base64.getEncoder().encodeToString(content)));
        return contents;
    }

    /** Takes a credential out of the store. */
    void forget(final String id) {
        stored.remove(id);
        secretFiles.remove(id);
        users.remove(id);
        passwords.remove(id);
    }

    /** What type a credential is of, as {@link MemoryStore} names its calls; empty if there is none. */
    Optional<String> kind(final String id) {
        if (users.containsKey(id)) {
            return Optional.of("login");
        }
        if (passwords.containsKey(id)) {
            return Optional.of("secret");
        }
        if (secretFiles.containsKey(id)) {
            return Optional.of("file");
        }
        if (!stored.containsKey(id)) {
            return Optional.empty();
        }
        try (Held held = stored.get(id).get()) {
            return Optional.of(held instanceof Held.File ? "file" : "certificate");
        }
    }

    private static <T> T seen(final Map<String, T> credentials, final String id) throws NotSeenException {
        final T found = credentials.get(id);
        if (found == null) {
            throw new NotSeenException("there is no credential '" + id + "' that this job may use", "Create it.");
        }
        return found;
    }
}
