package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.expiry.Severity;
import io.jenkins.plugins.azurestack.expiry.Thresholds;
import io.jenkins.plugins.azurestack.journal.Claim;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a stamp stands, by what this Jenkins has written down; nothing is asked for it. Immutable.
 *
 * @param name the stamp's name
 * @param domain its external domain; empty if it is not configured any more
 * @param endings all whose end was seen, the first to end first
 * @param lastChecked when a check last looked anywhere
 * @param rotations all that are known of, the latest last
 * @param lock who holds it
 * @param inHand which build of this Jenkins is at the lock's rotation now
 * @param troubles what could not be read; sentences
 */
public record StampState(
        String name,
        String domain,
        List<Ending> endings,
        Optional<Instant> lastChecked,
        List<PastChange> rotations,
        Optional<Claim> lock,
        Optional<String> inHand,
        List<Trouble> troubles) {
    public StampState {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(domain, "domain");
        endings = List.copyOf(endings);
        Objects.requireNonNull(lastChecked, "lastChecked");
        rotations = List.copyOf(rotations);
        Objects.requireNonNull(lock, "lock");
        Objects.requireNonNull(inHand, "inHand");
        troubles = List.copyOf(troubles);
    }

    /**
     * Something that ends.
     *
     * @param name where it was seen
     * @param at when it ends
     */
    public record Ending(String name, Instant at) {
        /** Whole days until then; negative once it has ended. */
        public long daysLeft(final Instant now) {
            return Thresholds.daysLeft(at, now);
        }

        /** How much that matters, by the stamp's own measure. */
        public Severity severity(final Instant now) {
            return Thresholds.STAMP_ALERTS.of(at, now);
        }
    }

    /**
     * Something that could not be read.
     *
     * @param part which
     * @param words why, and what to do; sentences
     */
    public record Trouble(Part part, String words) {}

    /** What is kept of a stamp. */
    public enum Part {
        MEMORY,
        JOURNALS,
        LOCK,
        SHARE_LOCK
    }

    /** Whether it is still configured. */
    public boolean isConfigured() {
        return !domain.isEmpty();
    }

    /** What ends first. */
    public Optional<Ending> next() {
        return endings.stream().findFirst();
    }

    /** The latest rotation. */
    public Optional<PastChange> last() {
        return rotations.isEmpty() ? Optional.empty() : Optional.of(rotations.get(rotations.size() - 1));
    }

    /** The rotations of which something is left to be done, and that no build of this Jenkins is at. */
    public List<PastChange> waiting() {
        return rotations.stream()
                .filter(PastChange::isUnfinished)
                .filter(one -> inHand.isEmpty() || !lock.map(Claim::rotation).equals(Optional.of(one.id())))
                .toList();
    }

    /** Why a part could not be read, if so. */
    public Optional<String> trouble(final Part part) {
        return troubles.stream()
                .filter(one -> one.part() == part)
                .map(Trouble::words)
                .findFirst();
    }
}
