package io.jenkins.plugins.azurestack.journal;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The journal and the audit trail of one run, written together. Intents are on disk, in both, before their method
 * returns, or it throws. What only follows from something that has happened to the world is kept until it can be
 * written, so that a full disk never stops what runs there. Safe for use by several threads.
 */
public final class RunJournal {
    private final Journal journal;
    private final AuditTrail audit;
    private final RotationId rotation;
    private final String actor;
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /** A record that has yet to be written: a call's result, or a note. */
    private record Waiting(Optional<String> call, String phase, Fields fields) {
        void to(final Journal journal) throws IOException {
            if (call.isPresent()) {
                journal.result(call.get(), fields);
            } else {
                journal.note(phase, fields);
            }
        }

        JournalRecord as(final long number, final Instant at) {
            return new JournalRecord(
                    number,
                    at,
                    call.isPresent() ? JournalRecord.Kind.RESULT : JournalRecord.Kind.NOTE,
                    phase,
                    call,
                    fields);
        }
    }

    /** @param actor the job and its build, as the audit trail names it */
    public RunJournal(final Journal journal, final AuditTrail audit, final RotationId rotation, final String actor) {
        this.journal = Objects.requireNonNull(journal, "journal");
        this.audit = Objects.requireNonNull(audit, "audit");
        this.rotation = Objects.requireNonNull(rotation, "rotation");
        this.actor = Objects.requireNonNull(actor, "actor");
    }

    /** What is known by now, what waits to be written included. */
    public synchronized JournalContents contents() {
        final JournalContents written = journal.contents();
        final List<JournalRecord> all = new ArrayList<>(written.records());
        waiting.forEach(one -> all.add(one.as(all.size() + 1L, written.begun())));
        return new JournalContents(written.rotation(), written.begun(), all, written.goodBytes(), written.tornBytes());
    }

    /** Where the audit trail is. */
    public Anchor anchor() {
        return audit.anchor();
    }

    /**
     * Makes sure that the audit trail has space for what comes.
     *
     * @throws IOException if it has not; nothing may be changed
     */
    public void reserve() throws IOException {
        audit.reserve();
    }

    /** Keeps something in the audit trail alone. */
    public void audit(final String action, final Fields fields) {
        audit.record(actor, action, rotation, fields);
    }

    /**
     * Keeps something that changes nothing, in the journal alone.
     *
     * @throws IOException if it is not on disk
     */
    public synchronized void note(final String phase, final Fields fields) throws IOException {
        flush();
        journal.note(phase, fields);
    }

    /**
     * Says that a call is about to be made. The audit trail has it first: nothing is done that is not in it.
     *
     * @throws IOException if it is not on disk; the call may not be made
     */
    public synchronized void intend(final String phase, final String call, final Fields fields) throws IOException {
        flush();
        audit(phase + "-intended", fields.with("call", call));
        if (!audit.isWritable()) {
            throw new IOException(
                    "The audit trail can't be written (" + audit.failure().orElse("")
                            + "), so nothing more is changed; what runs on the stamp runs on. Mend the disk under the Jenkins"
                            + " home, then resume this rotation.");
        }
        journal.intent(phase, call, fields);
    }

    /** Says how a call ended; written as soon as that works. */
    public void done(final String call, final Fields fields) {
        final String phase =
                journal.contents().intent(call).map(JournalRecord::phase).orElseThrow();
        later("done", fields.with("call", call), new Waiting(Optional.of(call), phase, fields));
    }

    /** Keeps something that has happened; written as soon as that works. */
    public void happened(final String kind, final Fields fields) {
        later(kind, fields, new Waiting(Optional.empty(), kind, fields));
    }

    /** What has happened is not undone by a disk that is full. */
    private synchronized void later(final String action, final Fields fields, final Waiting one) {
        waiting.add(one);
        audit(action, fields);
        try {
            flush();
        } catch (IOException e) {
            // It waits: whatever is to be changed next asks for it first.
            return;
        }
    }

    /**
     * Writes what waits.
     *
     * @throws IOException if it can't be written now; it goes on waiting
     */
    public synchronized void flush() throws IOException {
        while (!waiting.isEmpty()) {
            waiting.element().to(journal);
            waiting.remove();
        }
    }
}
