package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.bmc.PasswordStore.Generation;
import io.jenkins.plugins.azurestack.change.ChangeListener;
import io.jenkins.plugins.azurestack.change.Condition;
import io.jenkins.plugins.azurestack.change.ShieldedListener;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Makes plans for a new BMC password. Reads everything and changes nothing; where this Jenkins reaches the BMCs, it logs
 * on to each, which is counted. Used by one thread at a time.
 */
public final class BmcPlanner {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);

    private final BmcWorld world;
    private final BmcLimits limits;
    private final Clock clock;
    private final RandomGenerator random;
    private final ChangeListener listener;

    /** @param random makes ids that nobody has had before */
    public BmcPlanner(
            final BmcWorld world,
            final BmcLimits limits,
            final Clock clock,
            final RandomGenerator random,
            final ChangeListener listener) {
        this.world = Objects.requireNonNull(world, "world");
        this.limits = Objects.requireNonNull(limits, "limits");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
        this.listener = new ShieldedListener(listener);
    }

    /**
     * Looks at everything, and says what would be done.
     *
     * @param accepted conditions whose being unknown is accepted
     * @throws Rejected if one of them can't be
     * @throws IOException if it could not be written down what the BMCs are asked; they were not asked
     * @throws InterruptedException if the calling thread was interrupted; nothing was changed
     */
    public BmcPlan plan(final Set<BmcCondition> accepted) throws IOException, InterruptedException {
        Condition.requireAcceptable(accepted);
        final Instant now = clock.instant();
        final Observation seen =
                Gates.observe(world, accepted, Optional.empty(), new Fleet(limits.parallel(), listener));
        return new BmcPlan(id(now), intent(world, accepted, seen), now, seen.gates(), remarks(seen));
    }

    /** What would be done to the world as it was seen. */
    static BmcIntent intent(final BmcWorld world, final Set<BmcCondition> accepted, final Observation seen) {
        return new BmcIntent(
                world.stamp().name(),
                world.stamp().domain(),
                seen.version(),
                world.bmcs().isPresent(),
                seen.nodes(),
                seen.user(),
                world.store().name(Generation.CURRENT),
                seen.source(),
                world.given().map(GivenPassword::credentialsId),
                seen.fingerprint(),
                seen.way(),
                world.privilegedEndpoints(),
                accepted);
    }

    private List<String> remarks(final Observation seen) {
        final List<String> remarks = new ArrayList<>();
        if (seen.source() == PasswordSource.PENDING) {
            remarks.add("'" + world.store().name(Generation.PENDING)
                    + "' is there from an earlier update, and this one goes on with it");
        }
        if (world.bmcs().isEmpty()) {
            remarks.add(
                    "only the stamp reaches its BMCs: no logon is going to be tested, the stamp's word is all there is");
        }
        final List<String> given = seen.nodes().stream()
                .filter(node -> seen.way() != BmcWay.STAMP
                        && Optional.ofNullable(seen.live().get(node))
                                .filter(live -> live.holds() != Live.Holds.NEW)
                                .isPresent())
                .map(BmcNode::toString)
                .toList();
        if (!given.isEmpty()) {
            remarks.add("these BMCs get the new password from here: " + Text.some(given));
        }
        return remarks;
    }

    /** Such as {@code east-bmc-20261126-5k2f8q0c}. */
    private String id(final Instant now) {
        return String.join(
                "-",
                world.stamp().name(),
                BmcState.SCOPE,
                DAY.format(now),
                Long.toString(random.nextLong(1L << 40) | 1L << 40, Character.MAX_RADIX));
    }
}
