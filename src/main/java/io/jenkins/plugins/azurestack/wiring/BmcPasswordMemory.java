package io.jenkins.plugins.azurestack.wiring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.azurestack.journal.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * When this Jenkins last gave the BMCs of a stamp a new password, and the fingerprint of it, in the file
 * {@code bmc-password.json} of the stamp's folder: by that it is noticed when a credential comes back with an old password.
 * For one writer at a time.
 */
final class BmcPasswordMemory {
    /** The file's name. */
    static final String NAME = "bmc-password.json";

    private static final int SCHEMA = 1;
    private static final int MOST_BYTES = 1 << 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Disk disk;
    private final Path file;

    /** @param stampFolder an existing folder */
    BmcPasswordMemory(final Disk disk, final Path stampFolder) {
        this.disk = disk;
        this.file = stampFolder.resolve(NAME);
    }

    /**
     * What is known.
     *
     * @param changed when every BMC had it, as was proved
     * @param fingerprint of user name and password, made with a key that is not there
     */
    record Known(Instant changed, String fingerprint) {}

    /** @throws IOException if it can't be read, or is not what was written */
    Optional<Known> load() throws IOException {
        if (!disk.exists(file)) {
            return Optional.empty();
        }
        try {
            final JsonNode root = JSON.readTree(disk.readWhole(file, MOST_BYTES));
            if (root.path("schema").asInt() == SCHEMA) {
                return Optional.of(new Known(
                        Instant.parse(root.path("changed").asText()),
                        root.path("fingerprint").asText()));
            }
        } catch (JsonProcessingException | DateTimeException e) {
            throw damaged(e);
        }
        throw damaged(null);
    }

    private IOException damaged(final Exception cause) {
        return new IOException(
                file
                        + " is damaged and was left as it is. Move it away; the age of the BMC password is known again after"
                        + " the next update.",
                cause);
    }

    /** Keeps what is known now. */
    void save(final Known known) throws IOException {
        disk.replace(
                file,
                JSON.writerWithDefaultPrettyPrinter()
                        .writeValueAsBytes(JSON.createObjectNode()
                                .put("schema", SCHEMA)
                                .put("changed", known.changed().toString())
                                .put("fingerprint", known.fingerprint())));
    }
}
