package io.jenkins.plugins.azurestack.expiry;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What earlier checks saw of each target, so that one that can't be seen today is judged by what is known of it.
 * Immutable.
 *
 * @param targets what is remembered, by {@link Target#key()}
 */
public record Memory(SortedMap<String, Remembered> targets) {
    /** A memory of nothing. */
    public static final Memory EMPTY = new Memory(Collections.emptySortedMap());

    /** A target that no check has asked for during this time is forgotten. */
    static final Duration KEPT = Duration.ofDays(400);

    /**
     * What is known of one target.
     *
     * @param firstAsked when a check first looked there
     * @param lastAsked when a check last looked there
     * @param lastSeen when something was last seen there
     * @param notAfter the end of validity that was seen then; the earliest, if there were several
     */
    public record Remembered(
            Instant firstAsked, Instant lastAsked, Optional<Instant> lastSeen, Optional<Instant> notAfter) {
        /** The last moment at which the target was certainly all right to look at. */
        public Instant knownSince() {
            return lastSeen.orElse(firstAsked);
        }
    }

    /** Keeps a memory between checks. Implementations are safe for use by several threads. */
    public interface Store {
        /** What is remembered; empty if nothing ever was. */
        Memory load() throws IOException;

        /** Adds what a check saw to whatever is remembered by now. */
        void add(List<Sighting> sightings, Instant now) throws IOException;
    }

    public Memory {
        targets = Collections.unmodifiableSortedMap(new TreeMap<>(targets));
    }

    /** What is known of a target. */
    public Optional<Remembered> of(final Target target) {
        return Optional.ofNullable(targets.get(target.key()));
    }

    /** This memory and what a check saw now. */
    public Memory with(final List<Sighting> sightings, final Instant now) {
        final SortedMap<String, Remembered> merged = new TreeMap<>(targets);
        merged.values().removeIf(known -> known.lastAsked().isBefore(now.minus(KEPT)));
        final Map<String, Instant> ends = new TreeMap<>();
        final Set<String> seen = new HashSet<>();
        for (final Sighting sighting : sightings) {
            if (!(sighting instanceof Sighting.Unknown)) {
                seen.add(sighting.target().key());
            }
            sighting.ends()
                    .ifPresent(end -> ends.merge(
                            sighting.target().key(), end, (one, other) -> one.isBefore(other) ? one : other));
        }
        for (final Sighting sighting : sightings) {
            final String key = sighting.target().key();
            final Remembered before = targets.get(key);
            final Instant first = before == null ? now : before.firstAsked();
            if (seen.contains(key)) {
                merged.put(key, new Remembered(first, now, Optional.of(now), Optional.ofNullable(ends.get(key))));
            } else {
                merged.put(
                        key,
                        new Remembered(
                                first,
                                now,
                                before == null ? Optional.empty() : before.lastSeen(),
                                before == null ? Optional.empty() : before.notAfter()));
            }
        }
        return new Memory(merged);
    }
}
