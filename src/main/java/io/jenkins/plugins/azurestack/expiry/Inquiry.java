package io.jenkins.plugins.azurestack.expiry;

import java.util.List;

/** One look at one target; run on a thread of the scan's, with a time limit. */
public interface Inquiry {
    /** Where it looks. */
    Target target();

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
