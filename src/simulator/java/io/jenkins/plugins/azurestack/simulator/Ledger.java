package io.jenkins.plugins.azurestack.simulator;

import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What the simulated stamp saw for itself: every attempt to connect, in the order in which they ended. Thread-safe. */
public final class Ledger {
    private final List<Entry> entries = new ArrayList<>();

    /**
     * One attempt to connect.
     *
     * @param at when it began
     * @param name the name that was asked for: by SNI, or of the network where no connection came about; may be empty
     * @param folder whose front end answered, if any
     * @param outcome how it ended
     * @param received how many bytes came after the handshake
     */
    public record Entry(Instant at, String name, Optional<CertificateFolder> folder, Outcome outcome, long received) {
        public Entry {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(folder, "folder");
            Objects.requireNonNull(outcome, "outcome");
        }
    }

    /** How an attempt to connect ended. */
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

    void record(final Entry entry) {
        synchronized (entries) {
            entries.add(entry);
        }
    }

    /** A copy of everything so far; see {@link SimulatedStamp#settle} for when that is all. */
    public List<Entry> entries() {
        synchronized (entries) {
            return List.copyOf(entries);
        }
    }

    /** The entries of one folder's front end. */
    public List<Entry> entriesOf(final CertificateFolder folder) {
        return entries().stream()
                .filter(entry -> entry.folder().equals(Optional.of(folder)))
                .toList();
    }
}
