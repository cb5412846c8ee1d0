package io.jenkins.plugins.azurestack.wiring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.expiry.Memory;
import io.jenkins.plugins.azurestack.expiry.Sighting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What checks remember of one stamp, in the file {@code sightings.json} of the stamp's folder. The file is replaced as a
 * whole and forced to disk, so that a crash leaves the old or the new one; builds of one controller take turns.
 */
public final class MemoryFile implements Memory.Store {
    /** The file's name. */
    public static final String NAME = "sightings.json";

    private static final int SCHEMA = 1;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Path, Object> TURNS = new ConcurrentHashMap<>();

    private final Path folder;
    private final Path file;
    private final Object turn;

    /** @param stampFolder an existing folder */
    public MemoryFile(final Path stampFolder) {
        this.folder = stampFolder.toAbsolutePath().normalize();
        this.file = folder.resolve(NAME);
        this.turn = TURNS.computeIfAbsent(file, path -> new Object());
    }

    @Override
    public Memory load() throws IOException {
        synchronized (turn) {
            return read();
        }
    }

    @Override
    public void add(final List<Sighting> sightings, final Instant now) throws IOException {
        synchronized (turn) {
            replace(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(write(read().with(sightings, now))));
        }
    }

    private Memory read() throws IOException {
        final byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Memory.EMPTY;
        }
        try {
            return parse(JSON.readTree(content));
        } catch (JsonProcessingException | DateTimeException e) {
            throw new IOException(file + " is damaged and was left as it is. Move it away to start a new memory.", e);
        }
    }

    private Memory parse(final JsonNode root) throws IOException {
        if (root.path("schema").asInt() != SCHEMA) {
            throw new IOException(file + " has schema '" + root.path("schema").asText()
                    + "', which this version of the plugin does not read. It was left as it is.");
        }
        final SortedMap<String, Memory.Remembered> targets = new TreeMap<>();
        root.path("targets")
                .properties()
                .forEach(entry -> targets.put(
                        entry.getKey(),
                        new Memory.Remembered(
                                Instant.parse(
                                        entry.getValue().path("firstAsked").asText()),
                                Instant.parse(entry.getValue().path("lastAsked").asText()),
                                moment(entry.getValue(), "lastSeen"),
                                moment(entry.getValue(), "notAfter"))));
        return new Memory(targets);
    }

    private static Optional<Instant> moment(final JsonNode node, final String field) {
        return Optional.ofNullable(node.get(field)).map(JsonNode::asText).map(Instant::parse);
    }

    private static JsonNode write(final Memory memory) {
        final ObjectNode root = JSON.createObjectNode().put("schema", SCHEMA);
        final ObjectNode targets = root.putObject("targets");
        memory.targets().forEach((key, known) -> {
            final ObjectNode node = targets.putObject(key);
            node.put("firstAsked", known.firstAsked().toString());
            node.put("lastAsked", known.lastAsked().toString());
            known.lastSeen().ifPresent(when -> node.put("lastSeen", when.toString()));
            known.notAfter().ifPresent(when -> node.put("notAfter", when.toString()));
        });
        return root;
    }

    private void replace(final byte[] content) throws IOException {
        final Path fresh = Files.createTempFile(folder, NAME, ".new");
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                final ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            move(fresh);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private void move(final Path fresh) throws IOException {
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
