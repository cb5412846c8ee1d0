package io.jenkins.plugins.azurestack.wiring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.journal.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/**
 * What administrators do not want to be told again until it changes, in the file {@code dismissed.json} of the folder for
 * all stamps: who, when, and by which fingerprint. Safe for use by several threads of one process.
 */
public final class Dismissals {
    /** The file's name. */
    public static final String NAME = "dismissed.json";

    private static final int SCHEMA = 1;
    private static final int MOST_BYTES = 1 << 20;
    private static final Object TURN = new Object();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Disk disk;
    private final Path home;

    /** @param home the folder for all stamps; its parent exists */
    public Dismissals(final Disk disk, final Path home) {
        this.disk = Objects.requireNonNull(disk, "disk");
        this.home = Objects.requireNonNull(home, "home");
    }

    /** Whether exactly this was dismissed. What can't be read dismisses nothing. */
    public boolean isDismissed(final String stamp, final String fingerprint) {
        synchronized (TURN) {
            try {
                return read().path("stamps")
                        .path(stamp)
                        .path("fingerprint")
                        .asText("")
                        .equals(fingerprint);
            } catch (IOException e) {
                return false;
            }
        }
    }

    /** Dismisses something; it is on disk once this returns. */
    public void dismiss(final String stamp, final String fingerprint, final String person, final Instant now)
            throws IOException {
        synchronized (TURN) {
            ObjectNode root;
            try {
                root = read();
            } catch (IOException e) {
                // Whatever was there dismissed nothing.
                root = JSON.createObjectNode().put("schema", SCHEMA);
            }
            root.withObject("/stamps")
                    .putObject(stamp)
                    .put("fingerprint", fingerprint)
                    .put("person", person)
                    .put("at", now.toString());
            disk.makeFolders(Objects.requireNonNull(home.getParent(), "parent"), home);
            disk.replace(
                    home.resolve(NAME), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
        }
    }

    private ObjectNode read() throws IOException {
        final Path file = home.resolve(NAME);
        if (!disk.exists(file)) {
            return JSON.createObjectNode().put("schema", SCHEMA);
        }
        try {
            final JsonNode root = JSON.readTree(disk.readWhole(file, MOST_BYTES));
            if (root instanceof ObjectNode object && root.path("schema").asInt() == SCHEMA) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is damaged", e);
        }
        throw new IOException(file + " is of another version");
    }
}
