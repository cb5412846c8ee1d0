package io.jenkins.plugins.azurestack.expiry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One look at one target; run on a thread of the scan's, with a time limit. */
public interface Inquiry {
    /** Where it looks. */
    Target target();

    /** How long it may take; empty for as long as any other. */
    default Optional<Duration> patience() {
        return Optional.empty();
    }

    /** What to do if it did not come back in time. */
    default String adviceIfLate() {
        return "Check that it is up and that a firewall lets the controller through.";
    }

    /**
     * Looks. Must end soon after its thread is interrupted.
     *
     * @return what was seen; an inquiry at one target may see several certificates, or none at all if there is
     *     rightly nothing to see
     * @throws NotSeenException if nothing could be seen, with the reason in the operator's words
     * @throws InterruptedException if it was cancelled
     */
    List<Sighting> look() throws NotSeenException, InterruptedException;
}
