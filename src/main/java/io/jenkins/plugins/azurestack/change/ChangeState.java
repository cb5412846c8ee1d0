package io.jenkins.plugins.azurestack.change;

import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.journal.Fields;
import io.jenkins.plugins.azurestack.journal.JournalContents;
import io.jenkins.plugins.azurestack.journal.JournalRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the journal of a change says of it: everything that a resume knows. A pure function of the records; the names that
 * are used here are those that {@link ChangeMemory} writes. Immutable.
 *
 * @param <S> the engine's states
 */
public abstract class ChangeState<S extends Enum<S> & End.State> {
    protected final JournalContents contents;
    private final Class<S> states;

    protected ChangeState(final JournalContents contents, final Class<S> states) {
        this.contents = contents;
        this.states = states;
    }

    /** Whether its plan was written down: before that nothing was done. */
    public final boolean isPlanned() {
        return note(ChangeMemory.PLAN).isPresent();
    }

    /** What was approved, as a hash. */
    public final String planHash() {
        return plan("hash");
    }

    /** When its plan can't be carried out any more. */
    public final Instant planExpires() {
        return Instant.parse(plan("expires"));
    }

    /** Who approved the plan. */
    public final Optional<Approval> approval() {
        return note(ChangeMemory.PLAN)
                .map(fields -> Approval.of(fields.get("id").orElseThrow(), fields));
    }

    /** The words of the conditions whose being unknown was accepted. */
    protected final List<String> acceptedWords() {
        return List.of(plan("accepted").split(","));
    }

    /** How many calls were intended so far, of any kind. */
    public final long calls() {
        return contents.records().stream()
                .filter(entry -> entry.kind() == JournalRecord.Kind.INTENT)
                .count();
    }

    /** Why it was decided that it never begins, and what to do then. */
    public final Optional<Fields> givenUp() {
        return note(ChangeMemory.GIVEN_UP);
    }

    /** How it ended, if nothing is left to be done. */
    public final Optional<End<S>> end() {
        return note(ChangeMemory.END)
                .map(fields -> End.of(contents.rotation(), states, fields))
                .filter(end -> end.state().isOver());
    }

    /** How far it came when it was last left; empty once it was begun again since. */
    public final Optional<End<S>> left() {
        return latestEnd().map(entry -> End.of(contents.rotation(), states, entry.fields()));
    }

    /** When that was written down. */
    public final Optional<Instant> leftAt() {
        return latestEnd().map(JournalRecord::at);
    }

    private Optional<JournalRecord> latestEnd() {
        return latest(ChangeMemory.END, begunAgain());
    }

    /** The number of the record with which it was last begun again; 0 if it never was. */
    protected long begunAgain() {
        return 0;
    }

    /** What an operator should look at besides, as a note on the proof says. */
    protected static List<String> warnings(final Fields fields) {
        return End.warnings(fields);
    }

    /** What the plan's record says; empty if it does not say that. */
    protected final String plan(final String field) {
        return note(ChangeMemory.PLAN).flatMap(fields -> fields.get(field)).orElse("");
    }

    /** The same, where nothing to say is written as the empty text. */
    protected final Optional<String> planned(final String field) {
        return Optional.of(plan(field)).filter(value -> !value.isEmpty());
    }

    protected static boolean isIntent(final JournalRecord entry, final String phase) {
        return entry.kind() == JournalRecord.Kind.INTENT && entry.phase().equals(phase);
    }

    protected static boolean isNote(final JournalRecord entry, final String kind) {
        return entry.kind() == JournalRecord.Kind.NOTE && entry.phase().equals(kind);
    }

    protected final Stream<JournalRecord> intents(final String phase) {
        return contents.records().stream().filter(entry -> isIntent(entry, phase));
    }

    protected final Stream<Fields> notes(final String kind) {
        return contents.records().stream().filter(entry -> isNote(entry, kind)).map(JournalRecord::fields);
    }

    /** The latest of a kind. */
    protected final Optional<Fields> note(final String kind) {
        return latest(kind, 0).map(JournalRecord::fields);
    }

    /** The latest of a kind after a record. */
    protected final Optional<JournalRecord> latest(final String kind, final long after) {
        return contents.records().stream()
                .filter(entry -> entry.number() > after && isNote(entry, kind))
                .reduce((first, second) -> second);
    }

    /** How a call ended; empty as long as nobody wrote that down. */
    protected final Optional<String> outcome(final JournalRecord intent) {
        return intent.call().flatMap(contents::result).flatMap(result -> result.fields()
                .get("outcome"));
    }

    /** Whether a call never left. */
    protected final boolean wasRefused(final JournalRecord intent) {
        return outcome(intent).filter(ChangeMemory.NOT_SENT::equals).isPresent();
    }
}
