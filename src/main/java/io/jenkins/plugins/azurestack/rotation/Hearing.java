package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.change.ChangeListener;
import java.io.IOException;
import java.util.Map;

/** Writes down what matters of what a running rotation says, and passes the rest on. */
final class Hearing implements StampActions.Listener {
    private final RotationMemory memory;
    private final ChangeListener listener;

    Hearing(final RotationMemory memory, final ChangeListener listener) {
        this.memory = memory;
        this.listener = listener;
    }

    @Override
    public void starting(final Map<String, String> session) throws IOException {
        memory.session(session);
    }

    @Override
    public void began(final String instance) {
        if (!memory.state().instance().filter(instance::equals).isPresent()) {
            memory.began(instance);
            listener.line("The stamp runs it as action plan " + instance + ".");
        }
    }

    @Override
    public void said(final String line) {
        listener.line(line);
    }

    @Override
    public void step(final String name, final String status) {
        listener.step(name, status);
    }

    @Override
    public void ended(final Action action) {
        if (action.state().isOver()) {
            memory.ended(action);
        }
    }
}
