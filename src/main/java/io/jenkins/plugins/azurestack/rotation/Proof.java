package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.change.ChangeListener;
import io.jenkins.plugins.azurestack.rotation.ServedCertificates.Served;
import io.jenkins.plugins.azurestack.rotation.StampActions.TestResult;
import io.jenkins.plugins.azurestack.rotation.StampOperations.Alert;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import io.jenkins.plugins.azurestack.stamp.StampVersion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks for what proves that a rotation, which the stamp says has completed, really has. Changes nothing. */
final class Proof {
    /** From this release on an internal rotation gives the stamp a new root certificate too. */
    private static final int ROTATES_ROOT = 2108;

    private final RotationWorld world;
    private final RotationState state;
    private final RotationLimits limits;
    private final Clock clock;
    private final ChangeListener listener;
    private final List<String> missing = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    /** Whether the root certificate should be new, and there is nothing to compare it with. */
    private boolean uncompared;

    Proof(
            final RotationWorld world,
            final RotationState state,
            final RotationLimits limits,
            final Clock clock,
            final ChangeListener listener) {
        this.world = world;
        this.state = state;
        this.limits = limits;
        this.clock = clock;
        this.listener = listener;
    }

    /** A question that is asked until its answer is right, or time is up. */
    private interface Question {
        /** What is still wrong, each a phrase; empty if nothing is. */
        List<String> ask() throws InterruptedException;
    }

    /** Looks at everything. */
    Proof find() throws InterruptedException {
        if (state.scope() == RotationScope.EXTERNAL) {
            missing.addAll(until(limits.settle(), this::notServed));
            test();
        } else {
            missing.addAll(until(limits.settle(), this::oldRoot));
            if (uncompared) {
                warnings.add(
                        "when the root certificate ended before is not known, so nobody can tell that it is new; look at"
                                + " RootCACertificates of Get-AzureStackStampInformation yourself");
            }
        }
        alerts();
        return this;
    }

    /** What could not be proved. */
    List<String> missing() {
        return List.copyOf(missing);
    }

    /** What an operator should look at. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    private List<String> until(final Duration time, final Question question) throws InterruptedException {
        final Instant deadline = clock.instant().plus(time);
        List<String> wrong = question.ask();
        while (!wrong.isEmpty() && clock.instant().isBefore(deadline)) {
            listener.line("Not yet: " + String.join("; ", wrong));
            world.actions().pause(limits.ask());
            wrong = question.ask();
        }
        return wrong;
    }

    private List<String> notServed() throws InterruptedException {
        final Map<CertificateFolder, String> wanted = state.toBeServed();
        final Set<String> unseenBefore = state.unseenBefore();
        final List<String> wrong = new ArrayList<>();
        final Map<String, Served> now = world.endpoints().look(wanted.keySet());
        now.forEach((endpoint, served) -> {
            if (served.fingerprint().isEmpty()) {
                if (!unseenBefore.contains(endpoint)) {
                    wrong.add(endpoint + " can't be seen (" + served.reason() + ")");
                }
            } else if (!served.fingerprint().get().equals(wanted.get(served.folder()))) {
                wrong.add(endpoint + " does not serve its new certificate");
            }
        });
        return wrong;
    }

    private void test() throws InterruptedException {
        state.unseenBefore()
                .forEach(endpoint -> warnings.add(endpoint + " could not be seen before, which was accepted; look there"
                        + " yourself whether the new certificate is served"));
        try {
            final Optional<TestResult> test = world.actions().externalCertificates();
            if (test.isEmpty()) {
                listener.line("This stamp has no test AzsExternalCertificates.");
            } else if (!test.get().passed()) {
                missing.add("Test-AzureStack -Include AzsExternalCertificates does not pass: "
                        + String.join("; ", test.get().words()));
            }
        } catch (NotKnownException e) {
            missing.add("Test-AzureStack -Include AzsExternalCertificates could not be run: " + e.getMessage());
        }
    }

    private List<String> oldRoot() throws InterruptedException {
        try {
            final StampActions.StampFacts facts = world.actions().facts();
            final StampVersion version = StampVersion.parse(facts.version());
            if (!version.isKnown()) {
                return List.of("the stamp's version '" + facts.version()
                        + "' can't be read, so nobody can tell whether its root certificate has to be new");
            }
            uncompared = version.isAtLeast(ROTATES_ROOT) && state.rootBefore().isEmpty();
            if (uncompared || version.isBefore(ROTATES_ROOT)) {
                return List.of();
            }
            final boolean moved = facts.rootEnds()
                    .filter(end -> end.isAfter(state.rootBefore().get()))
                    .isPresent();
            return moved
                    ? List.of()
                    : List.of("the stamp's root certificate still ends at "
                            + state.rootBefore().get());
        } catch (NotKnownException e) {
            return List.of("the stamp can't be asked for its root certificate: " + e.getMessage());
        }
    }

    /** An alert never makes a rotation less complete; what is open is for an operator to look at. */
    private void alerts() throws InterruptedException {
        final List<String> open = until(limits.alerts(), this::openExpiryAlerts);
        warnings.addAll(open);
        final Optional<Set<String>> before = state.alertsBefore();
        if (before.isEmpty()) {
            warnings.add("the alerts before are not known, so those that this rotation opened can't be told from them");
            return;
        }
        try {
            world.operations().activeAlerts().stream()
                    .filter(alert -> !before.get().contains(alert.id()))
                    .forEach(alert -> warnings.add("the alert '" + alert.title() + "' (" + alert.severity()
                            + ") opened since; a rotation opens some that close by themselves"));
            if (state.baselineAt().isPresent()) {
                world.operations()
                        .closedAlerts(state.baselineAt().get())
                        .forEach(alert -> listener.note("The alert '" + alert.title() + "' (" + alert.severity()
                                + ") opened and closed since, which is expected of a rotation."));
            }
        } catch (NotKnownException e) {
            warnings.add("the alerts can't be seen now: " + e.getMessage());
        }
    }

    private List<String> openExpiryAlerts() throws InterruptedException {
        try {
            return world.operations().activeAlerts().stream()
                    .filter(alert -> alert.expiring()
                            .filter(what -> what.isMendedBy(state.scope()))
                            .isPresent())
                    .map(Alert::title)
                    .distinct()
                    .map(title -> "the alert '" + title + "' is still active")
                    .toList();
        } catch (NotKnownException e) {
            return List.of("the alerts can't be seen: " + e.getMessage());
        }
    }
}
