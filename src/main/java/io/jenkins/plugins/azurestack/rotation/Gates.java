package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.change.Gate;
import io.jenkins.plugins.azurestack.rotation.ServedCertificates.Served;
import io.jenkins.plugins.azurestack.rotation.StampActions.StampFacts;
import io.jenkins.plugins.azurestack.rotation.StampActions.TestResult;
import io.jenkins.plugins.azurestack.rotation.StampOperations.Alert;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import io.jenkins.plugins.azurestack.stamp.StampVersion;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at every condition of a rotation. Looking changes nothing; a condition that can't be seen is unknown, and never
 * met by that.
 */
final class Gates {
    /** Internal and external rotation are separate operations from this release on. */
    static final int FIRST_RELEASE = 1811;
    /** When the stamp itself warns of an end. */
    private static final Duration ALERTED = Duration.ofDays(90);

    private final RotationWorld world;
    private final RotationScope scope;
    private final boolean compromise;
    private final Set<RotationCondition> accepted;
    private final boolean again;
    private final Instant now;
    private final List<Gate> gates = new ArrayList<>();

    private Gates(
            final RotationWorld world,
            final RotationCall call,
            final boolean compromise,
            final Set<RotationCondition> accepted,
            final Instant now) {
        this.world = world;
        this.scope = call.scope();
        this.again = call.rerun();
        this.compromise = compromise;
        this.accepted = accepted;
        this.now = now;
    }

    /**
     * Looks at all of them, the quick ones first, and never stops at one that is not met.
     *
     * @param call what is to be sent: a re-run goes on from a failure that would stop a first attempt
     * @param compromise whether secrets may be known to others, which is reason enough
     * @param accepted conditions whose being unknown is accepted
     */
    static Observation observe(
            final RotationWorld world,
            final RotationCall call,
            final boolean compromise,
            final Set<RotationCondition> accepted,
            final Instant now)
            throws InterruptedException {
        return new Gates(world, call, compromise, accepted, now).observe();
    }

    private Observation observe() throws InterruptedException {
        final Optional<StampFacts> facts = version();
        final Optional<List<Alert>> alerts = alerts();
        if (scope == RotationScope.INTERNAL && !again) {
            reason(facts, alerts);
        }
        certificates();
        final Optional<Action> latest = rotation();
        add(world.operations().noUpdate(RotationCondition.UPDATE, world.actions()::isUpdating));
        add(world.operations().noExclusiveOperation(RotationCondition.EXCLUSIVE_OPERATION));
        final Map<String, Served> served = endpoints();
        share();
        readiness();
        gates.sort(Gate.IN_ORDER);
        return new Observation(gates, facts, latest, alerts, served);
    }

    private Optional<StampFacts> version() throws InterruptedException {
        try {
            final StampFacts facts = world.actions().facts();
            final StampVersion version = StampVersion.parse(facts.version());
            if (version.isAtLeast(FIRST_RELEASE)) {
                add(Gate.passed(RotationCondition.VERSION, "the stamp is " + version));
            } else if (version.isKnown()) {
                add(Gate.failed(
                        RotationCondition.VERSION,
                        "the stamp is " + version + ", from before 1811, when one call rotated everything at once",
                        "Update the stamp first; this plugin never sends that call."));
            } else {
                add(Gate.failed(
                        RotationCondition.VERSION,
                        "the stamp's version '" + facts.version()
                                + "' can't be read, so what its call does is not known",
                        "Look at the version in the administrator portal, and report it to the plugin's maintainers."));
            }
            return Optional.of(facts);
        } catch (NotKnownException e) {
            add(Gate.unknown(RotationCondition.VERSION, e));
            return Optional.empty();
        }
    }

    private Optional<List<Alert>> alerts() throws InterruptedException {
        try {
            final List<Alert> alerts = world.operations().activeAlerts();
            add(Gate.passed(RotationCondition.ALERTS, alerts.size() + " alerts are active"));
            return Optional.of(alerts);
        } catch (NotKnownException e) {
            add(Gate.unknown(RotationCondition.ALERTS, e));
            return Optional.empty();
        }
    }

    private void reason(final Optional<StampFacts> facts, final Optional<List<Alert>> alerts) {
        final Optional<String> ending = facts.flatMap(StampFacts::rootEnds)
                .filter(end -> end.isBefore(now.plus(ALERTED)))
                .map(end -> "the root certificate ends at " + end);
        final Optional<String> alerted = alerts.flatMap(active -> active.stream()
                .filter(alert ->
                        alert.expiring().filter(what -> what.isMendedBy(scope)).isPresent())
                .map(alert -> "the alert '" + alert.title() + "' is active")
                .findFirst());
        if (compromise) {
            add(Gate.passed(RotationCondition.REASON, "secrets may be known to others"));
        } else if (ending.or(() -> alerted).isPresent()) {
            add(Gate.passed(RotationCondition.REASON, ending.or(() -> alerted).get()));
        } else if (alerts.isEmpty()) {
            add(
                    Gate.unknown(
                            RotationCondition.REASON,
                            "the alerts, which would be the reason, can't be seen",
                            "Mend the way to Resource Manager; or, if secrets may be known to others, give reason: 'compromise'."));
        } else {
            add(Gate.failed(
                    RotationCondition.REASON,
                    "nothing internal is about to expire",
                    "Internal rotation is no routine. If secrets may be known to others, give reason: 'compromise'."));
        }
    }

    private void certificates() {
        world.certificates().ifPresent(set -> {
            final List<String> obstacles = set.obstacles();
            add(
                    obstacles.isEmpty()
                            ? Gate.passed(
                                    RotationCondition.CERTIFICATES,
                                    set.fingerprints().size() + " certificates pass every readiness check")
                            : Gate.failed(
                                    RotationCondition.CERTIFICATES,
                                    Text.some(obstacles),
                                    "Mend what the readiness table names, and plan again."));
        });
    }

    private Optional<Action> rotation() throws InterruptedException {
        try {
            final Optional<Action> latest = world.actions().latest();
            add(latest.map(this::judge)
                    .orElseGet(
                            () -> Gate.passed(RotationCondition.ROTATION, "no rotation was ever run on this stamp")));
            return latest;
        } catch (NotKnownException e) {
            add(Gate.unknown(RotationCondition.ROTATION, e));
            return Optional.empty();
        }
    }

    private Gate judge(final Action latest) {
        return switch (latest.state()) {
            case COMPLETED ->
                again
                        ? Gate.failed(
                                RotationCondition.ROTATION,
                                "the latest rotation has completed, so there is nothing to run again: "
                                        + latest.words(),
                                "Look who ran it again; if the stamp serves what is new, release the lock with that"
                                        + " reason.")
                        : Gate.passed(
                                RotationCondition.ROTATION, "the latest rotation has completed: " + latest.words());
            case RUNNING ->
                Gate.failed(
                        RotationCondition.ROTATION,
                        "a rotation is running: " + latest.words(),
                        "Wait for its end; azsRotateSecrets resume: takes up one of this Jenkins.");
            case FAILED, CANCELED ->
                again
                        ? Gate.passed(
                                RotationCondition.ROTATION, "the latest rotation has failed, and is to be run again")
                        : Gate.failed(
                                RotationCondition.ROTATION,
                                "the latest rotation has failed and was not run again: " + latest.words(),
                                "Finish it first: azsRotateSecrets resume: with rerun: true if it is of this Jenkins,"
                                        + " or Start-SecretRotation -ReRun by whoever started it.");
            case NOT_UNDERSTOOD ->
                Gate.unknown(
                        RotationCondition.ROTATION,
                        "what the stamp says of the latest rotation is not understood: " + latest.words(),
                        "Look at Get-ActionStatus yourself, and report its words to the plugin's maintainers.");
        };
    }

    private Map<String, Served> endpoints() throws InterruptedException {
        if (world.certificates().isEmpty()) {
            return Map.of();
        }
        final Map<String, Served> served =
                world.endpoints().look(world.certificates().get().fingerprints().keySet());
        final List<String> unseen = served.entrySet().stream()
                .filter(entry -> entry.getValue().fingerprint().isEmpty())
                .map(entry -> entry.getKey() + " (" + entry.getValue().reason() + ")")
                .toList();
        add(
                unseen.isEmpty()
                        ? Gate.passed(RotationCondition.ENDPOINTS, "all " + served.size() + " endpoints were seen")
                        : Gate.unknown(
                                RotationCondition.ENDPOINTS,
                                "what is served can't be seen at " + Text.some(unseen),
                                "Mend the way there, or accept it: afterwards nobody will see there either that"
                                        + " the new certificate is served."));
        return served;
    }

    private void share() throws InterruptedException {
        if (world.share().isEmpty() || world.certificates().isEmpty()) {
            return;
        }
        final StagingShare share = world.share().get();
        try {
            final List<String> foreign = share.look().keySet().stream().sorted().toList();
            if (!foreign.isEmpty()) {
                add(Gate.failed(
                        RotationCondition.SHARE,
                        share.path() + " holds what no rotation of this Jenkins put there: " + Text.some(foreign),
                        "Move it elsewhere: the stamp takes whatever lies there, and nothing foreign is touched."));
                return;
            }
            final List<String> obstacles = share.obstacles(bytes());
            add(
                    obstacles.isEmpty()
                            ? Gate.passed(
                                    RotationCondition.SHARE, share.path() + " holds nothing foreign and can be written")
                            : Gate.failed(
                                    RotationCondition.SHARE,
                                    share.path() + ": " + Text.some(obstacles),
                                    "Mend that on the file server, and plan again."));
        } catch (NotKnownException e) {
            add(Gate.unknown(RotationCondition.SHARE, e));
        }
    }

    private long bytes() throws NotKnownException {
        final CertificateSet set = world.certificates().orElseThrow();
        long bytes = 0;
        for (final var folder : set.fingerprints().keySet()) {
            try {
                final byte[] pfx = set.pfx(folder);
                bytes += pfx.length;
                Arrays.fill(pfx, (byte) 0);
            } catch (IOException e) {
                throw new NotKnownException(
                        "the file for '" + folder.folderName() + "' can't be made: " + e.getMessage(),
                        "Look at the credential of that folder.",
                        e);
            }
        }
        return bytes;
    }

    private void readiness() throws InterruptedException {
        try {
            final TestResult test = world.actions().readiness();
            add(
                    test.passed()
                            ? Gate.passed(RotationCondition.READINESS, "SecretRotationReadiness is true")
                            : Gate.failed(
                                    RotationCondition.READINESS,
                                    "SecretRotationReadiness is not true"
                                            + (test.words().isEmpty() ? "" : ": " + Text.some(test.words())),
                                    "Run Test-AzureStack -Group SecretRotationReadiness -DetailedResults, mend what fails;"
                                            + " of this group warnings stand in the way too."));
        } catch (NotKnownException e) {
            add(Gate.unknown(RotationCondition.READINESS, e));
        }
    }

    private void add(final Gate gate) {
        gates.add(gate.accepting(accepted));
    }
}
