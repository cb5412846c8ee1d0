package io.jenkins.plugins.azurestack.powershell.psrp;

import java.util.Objects;

/**
 * Tells that what was received of a pipeline may not be all that it said. Immutable.
 *
 * @param cause why
 * @param description the same for people, with the numbers that are known
 */
public record OutputGap(Cause cause, String description) {
    /** Why output may be missing. */
    public enum Cause {
        /** A connection broke while it may have carried output, and message numbers show that some is missing. */
        MESSAGES_MISSING,
        /** A connection broke while it may have carried output, and nothing came later that could prove it whole. */
        LAST_ANSWER_LOST,
        /** Somebody came back to this pipeline without having seen its earlier output. */
        EARLIER_OUTPUT_NOT_SEEN,
        /** A message was cut off, could not be read, or named another pipeline. */
        MESSAGE_UNREADABLE,
        /** More records came than are kept; listeners were given them. */
        NOT_KEPT,
        /** The listener threw an exception and was not called any more. */
        LISTENER_FAILED
    }

    public OutputGap {
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(description, "description");
    }
}
