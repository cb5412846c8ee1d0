package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.remoting.TerminatingError;
import io.jenkins.plugins.azurestack.simulator.world.ActionPlan;
import io.jenkins.plugins.azurestack.simulator.world.CertificateShare;
import io.jenkins.plugins.azurestack.simulator.world.ExternalCertificates;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The engine's side of secret rotation: which rotations there were, what a re-run goes on from, and what the steps do.
 * Thread-safe.
 */
final class SecretRotations {
    static final String FUNCTION = "Start-SecretRotation";

    /** A rotation that somebody else began was begun so long ago. */
    private static final Duration FOREIGN_BEGAN = Duration.ofMinutes(10);

    private final World world;
    private final ExternalCertificates external;
    private final CertificateShare share;
    private final CertificateTests tests;
    private final RotationAttempts attempts;
    private final Pace pace;

    SecretRotations(
            final World world,
            final ExternalCertificates external,
            final CertificateShare share,
            final CertificateTests tests,
            final Pace pace)
            throws IOException {
        this.world = world;
        this.external = external;
        this.share = share;
        this.tests = tests;
        this.pace = pace;
        this.attempts = new RotationAttempts(world.store(), world.random());
        for (final RotationKind kind : RotationKind.values()) {
            world.actionPlans().whenStepEnds(kind.type(), this::atEndOf);
        }
    }

    /** Certificates that were on the share, and what the tests would rather see. */
    record Checked(Map<CertificateFolder, IssuedCertificate> certificates, List<String> warnings) {}

    /** Several errors of one look at the share: the first one ends the call. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;
        private final transient List<TerminatingError> errors;
        private final transient List<String> warnings;

        RefusedException(final List<TerminatingError> errors, final List<String> warnings) {
            super(errors.get(0).getMessage());
            this.errors = List.copyOf(errors);
            this.warnings = List.copyOf(warnings);
        }

        List<String> warnings() {
            return warnings;
        }

        List<TerminatingError> errors() {
            return errors;
        }
    }

    /** The latest rotation that concerns a kind of secrets, if it failed. */
    Optional<ActionPlan> failed(final RotationKind kind) {
        final Instant now = world.time().now();
        return world.actionPlans().all().stream()
                .filter(plan -> concerns(plan, kind))
                .reduce((earlier, later) -> later)
                .filter(plan -> plan.status(now) == ActionPlan.Status.FAILED);
    }

    private static boolean concerns(final ActionPlan plan, final RotationKind kind) {
        return RotationKind.of(plan)
                .filter(its -> its == kind || its == RotationKind.BOTH || kind == RotationKind.BOTH)
                .isPresent();
    }

    /** Where an earlier rotation found its certificates. */
    Optional<RotationAttempts.Source> source(final ActionPlan plan) {
        return attempts.source(plan.id());
    }

    /**
     * Starts a rotation.
     *
     * @param source where the certificates are, if it needs any
     * @param failed the one to go on from, if it is a re-run
     * @return empty if another action plan runs
     */
    Optional<ActionPlan> start(
            final RotationKind kind,
            final String starter,
            final String host,
            final Optional<RotationAttempts.Source> source,
            final Optional<ActionPlan> failed) {
        final ActionPlan plan = new ActionPlan(
                world.newId(),
                FUNCTION,
                kind.type(),
                starter,
                world.time().now(),
                failed.map(kind::stepsAfter).orElseGet(() -> pace.of(kind.steps())),
                Optional.empty(),
                failed.map(ActionPlan::id));
        // Kept first: once the plan is there, its steps may look for it.
        source.ifPresent(where -> attempts.remember(plan.id(), where));
        if (!world.actionPlans().start(plan)) {
            return Optional.empty();
        }
        enter(plan, host, "started");
        return Optional.of(plan);
    }

    /** Lets somebody else's rotation be there, if a fault wants it at this occasion. */
    void letForeignOnesAppear(final String cmdlet) {
        final Instant began = world.time().now().minus(FOREIGN_BEGAN);
        if (world.faults().strikes(Fault.FOREIGN_ROTATION_FAILED, cmdlet)) {
            final ActionPlan plan =
                    foreign(began.minus(RotationKind.EXTERNAL.steps().get(0).lasts()));
            startForeign(plan.failing(0, "Step '" + plan.steps().get(0).name() + "' failed: access is denied."));
        }
        if (world.faults().strikes(Fault.FOREIGN_ROTATION_RUNNING, cmdlet)) {
            startForeign(foreign(began));
        }
    }

    private ActionPlan foreign(final Instant began) {
        return new ActionPlan(
                world.newId(),
                FUNCTION,
                RotationKind.EXTERNAL.type(),
                world.identity().netBiosName() + "\\SecondCloudAdmin",
                began,
                RotationKind.EXTERNAL.steps(),
                Optional.empty(),
                Optional.empty());
    }

    private void startForeign(final ActionPlan plan) {
        if (world.actionPlans().start(plan)) {
            enter(plan, "", "started");
        }
    }

    /**
     * Looks at what is on the share.
     *
     * @throws RefusedException if it is not what a rotation needs
     */
    Checked check(final RotationAttempts.Source source) throws RefusedException {
        if (!source.path().toLowerCase(Locale.ROOT).matches("\\\\\\\\[^\\\\]+\\\\.+\\\\certificates\\\\?")) {
            throw refused(Errors.wrongLayout());
        }
        final Map<CertificateFolder, IssuedCertificate> certificates = new EnumMap<>(CertificateFolder.class);
        final List<TerminatingError> errors = new ArrayList<>();
        final List<String> warnings = new ArrayList<>();
        final char[] password = source.certificatePassword().toCharArray();
        try {
            for (final Map.Entry<CertificateFolder, Path> file :
                    StagedCertificates.find(root(source), world).files().entrySet()) {
                final CertificateTests.Outcome outcome =
                        tests.test(file.getKey(), Files.readAllBytes(file.getValue()), password);
                outcome.failures().forEach(failure -> errors.add(Errors.thrown(failure)));
                warnings.addAll(outcome.warnings());
                outcome.certificate().ifPresent(good -> certificates.put(file.getKey(), good));
            }
        } catch (IOException e) {
            throw refused(Errors.noDrive(words(e)));
        } catch (TerminatingError e) {
            throw refused(e);
        } finally {
            Arrays.fill(password, '\0');
        }
        if (!errors.isEmpty()) {
            throw new RefusedException(errors, warnings);
        }
        return new Checked(certificates, warnings);
    }

    private static RefusedException refused(final TerminatingError error) {
        return new RefusedException(List.of(error), List.of());
    }

    private Path root(final RotationAttempts.Source source) throws IOException {
        final char[] password = source.password().toCharArray();
        try {
            return share.open(source.path(), source.user(), password);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private Optional<String> atEndOf(final ActionPlan plan, final int number) {
        final ActionPlan.Step step = plan.steps().get(number);
        final Optional<String> reason = world.faults().strikes(Fault.ACTION_PLAN_FAILS, step.index(), step.name())
                ? Optional.of("The operation did not complete on every role instance.")
                : work(plan, number);
        if (reason.isPresent()) {
            enter(plan, "", "failed at " + step.index());
        } else if (number == plan.steps().size() - 1) {
            enter(plan, "", "completed");
        }
        return reason.map(why -> "Step '" + step.index() + " " + step.name() + "' of action plan '" + plan.type()
                + "' raised an exception: " + why);
    }

    private Optional<String> work(final ActionPlan plan, final int number) {
        switch (plan.steps().get(number).name()) {
            case RotationKind.IMPORT -> {
                return importCertificates(plan);
            }
            case RotationKind.PUBLISH -> attempts.taken(plan.id()).ifPresent(external::replace);
            case RotationKind.RENEW -> world.internalSecrets().renew(plan.endOf(number), Since.ROOT_ROTATED.in(world));
            default -> {
                // The others only take their time.
            }
        }
        return Optional.empty();
    }

    /** Takes what is on the share now, whatever it was at the start, and leaves files of the stamp's own there. */
    private Optional<String> importCertificates(final ActionPlan plan) {
        final Optional<RotationAttempts.Source> source = attempts.source(plan.id());
        if (source.isEmpty()) {
            // Somebody else's: it takes what is nobody's business here.
            return Optional.empty();
        }
        try {
            if (attempts.taken(plan.id()).isEmpty()) {
                attempts.take(plan.id(), check(source.get()).certificates());
            }
            rewrite(source.get(), attempts.taken(plan.id()).orElseThrow());
            return Optional.empty();
        } catch (RefusedException | TerminatingError e) {
            return Optional.of(e.getMessage());
        } catch (IOException e) {
            return Optional.of(words(e));
        }
    }

    private void rewrite(
            final RotationAttempts.Source source, final Map<CertificateFolder, IssuedCertificate> certificates)
            throws IOException, TerminatingError {
        final Map<CertificateFolder, Path> files =
                StagedCertificates.find(root(source), world).files();
        if (world.faults().strikes(Fault.SHARE_READ_ONLY, FUNCTION)) {
            throw new IOException("Access to the path '" + source.path() + "' is denied.");
        }
        if (world.faults().strikes(Fault.SHARE_FULL, FUNCTION)) {
            throw new IOException("There is not enough space on the disk.");
        }
        final char[] password = attempts.ownPassword();
        try {
            for (final Map.Entry<CertificateFolder, Path> file : files.entrySet()) {
                Files.write(file.getValue(), StampPfx.of(certificates.get(file.getKey()), password));
            }
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private void enter(final ActionPlan plan, final String host, final String outcome) {
        final Map<String, String> details = new LinkedHashMap<>();
        details.put("plan", plan.id().toString());
        details.put("type", plan.type());
        plan.rerunOf().ifPresent(failed -> details.put("rerunOf", failed.toString()));
        world.ledger()
                .record(new Ledger.Call(
                        world.time().now(),
                        Ledger.Service.ENGINE,
                        host,
                        "",
                        plan.starter(),
                        plan.function(),
                        details,
                        outcome));
    }

    /** Windows' words where the share has them; a file system's exception may say no more than a path. */
    private static String words(final IOException error) {
        return error instanceof AccessDeniedException denied
                ? "Access to the path '" + denied.getFile() + "' is denied."
                : String.valueOf(error.getMessage());
    }
}
