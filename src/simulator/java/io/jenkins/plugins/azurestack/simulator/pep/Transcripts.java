package io.jenkins.plugins.azurestack.simulator.pep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was done in the sessions of each endpoint, until somebody closes one of them properly and has it all moved to a
 * share. Holds user names and paths, and no secrets. Survives a restart. Thread-safe.
 */
final class Transcripts {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECTION = "transcripts";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String RULE = "**********************";

    private final World world;
    private final Map<String, Transcript> sessions = new HashMap<>();

    Transcripts(final World world) throws IOException {
        this.world = world;
        for (final JsonNode kept : world.store()
                .read(SECTION)
                .map(section -> section.withArray("pending"))
                .orElse(JSON.createArrayNode())) {
            final Transcript transcript =
                    new Transcript(kept.path("host").asText(), kept.path("name").asText());
            kept.path("lines").forEach(line -> transcript.lines.add(line.asText()));
            // A session of before the restart is not there any more, so its name can stand for it.
            sessions.put(transcript.name, transcript);
        }
    }

    private static final class Transcript {
        private final String host;
        private final String name;
        private final List<String> lines = new ArrayList<>();

        Transcript(final String host, final String name) {
            this.host = host;
            this.name = name;
        }
    }

    /** Writes what a user called in a session. */
    synchronized void began(final String host, final String session, final String caller, final String command) {
        final String time = STAMP.format(now());
        final Transcript transcript = sessions.computeIfAbsent(session, id -> {
            final Transcript fresh = new Transcript(
                    host,
                    "PowerShell_transcript." + host + "."
                            + world.newId().toString().substring(0, 8) + "." + time + ".txt");
            fresh.lines.addAll(List.of(
                    RULE,
                    "Windows PowerShell transcript start",
                    "Start time: " + time,
                    "Username: " + caller,
                    "Machine: " + host,
                    RULE));
            return fresh;
        });
        transcript.lines.addAll(List.of(RULE, "Command start time: " + time, RULE, "PS>" + command));
        save();
    }

    /** Writes what came of it. */
    synchronized void line(final String session, final String text) {
        final Transcript transcript = sessions.get(session);
        if (transcript != null) {
            transcript.lines.add(text);
        }
    }

    /** Keeps what was written. */
    synchronized void ended() {
        save();
    }

    /**
     * Moves everything that an endpoint has to a folder.
     *
     * @throws IOException if that can't be written; what could not be moved is still there
     */
    synchronized void move(final String host, final Path folder) throws IOException {
        try {
            for (final Iterator<Transcript> each = sessions.values().iterator(); each.hasNext(); ) {
                final Transcript transcript = each.next();
                if (transcript.host.equals(host)) {
                    Files.write(folder.resolve(transcript.name), transcript.lines, StandardCharsets.UTF_8);
                    each.remove();
                }
            }
        } finally {
            save();
        }
    }

    private Instant now() {
        return world.time().now();
    }

    private void save() {
        final ObjectNode section = JSON.createObjectNode();
        final ArrayNode pending = section.putArray("pending");
        for (final Transcript transcript : sessions.values()) {
            final ArrayNode lines = pending.addObject()
                    .put("host", transcript.host)
                    .put("name", transcript.name)
                    .putArray("lines");
            transcript.lines.forEach(lines::add);
        }
        try {
            world.store().write(SECTION, section);
        } catch (IOException e) {
            throw new UncheckedIOException("The simulated stamp's state can't be written", e);
        }
    }
}
