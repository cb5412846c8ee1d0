package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.change.Gate;
import io.jenkins.plugins.azurestack.rotation.ServedCertificates.Served;
import io.jenkins.plugins.azurestack.rotation.StampActions.StampFacts;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** Makes rotation plans. Reads everything and changes nothing. Used by one thread at a time. */
public final class RotationPlanner {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);

    private final RotationWorld world;
    private final Clock clock;
    private final RandomGenerator random;

    /** @param random makes ids that nobody has had before */
    public RotationPlanner(final RotationWorld world, final Clock clock, final RandomGenerator random) {
        this.world = Objects.requireNonNull(world, "world");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
    }

    /**
     * Looks at everything, and says what would be done.
     *
     * @throws Rejected if there is nothing to rotate to
     * @throws InterruptedException if the calling thread was interrupted; nothing was changed
     */
    public RotationPlan plan(final RotationRequest request) throws InterruptedException {
        if (request.scope() == RotationScope.EXTERNAL
                && (world.share().isEmpty() || world.certificates().isEmpty())) {
            throw new Rejected(
                    "scope", "an external rotation needs certificates and a certificateShare; the stamp names none");
        }
        final Instant now = clock.instant();
        final RotationCall call =
                RotationCall.first(request.scope(), world.share().map(StagingShare::path));
        final Observation seen = Gates.observe(world, call, request.compromise(), request.accepted(), now);
        final RotationIntent intent = intent(world, call, request.accepted(), request.reason(), seen);
        return new RotationPlan(
                id(request.scope(), now),
                intent,
                now,
                emptyBecause(request.scope(), intent, seen),
                seen.gates(),
                world.certificates().map(CertificateSet::remarks).orElse(List.of()));
    }

    /** What would be done to the world as it was seen. */
    static RotationIntent intent(
            final RotationWorld world,
            final RotationCall call,
            final Set<RotationCondition> accepted,
            final Optional<String> reason,
            final Observation seen) {
        return new RotationIntent(
                world.stamp().name(),
                world.stamp().domain(),
                seen.facts().map(StampFacts::version).orElse("unknown"),
                call,
                world.privilegedEndpoints(),
                changes(world, seen.served()),
                accepted,
                reason);
    }

    private static Map<CertificateFolder, RotationIntent.Change> changes(
            final RotationWorld world, final Map<String, Served> served) {
        final Map<CertificateFolder, RotationIntent.Change> changes = new EnumMap<>(CertificateFolder.class);
        world.certificates().ifPresent(set -> set.fingerprints()
                .forEach((folder, fingerprint) ->
                        changes.put(folder, new RotationIntent.Change(fingerprints(folder, served), fingerprint))));
        return changes;
    }

    private static SortedSet<String> fingerprints(final CertificateFolder folder, final Map<String, Served> served) {
        final SortedSet<String> seen = new TreeSet<>();
        served.values().stream().filter(one -> one.folder() == folder).forEach(one -> one.fingerprint()
                .ifPresent(seen::add));
        return seen;
    }

    private static Optional<String> emptyBecause(
            final RotationScope scope, final RotationIntent intent, final Observation seen) {
        if (scope == RotationScope.EXTERNAL) {
            final boolean done = !intent.certificates().isEmpty()
                    && seen.served().values().stream()
                            .allMatch(one -> one.fingerprint().isPresent())
                    && intent.certificates().values().stream().allMatch(RotationIntent.Change::isDone);
            return done ? Optional.of("every endpoint serves the new certificates already") : Optional.empty();
        }
        return seen.gates().stream()
                .filter(gate -> gate.condition() == RotationCondition.REASON && gate.verdict() == Gate.Verdict.FAILED)
                .map(gate -> gate.message() + ". " + gate.advice())
                .findFirst();
    }

    /** Such as {@code east-external-20261126-5k2f8q0c}. */
    private String id(final RotationScope scope, final Instant now) {
        return String.join(
                "-",
                world.stamp().name(),
                scope.word(),
                DAY.format(now),
                Long.toString(random.nextLong(1L << 40) | 1L << 40, Character.MAX_RADIX));
    }
}
