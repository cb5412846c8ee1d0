package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.simulator.remoting.Cmdlet;
import io.jenkins.plugins.azurestack.simulator.remoting.Invocation;
import io.jenkins.plugins.azurestack.simulator.remoting.Streams;
import io.jenkins.plugins.azurestack.simulator.remoting.TerminatingError;
import io.jenkins.plugins.azurestack.simulator.world.ActionPlan;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.World;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * {@code Start-SecretRotation}. Everything that can be refused is refused before an action plan starts; once it runs, it
 * runs on whether or not its caller still listens.
 */
final class StartSecretRotation implements Cmdlet {
    private static final String PATH = "PfxFilesPath";
    private static final String ACCESS = "PathAccessCredential";
    private static final String PASSWORD = "CertificatePassword";
    private static final String INTERNAL = "Internal";
    private static final String RERUN = "ReRun";

    private final World world;
    private final SecretRotations rotations;
    private final ActionPlanFollower follower;

    StartSecretRotation(final World world, final SecretRotations rotations, final ActionPlanFollower follower) {
        this.world = world;
        this.rotations = rotations;
        this.follower = follower;
    }

    @Override
    public String name() {
        return SecretRotations.FUNCTION;
    }

    @Override
    public List<Parameter> parameters() {
        return Stream.of(
                        Optional.of(Parameter.value(PATH, "System.String")),
                        Optional.of(Parameter.credential(ACCESS)),
                        Optional.of(Parameter.secure(PASSWORD)),
                        Optional.of(Parameter.ofSwitch(RERUN)),
                        Optional.of(Parameter.ofSwitch(INTERNAL))
                                .filter(internal -> Since.SEPARATE_ROTATIONS.in(world)))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void run(final Invocation invocation, final Streams streams) throws TerminatingError, InterruptedException {
        if (!Since.ROTATION.in(world)) {
            throw Errors.thrown("Secret rotation is not supported on version " + world.version() + ".");
        }
        rotations.letForeignOnesAppear(name());
        refuseIfBusy();
        follower.follow(
                invocation.isOn(RERUN) ? rerun(invocation, streams) : fresh(invocation, streams), name(), streams);
    }

    private ActionPlan fresh(final Invocation invocation, final Streams streams)
            throws TerminatingError, InterruptedException {
        final RotationKind kind = kind(invocation);
        final Optional<ActionPlan> failed = rotations.failed(kind);
        if (failed.isPresent()) {
            throw Errors.busy(
                    name(),
                    "The previous secret rotation with action plan instance ID '"
                            + failed.get().id() + "' has failed. Run " + name()
                            + " with the ReRun parameter to complete it.");
        }
        final Optional<RotationAttempts.Source> source =
                kind.isExternal() ? Optional.of(source(invocation)) : Optional.empty();
        return start(kind, invocation, source, Optional.empty(), streams);
    }

    private RotationKind kind(final Invocation invocation) throws TerminatingError {
        final boolean certificates = Stream.of(PATH, ACCESS, PASSWORD).anyMatch(isGiven(invocation));
        if (!Since.SEPARATE_ROTATIONS.in(world)) {
            return certificates ? RotationKind.BOTH : RotationKind.INTERNAL;
        }
        if (invocation.isOn(INTERNAL)) {
            if (certificates) {
                throw Errors.wrongCall(
                        name(),
                        "Internal and external secrets can't be rotated at the same time: " + INTERNAL
                                + " takes no certificates.");
            }
            return RotationKind.INTERNAL;
        }
        return RotationKind.EXTERNAL;
    }

    private ActionPlan rerun(final Invocation invocation, final Streams streams)
            throws TerminatingError, InterruptedException {
        final Optional<ActionPlan> failed = Since.SEPARATE_ROTATIONS.in(world)
                ? rotations.failed(invocation.isOn(INTERNAL) ? RotationKind.INTERNAL : RotationKind.EXTERNAL)
                : rotations.failed(RotationKind.BOTH);
        if (failed.isEmpty()) {
            throw Errors.wrongCall(
                    name(),
                    "There is no failed " + (invocation.isOn(INTERNAL) ? "internal" : "external")
                            + " secret rotation to run again.");
        }
        if (Stream.of(PATH, ACCESS, PASSWORD).anyMatch(isGiven(invocation))) {
            streams.warning(
                    "Path and passwords of the previous attempt are used; those given with " + RERUN + " are ignored.");
        }
        final RotationKind kind = RotationKind.of(failed.get()).orElseThrow();
        return start(kind, invocation, rotations.source(failed.get()), failed, streams);
    }

    private ActionPlan start(
            final RotationKind kind,
            final Invocation invocation,
            final Optional<RotationAttempts.Source> source,
            final Optional<ActionPlan> failed,
            final Streams streams)
            throws TerminatingError, InterruptedException {
        final List<ActionPlan.Step> steps = failed.map(kind::stepsAfter).orElse(kind.steps());
        if (steps.stream().anyMatch(step -> step.name().equals(RotationKind.IMPORT))) {
            check(source, streams);
        }
        final Optional<ActionPlan> started =
                rotations.start(kind, invocation.caller(), invocation.host(), source, failed);
        if (started.isEmpty()) {
            refuseIfBusy();
            throw Errors.busy(name(), "Another action plan is running.");
        }
        return started.get();
    }

    private void check(final Optional<RotationAttempts.Source> source, final Streams streams)
            throws TerminatingError, InterruptedException {
        if (world.faults().strikes(Fault.WRONG_LAYOUT, name())) {
            throw Errors.wrongLayout();
        }
        if (world.faults().strikes(Fault.WRONG_PFX_PASSWORD, name())) {
            throw Errors.thrown(CertificateTests.INVALID_PASSWORD);
        }
        if (source.isEmpty()) {
            throw Errors.noDrive("The network path was not found");
        }
        try {
            warn(rotations.check(source.get()).warnings(), streams);
        } catch (SecretRotations.RefusedException e) {
            warn(e.warnings(), streams);
            for (final TerminatingError other : e.errors().subList(1, e.errors().size())) {
                streams.error(other);
            }
            throw e.errors().get(0);
        }
    }

    private static void warn(final List<String> warnings, final Streams streams) throws InterruptedException {
        for (final String warning : warnings) {
            streams.warning(warning);
        }
    }

    private RotationAttempts.Source source(final Invocation invocation) throws TerminatingError {
        final String path =
                invocation.text(PATH).filter(text -> !text.isBlank()).orElse(null);
        if (path == null) {
            throw Errors.wrongLayout();
        }
        final Invocation.Credential access =
                invocation.credential(ACCESS).orElseThrow(() -> Errors.nullArgument(ACCESS, name()));
        try {
            final char[] password =
                    invocation.secret(PASSWORD).orElseThrow(() -> Errors.nullArgument(PASSWORD, name()));
            final String certificatePassword = String.valueOf(password);
            Arrays.fill(password, '\0');
            return new RotationAttempts.Source(
                    path, access.userName(), String.valueOf(access.password()), certificatePassword);
        } finally {
            Arrays.fill(access.password(), '\0');
        }
    }

    private void refuseIfBusy() throws TerminatingError {
        final Optional<ActionPlan> running = world.actionPlans().running();
        if (running.isPresent()) {
            throw Errors.busy(
                    name(),
                    "Action plan '" + running.get().type() + "' with instance ID '"
                            + running.get().id() + "' is running. Wait until it has finished.");
        }
        if (world.faults().strikes(Fault.UPDATE_RUNNING, name()) || world.isUpdating()) {
            throw Errors.busy(name(), "An update is in progress. Wait until it has finished.");
        }
        if (world.faults().strikes(Fault.EXCLUSIVE_OPERATION, name())
                || world.exclusiveOperation().isPresent()) {
            throw Errors.busy(
                    name(),
                    "The exclusive operation '" + world.exclusiveOperation().orElse("RepairNode")
                            + "' is in progress. Wait until it has finished.");
        }
    }

    private static Predicate<String> isGiven(final Invocation invocation) {
        final Set<String> given = invocation.given();
        return given::contains;
    }
}
