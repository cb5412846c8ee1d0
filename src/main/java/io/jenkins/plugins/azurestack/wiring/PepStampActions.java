package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.pep.ActionReport;
import io.jenkins.plugins.azurestack.pep.PrivilegedEndpointException;
import io.jenkins.plugins.azurestack.pep.PrivilegedEndpointException.CmdletFailed;
import io.jenkins.plugins.azurestack.pep.PrivilegedEndpointException.OutcomeUnknown;
import io.jenkins.plugins.azurestack.pep.StampCmdlets;
import io.jenkins.plugins.azurestack.pep.StampCmdlets.ExternalSet;
import io.jenkins.plugins.azurestack.pep.StampInformation;
import io.jenkins.plugins.azurestack.pep.TestReport;
import io.jenkins.plugins.azurestack.rotation.Action;
import io.jenkins.plugins.azurestack.rotation.RotationCall;
import io.jenkins.plugins.azurestack.rotation.RotationScope;
import io.jenkins.plugins.azurestack.rotation.StampActions;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The stamp's cmdlets as the rotation engine wants them, over its privileged endpoint. Used by one thread at a time. */
public final class PepStampActions implements StampActions {
    private static final String READINESS = "SecretRotationReadiness";
    private static final String CERTIFICATES = "AzsExternalCertificates";

    private final StampCmdlets cmdlets;
    private final Optional<ExternalSet> external;
    private final Pause pause;

    /** Lets time pass. */
    @FunctionalInterface
    public interface Pause {
        /** Returns when so much time has passed; ends early by an interrupt only. */
        void pause(Duration time) throws InterruptedException;
    }

    /**
     * @param external what goes with a first external rotation; its secrets stay the caller's to wipe
     * @param pause between two questions
     */
    public PepStampActions(final StampCmdlets cmdlets, final Optional<ExternalSet> external, final Pause pause) {
        this.cmdlets = Objects.requireNonNull(cmdlets, "cmdlets");
        this.external = Objects.requireNonNull(external, "external");
        this.pause = Objects.requireNonNull(pause, "pause");
    }

    /** A question to the privileged endpoint. */
    interface Question<T> {
        T ask() throws PrivilegedEndpointException, InterruptedException;
    }

    static <T> T known(final Question<T> question) throws NotKnownException, InterruptedException {
        try {
            return question.ask();
        } catch (PrivilegedEndpointException e) {
            throw new NotKnownException(e.getMessage(), e.advice(), e);
        }
    }

    @Override
    public StampFacts facts() throws NotKnownException, InterruptedException {
        final StampInformation stamp = known(cmdlets::stampInformation);
        return new StampFacts(stamp.version(), stamp.rootEnds());
    }

    @Override
    public Optional<Action> latest() throws NotKnownException, InterruptedException {
        return known(cmdlets::latestRotation).map(PepStampActions::action);
    }

    @Override
    public TestResult readiness() throws NotKnownException, InterruptedException {
        return result(known(() -> cmdlets.testGroup(READINESS)));
    }

    @Override
    public boolean isUpdating() throws NotKnownException, InterruptedException {
        return known(cmdlets::isUpdating);
    }

    @Override
    public Optional<TestResult> externalCertificates() throws NotKnownException, InterruptedException {
        return known(() -> cmdlets.hasTest(CERTIFICATES))
                ? Optional.of(result(known(() -> cmdlets.test(CERTIFICATES))))
                : Optional.empty();
    }

    private static TestResult result(final TestReport report) {
        return new TestResult(report.passed(), report.lines());
    }

    @Override
    public void start(final RotationCall call, final Duration patience, final StampActions.Listener listener)
            throws RejectedException, OutcomeUnknownException, NotKnownException, InterruptedException {
        final Optional<ExternalSet> set = call.share().isEmpty() ? Optional.empty() : external;
        if (call.share().isPresent() && !set.map(ExternalSet::path).equals(call.share())) {
            throw new NotKnownException(
                    "the share of the call, " + call.share().get() + ", is not the one that is configured",
                    "Plan again with the stamp's configuration as it is now.");
        }
        try {
            final ActionReport report = cmdlets.startSecretRotation(
                    set, call.scope() == RotationScope.INTERNAL, call.rerun(), patience, new Passing(listener));
            listener.ended(action(report));
        } catch (CmdletFailed e) {
            throw new RejectedException(e.getMessage(), e.errorId(), e.advice());
        } catch (OutcomeUnknown e) {
            throw new OutcomeUnknownException(e.getMessage(), e);
        } catch (PrivilegedEndpointException e) {
            throw new NotKnownException(e.getMessage(), e.advice(), e);
        }
    }

    @Override
    public boolean reattach(
            final Map<String, String> session, final Duration patience, final StampActions.Listener listener)
            throws RejectedException, OutcomeUnknownException, InterruptedException {
        try {
            final Optional<ActionReport> report = cmdlets.listenAgain(session, patience, new Passing(listener));
            report.map(PepStampActions::action).ifPresent(listener::ended);
            return report.isPresent();
        } catch (CmdletFailed e) {
            throw new RejectedException(e.getMessage(), e.errorId(), e.advice());
        } catch (PrivilegedEndpointException e) {
            throw new OutcomeUnknownException(e.getMessage(), e);
        }
    }

    @Override
    public void pause(final Duration time) throws InterruptedException {
        pause.pause(time);
    }

    private static Action action(final ActionReport report) {
        final Action.State state =
                switch (report.status()) {
                    case RUNNING -> Action.State.RUNNING;
                    case COMPLETED -> Action.State.COMPLETED;
                    case FAILED -> Action.State.FAILED;
                    case CANCELED -> Action.State.CANCELED;
                    case NOT_UNDERSTOOD -> Action.State.NOT_UNDERSTOOD;
                };
        return new Action(report.instance(), report.started(), state, report.words());
    }
}
