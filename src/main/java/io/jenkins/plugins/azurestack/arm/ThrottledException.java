package io.jenkins.plugins.azurestack.arm;

import java.time.Duration;
import java.util.Optional;

/** Too many requests, or the service is not available for now; it was waited for as long as is sensible. */
public final class ThrottledException extends ResourceManagerException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    ThrottledException(final String message, final Optional<Duration> retryAfter) {
        super(message, null);
        this.retryAfter = retryAfter.orElse(null);
    }

    /** How long the service asks to be left alone, if it said. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
