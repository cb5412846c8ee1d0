package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.bmc.BmcLogin;
import io.jenkins.plugins.azurestack.bmc.StampCredential;
import io.jenkins.plugins.azurestack.change.CallListener;
import io.jenkins.plugins.azurestack.pep.ActionReport;
import io.jenkins.plugins.azurestack.pep.PrivilegedEndpointException;
import io.jenkins.plugins.azurestack.pep.PrivilegedEndpointException.CmdletFailed;
import io.jenkins.plugins.azurestack.pep.PrivilegedEndpointException.OutcomeUnknown;
import io.jenkins.plugins.azurestack.pep.StampCmdlets;
import io.jenkins.plugins.azurestack.pep.TestReport;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The stamp's cmdlets as the BMC engine wants them, over its privileged endpoint. Used by one thread at a time. */
final class PepStampCredential implements StampCredential {
    private static final String SUMMARY = "AzsStampBMCSummary";

    private final StampCmdlets cmdlets;
    private final PepStampActions.Pause pause;

    /** @param pause between two questions */
    PepStampCredential(final StampCmdlets cmdlets, final PepStampActions.Pause pause) {
        this.cmdlets = Objects.requireNonNull(cmdlets, "cmdlets");
        this.pause = Objects.requireNonNull(pause, "pause");
    }

    @Override
    public String version() throws NotKnownException, InterruptedException {
        return PepStampActions.known(cmdlets::stampInformation).version();
    }

    @Override
    public Set<String> parameters() throws NotKnownException, InterruptedException {
        return PepStampActions.known(cmdlets::bmcCredentialParameters);
    }

    @Override
    public Optional<String> runningRotation() throws NotKnownException, InterruptedException {
        final Optional<ActionReport> latest = PepStampActions.known(cmdlets::latestRotation);
        if (latest.filter(report -> report.status() == ActionReport.Status.NOT_UNDERSTOOD)
                .isPresent()) {
            throw new NotKnownException(
                    "what the stamp says of the latest rotation is not understood: "
                            + latest.get().words(),
                    "Look at Get-ActionStatus yourself, and report its words to the plugin's maintainers.");
        }
        return latest.filter(report -> report.status() == ActionReport.Status.RUNNING)
                .map(ActionReport::words);
    }

    @Override
    public boolean isUpdating() throws NotKnownException, InterruptedException {
        return PepStampActions.known(cmdlets::isUpdating);
    }

    @Override
    public Optional<String> complaint() throws NotKnownException, InterruptedException {
        final TestReport report = PepStampActions.known(() -> cmdlets.test(SUMMARY));
        return report.passed()
                ? Optional.empty()
                : Optional.of(report.lines().isEmpty() ? "it says no more" : String.join("; ", report.lines()));
    }

    @Override
    public Optional<Action> latest() throws NotKnownException, InterruptedException {
        final Optional<ActionReport> latest = PepStampActions.known(cmdlets::latestBmcCredential);
        return latest.map(report -> new Action(report.instance().orElse(""), state(report.status()), report.words()));
    }

    private static Action.State state(final ActionReport.Status status) {
        return switch (status) {
            case RUNNING -> Action.State.RUNNING;
            case COMPLETED -> Action.State.COMPLETED;
            case FAILED, CANCELED -> Action.State.FAILED;
            case NOT_UNDERSTOOD -> Action.State.NOT_UNDERSTOOD;
        };
    }

    @Override
    public Outcome set(final BmcLogin login, final boolean bypass, final Duration patience, final CallListener listener)
            throws InterruptedException {
        final char[] password = login.password();
        try {
            return outcome(cmdlets.setBmcCredential(password, bypass, patience, new Passing(listener)), true);
        } catch (CmdletFailed e) {
            return new Outcome.Failed(e.getMessage(), e.advice());
        } catch (OutcomeUnknown e) {
            return new Outcome.Lost(e.getMessage());
        } catch (PrivilegedEndpointException e) {
            return new Outcome.NotSent(e.getMessage(), e.advice());
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    @Override
    public Optional<Outcome> listenAgain(
            final Map<String, String> session, final Duration patience, final CallListener listener)
            throws InterruptedException {
        try {
            return cmdlets.listenAgain(session, patience, new Passing(listener)).map(report -> outcome(report, false));
        } catch (CmdletFailed e) {
            return Optional.of(new Outcome.Failed(e.getMessage(), e.advice()));
        } catch (PrivilegedEndpointException e) {
            listener.said("The session can't be listened to any more: " + e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * What it says of its action plan counts. Where it says nothing of one, that it ended without an error; words that
     * nobody understands tell nothing, and neither does the silence of one whose errors may have gone by unheard.
     */
    static Outcome outcome(final ActionReport report, final boolean heardWhole) {
        return switch (report.status()) {
            case COMPLETED -> new Outcome.Ran();
            case NOT_UNDERSTOOD ->
                heardWhole && report.words().isEmpty()
                        ? new Outcome.Ran()
                        : new Outcome.Lost(
                                report.words().isEmpty()
                                        ? "its output ended, and not all of it was heard"
                                        : "its output ended in words that are not understood: " + report.words());
            case FAILED, CANCELED ->
                new Outcome.Failed(report.words(), "Follow the stamp's words; look at each BMC that they name.");
            case RUNNING -> new Outcome.Lost("its output ended, and it says that it still runs: " + report.words());
        };
    }

    @Override
    public void pause(final Duration time) throws InterruptedException {
        pause.pause(time);
    }
}
