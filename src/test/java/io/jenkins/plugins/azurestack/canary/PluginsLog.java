package io.jenkins.plugins.azurestack.canary;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.rules.ExternalResource;

/** Keeps everything that the plugin logs during a test, at whatever level, as a controller's log would show it. */
public final class PluginsLog extends ExternalResource {
    private static final Logger LOGGER = Logger.getLogger("io.jenkins.plugins.azurestack");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(final LogRecord line) {
            lines.add(formatter.format(line));
        }

        @Override
        public void flush() {
            // Nothing waits.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    @Override
    protected void before() {
        LOGGER.setLevel(Level.ALL);
        LOGGER.addHandler(handler);
    }

    @Override
    protected void after() {
        LOGGER.removeHandler(handler);
        LOGGER.setLevel(null);
    }

    /** What was logged so far, with the traces of what was thrown. */
    public List<String> lines() {
        return lines;
    }

    /** Logs a line that nobody would see by default. */
    public void fine(final String line) {
        LOGGER.fine(line);
    }
}
