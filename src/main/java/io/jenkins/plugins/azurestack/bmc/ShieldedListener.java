package io.jenkins.plugins.azurestack.bmc;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps an update from what goes wrong where it is reported. */
record ShieldedListener(BmcListener to) implements BmcListener {
    private static final Logger LOGGER = Logger.getLogger(ShieldedListener.class.getName());

    @Override
    public void phase(final BmcPhase phase, final String sentence) {
        shielded(() -> to.phase(phase, sentence));
    }

    @Override
    public void line(final String text) {
        shielded(() -> to.line(text));
    }

    @Override
    public void progress(final String what, final int done, final int of) {
        shielded(() -> to.progress(what, done, of));
    }

    private static void shielded(final Runnable report) {
        try {
            report.run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "A line about an update of BMC passwords is lost", e);
        }
    }
}
