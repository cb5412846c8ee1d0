package io.jenkins.plugins.azurestack.pep;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a stamp says of one action plan.
 *
 * @param instance its id in lower case; empty if none was named
 * @param started when it began, by the stamp's clock; empty if no time was named
 * @param status where it stands
 * @param words the stamp's own words for that, one line
 */
public record ActionReport(Optional<String> instance, Optional<Instant> started, Status status, String words) {
    public ActionReport {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(words, "words");
    }

    /** Where an action plan stands. */
    public enum Status {
        RUNNING,
        COMPLETED,
        FAILED,
        CANCELED,
        /** Words that no known stamp uses; never success. */
        NOT_UNDERSTOOD
    }
}
