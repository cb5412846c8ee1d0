package io.jenkins.plugins.azurestack.wiring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.journal.AuditKey;
import io.jenkins.plugins.azurestack.journal.Disk;
import io.jenkins.plugins.azurestack.journal.LoginFingerprint;
import io.jenkins.plugins.azurestack.pep.Logons;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The passwords that a stamp's accounts were refused with, in the file {@code refused-logons.json} of the stamp's folder:
 * a fingerprint of each, made with a key that is not there, and never a password. Removing the file is how a person asks
 * for another try. Thread-safe; builds of one controller take turns.
 */
public final class RefusedLogons implements Logons {
    /** The file's name. */
    public static final String NAME = "refused-logons.json";

    private static final int SCHEMA = 1;
    /** The oldest are forgotten beyond this. */
    private static final int MOST = 200;

    private static final int MOST_BYTES = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Path, Object> TURNS = new ConcurrentHashMap<>();

    private final Disk disk;
    private final Path file;
    private final AuditKey key;
    private final Clock clock;
    private final Consumer<String> log;
    private final Object turn;
    private Deque<Refusal> known;

    /**
     * A refused password.
     *
     * @param user whose
     * @param fingerprint of user name and password, in hexadecimal
     * @param at when, ISO 8601
     */
    private record Refusal(String user, String fingerprint, String at) {}

    /**
     * Reads what is known.
     *
     * @param stampFolder an existing folder
     * @param log told if something can't be remembered
     * @throws IOException if the file is there and can't be read: nobody knows then which password may be sent
     */
    public RefusedLogons(
            final Disk disk, final Path stampFolder, final AuditKey key, final Clock clock, final Consumer<String> log)
            throws IOException {
        this.disk = Objects.requireNonNull(disk, "disk");
        this.file = stampFolder.toAbsolutePath().normalize().resolve(NAME);
        this.key = Objects.requireNonNull(key, "key");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.log = Objects.requireNonNull(log, "log");
        this.turn = TURNS.computeIfAbsent(file, path -> new Object());
        synchronized (turn) {
            this.known = read();
        }
    }

    @Override
    public boolean wasRefused(final String userName, final char[] password) {
        final String fingerprint = fingerprint(userName, password);
        synchronized (turn) {
            refresh();
            return known.stream().anyMatch(refusal -> refusal.fingerprint().equals(fingerprint));
        }
    }

    @Override
    public void refused(final String userName, final char[] password) {
        final Refusal refusal = new Refusal(
                Text.printable(userName),
                fingerprint(userName, password),
                clock.instant().toString());
        synchronized (turn) {
            refresh();
            known.removeIf(old -> old.fingerprint().equals(refusal.fingerprint()));
            known.addLast(refusal);
            while (known.size() > MOST) {
                known.removeFirst();
            }
            try {
                disk.replace(file, write());
            } catch (IOException e) {
                log.accept("That '" + refusal.user() + "' was refused could not be written down ("
                        + Text.printable(e.getMessage())
                        + "): a later build may send this password again. Correct the credential before.");
            }
        }
    }

    /** What another build has written since; what is known already if that can't be read now. */
    private void refresh() {
        try {
            known = read();
        } catch (IOException e) {
            log.accept(Text.printable(e.getMessage()));
        }
    }

    private Deque<Refusal> read() throws IOException {
        final Deque<Refusal> refusals = new ArrayDeque<>();
        if (!disk.exists(file)) {
            return refusals;
        }
        try {
            final JsonNode root = JSON.readTree(disk.readWhole(file, MOST_BYTES));
            if (root.path("schema").asInt() == SCHEMA && root.path("refused").isArray()) {
                root.path("refused")
                        .forEach(node -> refusals.add(new Refusal(
                                node.path("user").asText(),
                                node.path("fingerprint").asText(),
                                node.path("at").asText())));
                return refusals;
            }
        } catch (JsonProcessingException e) {
            throw damaged(e);
        }
        throw damaged(null);
    }

    private IOException damaged(final JsonProcessingException cause) {
        return new IOException(
                file + ", where refused passwords are remembered, is damaged. Nothing was sent to any account. Correct"
                        + " the credentials if one was refused lately, then move the file away.",
                cause);
    }

    private byte[] write() throws IOException {
        final ObjectNode root = JSON.createObjectNode().put("schema", SCHEMA);
        final ArrayNode refusals = root.putArray("refused");
        known.forEach(refusal -> refusals.addObject()
                .put("user", refusal.user())
                .put("fingerprint", refusal.fingerprint())
                .put("at", refusal.at()));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    }

    /** User names are the same in any case. */
    private String fingerprint(final String userName, final char[] password) {
        return LoginFingerprint.of(key, "refused logon", userName.toLowerCase(Locale.ROOT), password);
    }
}
