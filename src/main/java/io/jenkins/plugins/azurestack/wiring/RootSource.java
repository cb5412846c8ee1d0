package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.expiry.ExpirySource;
import io.jenkins.plugins.azurestack.expiry.Inquiry;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.expiry.Severity;
import io.jenkins.plugins.azurestack.expiry.Sighting;
import io.jenkins.plugins.azurestack.expiry.Target;
import io.jenkins.plugins.azurestack.pep.ActionReport;
import io.jenkins.plugins.azurestack.pep.PrivilegedEndpointException;
import io.jenkins.plugins.azurestack.pep.StampCmdlets;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks the privileged endpoint when the stamp's root certificate ends. That starts work on the stamp and leaves a
 * transcript: it is asked at most once in seven days, between which the last answer is shown with its age, and never while a
 * rotation or an update runs.
 */
final class RootSource implements ExpirySource {
    /** The source's name. */
    static final String NAME = "root";

    private static final String ROOT = "stamp root certificate";
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String ADVICE =
            "From version 2108 on an internal secret rotation renews it; before that, update the stamp or ask support.";
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);

    private final Target target = new Target(NAME, "privileged endpoint", Optional.empty());
    private final Remembering remembering;
    private final Opening opening;
    private final Clock clock;

    /** Finds the file with what is known. */
    interface Remembering {
        RootMemory memory() throws IOException;
    }

    /** Makes the client; nothing is sent by that. */
    interface Opening {
        Opened open() throws NotSeenException;
    }

    /** A client and the account that it signs in with. */
    record Opened(StampCmdlets cmdlets, PasswordCredentials account) implements AutoCloseable {
        @Override
        public void close() {
            account.close();
        }
    }

    RootSource(final Remembering remembering, final Opening opening, final Clock clock) {
        this.remembering = Objects.requireNonNull(remembering, "remembering");
        this.opening = Objects.requireNonNull(opening, "opening");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Inquiry> inquiries() {
        return List.of(new Inquiry() {
            @Override
            public Target target() {
                return target;
            }

            @Override
            public Optional<Duration> patience() {
                return Optional.of(PATIENCE);
            }

            @Override
            public List<Sighting> look() throws NotSeenException, InterruptedException {
                return List.of(sighting());
            }
        });
    }

    private Sighting sighting() throws NotSeenException, InterruptedException {
        try {
            final RootMemory memory = remembering.memory();
            final RootMemory.Known known = memory.load();
            return known.isDue(clock.instant()) ? ask(memory, known) : shown(known, "");
        } catch (IOException e) {
            throw notSeen(
                    "the stamp's root certificate: " + Text.printable(e.getMessage()),
                    "Mend the file or the disk under the Jenkins home.",
                    e);
        } catch (PrivilegedEndpointException e) {
            throw notSeen("the stamp's root certificate can't be asked for: " + e.getMessage(), e.advice(), e);
        }
    }

    private Sighting ask(final RootMemory memory, final RootMemory.Known known)
            throws NotSeenException, IOException, PrivilegedEndpointException, InterruptedException {
        try (Opened opened = opening.open()) {
            final Optional<String> runs = running(opened.cmdlets());
            if (runs.isPresent()) {
                return shown(known, "deferred, since " + runs.get());
            }
            if (!memory.claim(clock.instant())) {
                return shown(memory.load(), "");
            }
            final Optional<Instant> ends = opened.cmdlets().stampInformation().rootEnds();
            memory.answered(clock.instant(), ends);
            return told(ends, "as the stamp says now");
        }
    }

    /** What runs on the stamp and must not be disturbed; what is not understood may be running. */
    private static Optional<String> running(final StampCmdlets cmdlets)
            throws PrivilegedEndpointException, InterruptedException {
        if (cmdlets.isUpdating()) {
            return Optional.of("an update runs on the stamp");
        }
        return cmdlets.latestRotation().map(ActionReport::status).flatMap(status -> switch (status) {
            case COMPLETED, FAILED, CANCELED -> Optional.empty();
            case RUNNING -> Optional.of("a rotation runs on the stamp");
            case NOT_UNDERSTOOD -> Optional.of("what the stamp says of its last rotation is not understood");
        });
    }

    private Sighting shown(final RootMemory.Known known, final String why) throws NotSeenException {
        if (known.answered().isEmpty()) {
            final String asked = known.asked()
                    .map(when -> "the stamp was asked for its root certificate on " + DAY.format(when)
                            + " and did not answer; it is asked again 7 days later")
                    .orElse("the stamp has never been asked for its root certificate");
            throw notSeen(
                    why.isEmpty() ? asked : why + ": " + asked,
                    why.isEmpty()
                            ? "To have it asked at once, move " + RootMemory.NAME + " out of the stamp's folder."
                            : "Check again when that has ended.",
                    null);
        }
        final Instant when = known.answered().get();
        final long days = Duration.between(when, clock.instant()).toDays();
        return told(
                known.ends(),
                "as the stamp said on " + DAY.format(when) + ", " + (days == 1 ? "1 day" : days + " days") + " ago"
                        + (why.isEmpty() ? "" : "; asking again is " + why));
    }

    private Sighting told(final Optional<Instant> ends, final String words) {
        return new Sighting.Told(
                target,
                ROOT,
                "",
                ends,
                ends.isPresent() ? Severity.OK : Severity.NOTICE,
                false,
                (ends.isPresent() ? "" : "the stamp says no date, as before version 2108; ") + words,
                ADVICE);
    }

    private static NotSeenException notSeen(final String reason, final String advice, final Exception cause) {
        final NotSeenException unknown = new NotSeenException(reason, advice);
        unknown.initCause(cause);
        return unknown;
    }
}
