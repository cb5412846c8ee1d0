package io.jenkins.plugins.azurestack.journal;

import io.jenkins.plugins.azurestack.journal.AuditVerdict.Kind;
import io.jenkins.plugins.azurestack.journal.AuditVerdict.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads an audit trail from its first to its last byte, one record in memory at a time, and stops at the first thing
 * that is wrong. Every flipped bit, and every record that was deleted, inserted, moved or cut into, is found; whole
 * records that are missing at the end are found against an {@link Anchor}.
 */
public final class AuditVerifier {
    private final AuditKey key;
    private final String stamp;
    private final List<Anchor> anchors;

    /** @param anchors what was kept elsewhere about this trail; may be empty */
    public AuditVerifier(final AuditKey key, final String stamp, final Collection<Anchor> anchors) {
        this.key = key;
        this.stamp = stamp;
        this.anchors =
                anchors.stream().sorted(Comparator.comparingLong(Anchor::count)).toList();
    }

    /** Verifies a trail. */
    public AuditVerdict verify(final InputStream trail) throws IOException {
        return verify(trail, good -> {});
    }

    /**
     * Verifies a trail and shows its records.
     *
     * @param good is given every good record before the first problem, in order
     */
    public AuditVerdict verify(final InputStream trail, final Consumer<AuditRecord> good) throws IOException {
        return new Walk(new Lines(trail), good).verdict();
    }

    private final class Walk {
        private final Lines lines;
        private final Consumer<AuditRecord> good;
        private long records;
        private long goodBytes;
        private String head = "";
        private int anchorsSeen;

        Walk(final Lines lines, final Consumer<AuditRecord> good) {
            this.lines = lines;
            this.good = good;
        }

        AuditVerdict verdict() throws IOException {
            Optional<Problem> problem = Optional.empty();
            Optional<Lines.Line> line = lines.next();
            while (line.isPresent() && problem.isEmpty()) {
                problem = problemOf(line.get());
                line = problem.isPresent() ? line : lines.next();
            }
            return verdict(problem.or(this::problemOfTheEnd));
        }

        private AuditVerdict verdict(final Optional<Problem> problem) {
            final long anchored =
                    anchors.isEmpty() ? -1 : anchors.get(anchors.size() - 1).count();
            return new AuditVerdict(records, goodBytes, head, problem, anchored);
        }

        private Optional<Problem> problemOf(final Lines.Line line) throws IOException {
            final boolean first = goodBytes == 0;
            final long number = first ? 0 : records + 1;
            try {
                final AuditLine decoded = AuditLine.decode(line, key);
                if (first) {
                    decoded.requireHeader(stamp);
                } else {
                    good.accept(decoded.requireRecord(number, head));
                }
                records = number;
                goodBytes += line.length();
                head = decoded.mac();
                return problemOfAnchors(line.offset());
            } catch (MalformedException e) {
                final boolean torn = !first && line.isTorn() && lines.next().isEmpty();
                if (torn && anchorsSeen < anchors.size()) {
                    return problemOfTheEnd();
                }
                return Optional.of(new Problem(torn ? Kind.TORN : Kind.ALTERED, number, line.offset(), e.getMessage()));
            }
        }

        private Optional<Problem> problemOfAnchors(final long offset) {
            while (anchorsSeen < anchors.size() && anchors.get(anchorsSeen).count() == records) {
                if (!anchors.get(anchorsSeen).head().equals(head)) {
                    final String words = records == 0
                            ? "its first line is another one"
                            : "record " + records + " is another one, and so was everything before it made anew";
                    return Optional.of(new Problem(Kind.REWRITTEN, records, offset, words));
                }
                anchorsSeen++;
            }
            return Optional.empty();
        }

        private Optional<Problem> problemOfTheEnd() {
            if (goodBytes == 0) {
                return Optional.of(new Problem(Kind.ALTERED, 0, 0, "it is not there"));
            }
            if (anchorsSeen == anchors.size()) {
                return Optional.empty();
            }
            final long due = anchors.get(anchors.size() - 1).count();
            return Optional.of(new Problem(
                    Kind.CUT, records + 1, goodBytes, "of " + due + " records only " + records + " are there"));
        }
    }
}
