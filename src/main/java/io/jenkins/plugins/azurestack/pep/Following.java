package io.jenkins.plugins.azurestack.pep;

import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.psrp.DetachedPipeline;
import io.jenkins.plugins.azurestack.powershell.psrp.ErrorRecord;
import io.jenkins.plugins.azurestack.powershell.psrp.InformationRecord;
import io.jenkins.plugins.azurestack.powershell.psrp.OutputGap;
import io.jenkins.plugins.azurestack.powershell.psrp.PipelineListener;
import io.jenkins.plugins.azurestack.powershell.psrp.VerboseRecord;
import io.jenkins.plugins.azurestack.powershell.psrp.WarningRecord;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Listens to the pipeline of an action plan and makes sense of what it says. Thread-safe. */
final class Following implements PipelineListener {
    private static final int MOST_LINES = 10_000;

    private final String address;
    private final ActionListener listener;
    private final ActionReader reader = new ActionReader();
    private final Map<String, String> steps = new HashMap<>();
    private boolean named;
    private int errors;
    private boolean announced;
    /** A stamp says all it has said again at every poll. */
    private final Set<String> said = new HashSet<>();

    Following(final String address, final ActionListener listener) {
        this.address = address;
        this.listener = listener;
    }

    /** What it takes to find the call again could not be written down, so it was not sent. */
    static final class NotWrittenDownException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotWrittenDownException(final IOException cause) {
            super(cause);
        }

        PrivilegedEndpointException.Unreachable unreachable() {
            return new PrivilegedEndpointException.Unreachable(
                    "the call was not sent, since what finds it again could not be written down: "
                            + Text.printable(getCause().getMessage()),
                    "Mend the disk under the Jenkins home, and try again.",
                    this);
        }
    }

    @Override
    public void starting(final DetachedPipeline ids) {
        try {
            listener.starting(StampCmdlets.session(address, ids));
            announced();
        } catch (IOException e) {
            throw new NotWrittenDownException(e);
        }
    }

    @Override
    public synchronized void verbose(final VerboseRecord message) {
        line(message.message());
    }

    @Override
    public synchronized void information(final InformationRecord information) {
        line(information.message());
    }

    @Override
    public synchronized void warning(final WarningRecord warning) {
        line("WARNING: " + warning.message());
    }

    @Override
    public synchronized void error(final ErrorRecord error) {
        errors++;
        line("ERROR: " + error.message());
        Remedies.of(error).ifPresent(advice -> listener.said("Hint: " + advice));
    }

    @Override
    public synchronized void output(final PsValue value) {
        if (reader.accept(value)) {
            name();
            listener.said(reader.report().words());
        } else {
            line(value.asString());
        }
    }

    @Override
    public synchronized void gap(final OutputGap gap) {
        listener.said("Some of what the stamp said may be missing here.");
    }

    @Override
    public synchronized void connectionLost(final String reason) {
        listener.said("The connection is gone (" + Text.printable(reason)
                + "); what runs there runs on, and this comes back to it.");
    }

    @Override
    public synchronized void connectionRestored() {
        listener.said("The stamp answers again.");
    }

    private synchronized void announced() {
        announced = true;
    }

    /** Whether the call was about to leave: before that it certainly did not. */
    synchronized boolean isAnnounced() {
        return announced;
    }

    /** Makes sense of every line, and passes on those that were not said before. */
    private void line(final String text) {
        for (final String line : text.split("\\R")) {
            reader.accept(line).ifPresent(this::step);
            name();
            final String shown = Text.printable(line.strip());
            if (!shown.isEmpty() && said.size() < MOST_LINES && said.add(shown)) {
                listener.said(shown);
            }
        }
    }

    private void step(final ActionReader.Step step) {
        if (!step.status().equals(steps.put(step.name(), step.status()))) {
            listener.step(step.name(), step.status());
        }
    }

    private void name() {
        if (!named && reader.instance().isPresent()) {
            named = true;
            listener.began(reader.instance().get());
        }
    }

    /** Whether it said that something went wrong, without ending by that. */
    synchronized boolean hasErrors() {
        return errors > 0;
    }

    synchronized ActionReport report() {
        return reader.report();
    }
}
