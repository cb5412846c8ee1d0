package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.change.CallListener;
import io.jenkins.plugins.azurestack.pep.ActionListener;
import java.io.IOException;
import java.util.Map;

/** Passes on to an engine what the privileged endpoint says of a call. */
record Passing(CallListener to) implements ActionListener {
    @Override
    public void starting(final Map<String, String> session) throws IOException {
        to.starting(session);
    }

    @Override
    public void began(final String instance) {
        to.began(instance);
    }

    @Override
    public void said(final String line) {
        to.said(line);
    }

    @Override
    public void step(final String name, final String status) {
        to.step(name, status);
    }
}
