package io.jenkins.plugins.azurestack.peer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.rules.ExternalResource;

/**
 * Keeps what the library that speaks SMB logs during a test, as a Jenkins would. The console is spared it from the first test on, since
 * the library's threads may have a last word after a test.
 */
public final class LibraryLog extends ExternalResource {
    private static final Logger LOGGER = Logger.getLogger("com.hierynomus");
    private final Level level;
    private final List<LogRecord> records = Collections.synchronizedList(new ArrayList<>());
    private final Handler handler = new Handler() {
        @Override
        public void publish(final LogRecord record) {
            records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** @param level from which on it is kept */
    public LibraryLog(final Level level) {
        super();
        this.level = level;
    }

    @Override
    protected void before() {
        LOGGER.setLevel(level);
        LOGGER.setUseParentHandlers(false);
        handler.setLevel(Level.ALL);
        LOGGER.addHandler(handler);
    }

    @Override
    protected void after() {
        LOGGER.removeHandler(handler);
        LOGGER.setLevel(null);
    }

    /** What was logged at a level or above, with what was thrown. */
    public List<String> lines(final Level least) {
        synchronized (records) {
            return records.stream()
                    .filter(record -> record.getLevel().intValue() >= least.intValue())
                    .map(record -> record.getLevel() + " " + record.getLoggerName() + " " + record.getMessage() + " "
                            + everything(record.getThrown()))
                    .toList();
        }
    }

    /** Messages of an exception, of its causes and of those suppressed. */
    public static String everything(final Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        final StringBuilder all = new StringBuilder(thrown.toString());
        for (final Throwable suppressed : thrown.getSuppressed()) {
            all.append(" / ").append(everything(suppressed));
        }
        return all.append(" <- ").append(everything(thrown.getCause())).toString();
    }
}
