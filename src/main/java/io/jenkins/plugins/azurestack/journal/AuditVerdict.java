package io.jenkins.plugins.azurestack.journal;

import java.util.Optional;

/**
 * What a verifier found. Immutable.
 *
 * @param records how many good records there are before the first problem, or in all
 * @param goodBytes where the last of them ends
 * @param head the MAC of the last of them, of the first line if there is none, or empty if not even that is good
 * @param problem the first thing that is wrong
 * @param anchored how many records the latest anchor covers, or -1 without one
 */
public record AuditVerdict(long records, long goodBytes, String head, Optional<Problem> problem, long anchored) {
    /** What can be wrong. */
    public enum Kind {
        /** A line is not what was written, or does not follow the one before. */
        ALTERED,
        /** The last record was written in part, as by a crash. */
        TORN,
        /** Records that an anchor speaks of are not there. */
        CUT,
        /** A record that an anchor speaks of is another one. */
        REWRITTEN
    }

    /**
     * One thing that is wrong.
     *
     * @param record the number of the record, 0 for the first line
     * @param offset where it begins, in bytes
     * @param words half a sentence about it
     */
    public record Problem(Kind kind, long record, long offset, String words) {}

    /** Whether everything up to the end is as it was written; says nothing about a tail that no anchor covers. */
    public boolean isIntact() {
        return problem.isEmpty();
    }

    /** Whether the only thing that is wrong is a last record that was written in part. */
    public boolean isTorn() {
        return problem.map(found -> found.kind() == Kind.TORN).orElse(false);
    }

    /** Whether an anchor was given: without one nobody can tell whether whole records are missing at the end. */
    public boolean isAnchored() {
        return anchored >= 0;
    }

    /** Two sentences for people. */
    public String sentence() {
        final String state = problem.map(found -> switch (found.kind()) {
                    case ALTERED ->
                        "The audit trail is intact for " + records + " records; then "
                                + (found.record() == 0 ? "the first line" : "record " + found.record()) + ", at byte "
                                + found.offset() + ", was altered: " + found.words() + ".";
                    case TORN ->
                        "The audit trail is intact for " + records
                                + " records; the last one after them is torn: it was written in part, as by a crash.";
                    case CUT, REWRITTEN -> "The audit trail is not the one that was anchored: " + found.words() + ".";
                })
                .orElseGet(() -> "The audit trail is intact: " + records + " records.");
        return state + " " + tail();
    }

    private String tail() {
        if (!isAnchored()) {
            return "Tail not anchored: whether whole records are missing at the end can't be told without an anchor.";
        }
        return isIntact()
                ? "The latest anchor covers " + anchored + " of them."
                : "The latest anchor speaks of " + anchored + " records.";
    }

    @Override
    public String toString() {
        return sentence();
    }
}
