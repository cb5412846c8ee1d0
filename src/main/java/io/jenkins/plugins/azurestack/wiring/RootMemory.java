package io.jenkins.plugins.azurestack.wiring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.journal.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When a stamp was last asked for its root certificate and what it said, in the file {@code root-certificate.json} of the
 * stamp's folder. That it is asked is on disk before it is, so that no crash makes it asked too often. Thread-safe; builds
 * of one controller take turns.
 */
final class RootMemory {
    /** The file's name. */
    static final String NAME = "root-certificate.json";
    /** The question starts work on the stamp: it is asked again only after this. */
    static final Duration INTERVAL = Duration.ofDays(7);

    private static final int SCHEMA = 1;
    private static final int MOST_BYTES = 1 << 16;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Path, Object> TURNS = new ConcurrentHashMap<>();

    private final Disk disk;
    private final Path file;
    private final Object turn;

    /** @param stampFolder an existing folder */
    RootMemory(final Disk disk, final Path stampFolder) {
        this.disk = disk;
        this.file = stampFolder.toAbsolutePath().normalize().resolve(NAME);
        this.turn = TURNS.computeIfAbsent(file, path -> new Object());
    }

    /**
     * What is known.
     *
     * @param asked when the stamp was last asked
     * @param answered when it last answered
     * @param ends what it said then; empty if it has never answered, or names no date
     */
    record Known(Optional<Instant> asked, Optional<Instant> answered, Optional<Instant> ends) {
        /** Whether it may be asked again. A question far in the future, from when a clock was wrong, counts for nothing. */
        boolean isDue(final Instant now) {
            return asked.filter(when -> Duration.between(when, now).abs().compareTo(INTERVAL) < 0)
                    .isEmpty();
        }
    }

    Known load() throws IOException {
        synchronized (turn) {
            return read();
        }
    }

    /** Writes down that the stamp is about to be asked; false if it was, meanwhile, by somebody else. */
    boolean claim(final Instant now) throws IOException {
        synchronized (turn) {
            final Known known = read();
            if (!known.isDue(now)) {
                return false;
            }
            write(new Known(Optional.of(now), known.answered(), known.ends()));
            return true;
        }
    }

    void answered(final Instant now, final Optional<Instant> ends) throws IOException {
        synchronized (turn) {
            write(new Known(read().asked(), Optional.of(now), ends));
        }
    }

    private Known read() throws IOException {
        if (!disk.exists(file)) {
            return new Known(Optional.empty(), Optional.empty(), Optional.empty());
        }
        try {
            final JsonNode root = JSON.readTree(disk.readWhole(file, MOST_BYTES));
            if (root.path("schema").asInt() == SCHEMA) {
                return new Known(moment(root, "asked"), moment(root, "answered"), moment(root, "ends"));
            }
        } catch (JsonProcessingException | DateTimeException e) {
            throw damaged(e);
        }
        throw damaged(null);
    }

    private IOException damaged(final Exception cause) {
        return new IOException(
                file
                        + " is damaged and was left as it is. The stamp was not asked, since nobody knows when it last was."
                        + " Move it away to have it asked again.",
                cause);
    }

    private static Optional<Instant> moment(final JsonNode node, final String field) {
        return Optional.ofNullable(node.get(field)).map(JsonNode::asText).map(Instant::parse);
    }

    private void write(final Known known) throws IOException {
        final ObjectNode root = JSON.createObjectNode().put("schema", SCHEMA);
        known.asked().ifPresent(when -> root.put("asked", when.toString()));
        known.answered().ifPresent(when -> root.put("answered", when.toString()));
        known.ends().ifPresent(when -> root.put("ends", when.toString()));
        disk.replace(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    }
}
