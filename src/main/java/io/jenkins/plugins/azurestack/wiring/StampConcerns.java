package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.expiry.Severity;
import io.jenkins.plugins.azurestack.report.Phrases;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What an administrator has to be told about a stamp, by what this Jenkins has written down. Stateless. */
public final class StampConcerns {
    /** More of a kind are counted. */
    private static final int MOST_NAMES = 5;

    private StampConcerns() {}

    /**
     * One thing to be told.
     *
     * @param words a sentence; it may change from day to day
     * @param fact what it rests on; as long as that is the same, it is the same concern
     */
    public record Concern(Kind kind, String words, String fact) {
        public Concern {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(words, "words");
            Objects.requireNonNull(fact, "fact");
        }
    }

    /** The sorts of concerns. */
    public enum Kind {
        EXPIRES,
        NOT_CHECKED,
        UNFINISHED,
        UNREADABLE
    }

    /**
     * All of a stamp.
     *
     * @param checkWithin a check is due after this time
     */
    public static List<Concern> of(final StampState stamp, final Instant now, final Duration checkWithin) {
        final List<Concern> concerns = new ArrayList<>();
        if (stamp.isConfigured()) {
            expires(concerns, stamp, now);
            notChecked(concerns, stamp, now, checkWithin);
        }
        for (final PastChange rotation : stamp.waiting()) {
            concerns.add(unfinished(rotation));
        }
        stamp.troubles()
                .forEach(trouble -> concerns.add(
                        new Concern(Kind.UNREADABLE, trouble.words(), trouble.part() + " " + trouble.words())));
        return concerns;
    }

    private static void expires(final List<Concern> concerns, final StampState stamp, final Instant now) {
        final List<StampState.Ending> near = stamp.endings().stream()
                .filter(ending -> ending.severity(now) == Severity.CRITICAL)
                .toList();
        if (!near.isEmpty()) {
            final String names = near.stream()
                    .limit(MOST_NAMES)
                    .map(ending -> ending.name() + " " + Phrases.ends(ending.daysLeft(now)))
                    .collect(Collectors.joining(", "));
            concerns.add(new Concern(
                    Kind.EXPIRES,
                    names + (near.size() > MOST_NAMES ? ", and " + (near.size() - MOST_NAMES) + " more" : "") + ".",
                    near.stream()
                            .map(ending -> ending.name() + " " + ending.at())
                            .sorted()
                            .collect(Collectors.joining("\n"))));
        }
    }

    private static void notChecked(
            final List<Concern> concerns, final StampState stamp, final Instant now, final Duration within) {
        if (stamp.lastChecked().isEmpty()) {
            concerns.add(new Concern(Kind.NOT_CHECKED, "No check of expiry has run yet.", "never"));
        } else if (stamp.lastChecked().get().plus(within).isBefore(now)) {
            final Instant last = stamp.lastChecked().get();
            concerns.add(new Concern(
                    Kind.NOT_CHECKED,
                    "The last check of expiry was "
                            + Phrases.count(Duration.between(last, now).toDays(), "day", "days") + " ago, on "
                            + Phrases.minute(last) + ".",
                    last.toString()));
        }
    }

    private static Concern unfinished(final PastChange rotation) {
        final String state = rotation.damage().isPresent()
                ? "has a damaged journal"
                : rotation.state().map(word -> "is left as " + word).orElse("was left unfinished");
        return new Concern(
                Kind.UNFINISHED,
                "Rotation " + rotation.id() + " " + state + ".",
                rotation.id() + " " + state + " "
                        + rotation.left().map(Instant::toString).orElse(""));
    }

    /** What stands for some concerns: the same for the same facts, whatever day it is. */
    public static String fingerprint(final List<Concern> concerns) {
        final String facts = concerns.stream()
                .map(concern -> concern.kind() + "\n" + concern.fact())
                .sorted()
                .collect(Collectors.joining("\n\n"));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(facts.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
