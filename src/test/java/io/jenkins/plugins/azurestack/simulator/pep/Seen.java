package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.simulator.remoting.Streams;
import io.jenkins.plugins.azurestack.simulator.remoting.TerminatingError;
import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a caller sees of one call. It lets the stamp's time go by whenever it is told how a running plan goes, so that
 * nobody waits; and it may be gone after so many polls.
 */
final class Seen implements Streams {
    private final StampTime time;
    private final Duration poll;
    private int patience = Integer.MAX_VALUE;

    final List<PsValue> output = new ArrayList<>();
    final List<TerminatingError> errors = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    final List<String> verbose = new ArrayList<>();
    final List<String> information = new ArrayList<>();
    private TerminatingError end;
    private boolean lost;

    Seen(final StampTime time, final Duration poll) {
        this.time = time;
        this.poll = poll;
    }

    /** Lets the session be gone at the beginning of that poll, counted from 1. */
    Seen goneAtPoll(final int number) {
        patience = number;
        return this;
    }

    void end(final TerminatingError error) {
        end = error;
    }

    void lost() {
        lost = true;
    }

    /** The error that ended the call; null if none did. */
    TerminatingError ended() {
        return end;
    }

    boolean isLost() {
        return lost;
    }

    /** The last object, if it is what it should be. */
    PsValue last() {
        return output.get(output.size() - 1);
    }

    /** All verbose lines as one text. */
    String text() {
        return String.join("\n", verbose);
    }

    @Override
    public void output(final PsValue value) {
        output.add(value);
    }

    @Override
    public void error(final TerminatingError error) {
        errors.add(error);
    }

    @Override
    public void warning(final String message) {
        warnings.add(message);
    }

    @Override
    public void verbose(final String message) throws InterruptedException {
        if (message.startsWith("Action plan instance ID specified") && --patience <= 0) {
            throw new InterruptedException("The session is gone");
        }
        verbose.add(message);
        if (message.startsWith("Timeout estimate")) {
            time.advance(poll);
        }
    }

    @Override
    public void debug(final String message) {
        // Nobody asks for it here.
    }

    @Override
    public void information(final String message) {
        information.add(message);
    }

    @Override
    public void progress(final String activity, final String status, final int percent) {
        throw new AssertionError("No cmdlet of the stamp tells progress in records");
    }
}
