package io.jenkins.plugins.azurestack.rotation;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps a rotation from what goes wrong where it is reported. */
record ShieldedListener(RotationListener to) implements RotationListener {
    private static final Logger LOGGER = Logger.getLogger(ShieldedListener.class.getName());

    @Override
    public void phase(final RotationPhase phase, final String sentence) {
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

    private static void shielded(final Runnable report) {
        try {
            report.run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "A line about a rotation is lost", e);
        }
    }
}
