package io.jenkins.plugins.azurestack.simulator.world;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the simulated stamp saw for itself, in the order in which it was settled: every attempt at a TLS handshake, and
 * every call with what became of it. A call is entered once its effect, if any, is there and before it is answered, so
 * that a lost answer takes no entry away. Holds no secrets. Thread-safe.
 */
public final class Ledger {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Entry> entries = new ArrayList<>();
    private final Optional<Path> file;

    /** A ledger in memory. */
    public Ledger() {
        this.file = Optional.empty();
    }

    /**
     * A ledger in memory that appends each entry to a file too, as one line of JSON.
     *
     * @param file made if it is missing, continued if it is there
     * @throws IOException if it can't be written
     */
    public Ledger(final Path file) throws IOException {
        Files.write(file, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        this.file = Optional.of(file);
    }

    /** Anything that was seen. */
    public sealed interface Entry permits Handshake, Call {
        /** When it began, in the stamp's time. */
        Instant at();
    }

    /**
     * One attempt to connect to a front end.
     *
     * @param at when it began
     * @param name the name that was asked for: by SNI, or of the network where no connection came about; may be empty
     * @param folder whose front end answered, if any
     * @param outcome how it ended
     * @param received how many bytes came after the handshake
     */
    public record Handshake(Instant at, String name, Optional<CertificateFolder> folder, Outcome outcome, long received)
            implements Entry {
        public Handshake {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(folder, "folder");
            Objects.requireNonNull(outcome, "outcome");
        }
    }

    /**
     * One call.
     *
     * @param at when it arrived
     * @param service which part of the stamp it arrived at
     * @param host which of its hosts: an address or a name, such as {@code 10.30.0.225} or {@code bmc03}
     * @param connection tells TCP connections of one service apart; of a cmdlet, the session that it ran in
     * @param identity who called, as far as that was proved; empty if it was not
     * @param action what was called: a cmdlet, a WS-Man operation, or HTTP method and path
     * @param details names and values that matter to it: ids, parameters without secrets; in a fixed order
     * @param outcome what became of it: {@link #DONE}, or a word that says why not, or an HTTP status
     */
    public record Call(
            Instant at,
            Service service,
            String host,
            String connection,
            String identity,
            String action,
            Map<String, String> details,
            String outcome)
            implements Entry {
        /** The outcome of a call that did what it was meant to. */
        public static final String DONE = "done";

        public Call {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(service, "service");
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(connection, "connection");
            Objects.requireNonNull(identity, "identity");
            Objects.requireNonNull(action, "action");
            details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
            Objects.requireNonNull(outcome, "outcome");
        }

        /** Whether it did what it was meant to. */
        public boolean isDone() {
            return outcome.equals(DONE);
        }
    }

    /** The parts of a stamp that answer calls. */
    public enum Service {
        /** WS-Man operations on a privileged endpoint, and logons to it. */
        WSMAN,
        /** Cmdlets that ran, or were refused, in a session of a privileged endpoint. */
        CMDLET,
        /**
         * Action plans of the stamp's engine, which go on without whoever called for them: an entry by the name of the
         * cmdlet when one starts, and another when it is over, each with {@code plan}, its id, and {@code type}.
         */
        ENGINE,
        /** The admin Resource Manager and its token endpoints. */
        RESOURCE_MANAGER,
        /** A BMC's Redfish service. */
        BMC,
        /** The file share. */
        SHARE
    }

    /** How an attempt at a TLS handshake ended. */
    public enum Outcome {
        /** The handshake was completed. */
        COMPLETED,
        /** The certificate was sent, and the client left before the handshake was complete. */
        CERTIFICATE_SENT,
        /** The handshake failed before a certificate was sent. */
        NO_HANDSHAKE,
        /** The client left, or was left, without a proper client hello. */
        NO_HELLO,
        /** No name, or one that no front end of the stamp answers to. */
        UNKNOWN_NAME,
        /** The name does not resolve: nothing was connected. */
        UNRESOLVED,
        /** The port is closed, or the front end refuses: nothing was connected. */
        REFUSED,
        /** The front end was told to misbehave, and did. */
        MISBEHAVED
    }

    /** @throws UncheckedIOException if the ledger's file can't be written */
    public void record(final Entry entry) {
        synchronized (entries) {
            entries.add(entry);
            file.ifPresent(path -> append(path, entries.size(), entry));
        }
    }

    /** A copy of everything so far; see {@code SimulatedStamp.settle} for when that is all. */
    public List<Entry> entries() {
        synchronized (entries) {
            return List.copyOf(entries);
        }
    }

    /** The attempts at a TLS handshake. */
    public List<Handshake> handshakes() {
        return of(Handshake.class, handshake -> true);
    }

    /** The attempts at a TLS handshake with one folder's front end. */
    public List<Handshake> handshakesOf(final CertificateFolder folder) {
        return of(Handshake.class, handshake -> handshake.folder().equals(Optional.of(folder)));
    }

    /** The calls to one part of the stamp. */
    public List<Call> calls(final Service service) {
        return of(Call.class, call -> call.service() == service);
    }

    /** The calls to one part of the stamp that called the same. */
    public List<Call> calls(final Service service, final String action) {
        return of(Call.class, call -> call.service() == service && call.action().equals(action));
    }

    private <T extends Entry> List<T> of(final Class<T> kind, final Predicate<T> wanted) {
        return entries().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(wanted)
                .toList();
    }

    private static void append(final Path file, final int number, final Entry entry) {
        try {
            Files.write(
                    file,
                    (JSON.writeValueAsString(json(number, entry)) + "\n").getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("The ledger " + file + " can't be written", e);
        }
    }

    private static ObjectNode json(final int number, final Entry entry) {
        final ObjectNode line = JSON.createObjectNode()
                .put("number", number)
                .put("at", entry.at().toString());
        if (entry instanceof Call call) {
            line.put("service", call.service().name())
                    .put("host", call.host())
                    .put("connection", call.connection())
                    .put("identity", call.identity())
                    .put("action", call.action());
            final ObjectNode details = line.putObject("details");
            call.details().forEach(details::put);
            return line.put("outcome", call.outcome());
        }
        final Handshake handshake = (Handshake) entry;
        return line.put("service", "FRONT_END")
                .put("host", handshake.name())
                .put("action", "handshake")
                .put(
                        "folder",
                        handshake.folder().map(CertificateFolder::folderName).orElse(""))
                .put("received", handshake.received())
                .put("outcome", handshake.outcome().name());
    }
}
