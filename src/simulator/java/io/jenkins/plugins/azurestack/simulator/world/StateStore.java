package io.jenkins.plugins.azurestack.simulator.world;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a stamp still knows after a restart, in sections that each part of it reads at its start and writes whole after
 * each change. Thread-safe.
 */
public interface StateStore {
    /** @return what was written last under that name; the caller's own copy */
    Optional<ObjectNode> read(String section) throws IOException;

    /** Replaces a section; after a crash either the old or the new one is there. */
    void write(String section, ObjectNode content) throws IOException;

    /** A store that is forgotten with the stamp. */
    static StateStore inMemory() {
        final Map<String, ObjectNode> sections = new ConcurrentHashMap<>();
        return new StateStore() {
            @Override
            public Optional<ObjectNode> read(final String section) {
                return Optional.ofNullable(sections.get(section)).map(ObjectNode::deepCopy);
            }

            @Override
            public void write(final String section, final ObjectNode content) {
                sections.put(section, content.deepCopy());
            }
        };
    }

    /**
     * A store in a folder, one JSON file a section. It holds the simulated stamp's keys and passwords.
     *
     * @param folder made if it is missing
     */
    static StateStore in(final Path folder) {
        final ObjectMapper json = new ObjectMapper();
        return new StateStore() {
            @Override
            public synchronized Optional<ObjectNode> read(final String section) throws IOException {
                try {
                    return Optional.of(
                            (ObjectNode) json.readTree(Files.readAllBytes(folder.resolve(section + ".json"))));
                } catch (NoSuchFileException e) {
                    return Optional.empty();
                }
            }

            @Override
            public synchronized void write(final String section, final ObjectNode content) throws IOException {
                Files.createDirectories(folder);
                final Path target = folder.resolve(section + ".json");
                final Path fresh = folder.resolve(section + ".new");
                Files.write(fresh, json.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
                try {
                    Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
                } catch (AtomicMoveNotSupportedException e) {
                    Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        };
    }
}
