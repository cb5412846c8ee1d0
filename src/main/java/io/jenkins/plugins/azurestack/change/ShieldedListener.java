package io.jenkins.plugins.azurestack.change;

import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps a change from what goes wrong where it is reported. */
public record ShieldedListener(ChangeListener to) implements ChangeListener {
    private static final Logger LOGGER = Logger.getLogger(ShieldedListener.class.getName());

    public ShieldedListener {
        Objects.requireNonNull(to, "listener");
    }

    @Override
    public void phase(final Phase phase, final String sentence) {
        shielded(() -> to.phase(phase, sentence));
    }

    @Override
    public void line(final String text) {
        shielded(() -> to.line(text));
    }

    @Override
    public void note(final String text) {
        shielded(() -> to.note(text));
    }

    @Override
    public void step(final String name, final String status) {
        shielded(() -> to.step(name, status));
    }

    @Override
    public void progress(final String what, final int done, final int of) {
        shielded(() -> to.progress(what, done, of));
    }

    private static void shielded(final Runnable report) {
        try {
            report.run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "A line about a change is lost", e);
        }
    }
}
