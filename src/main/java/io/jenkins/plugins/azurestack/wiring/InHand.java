package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.journal.LockedException;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What somebody in this process is at, so that nobody else takes it up meanwhile. Thread-safe. */
final class InHand {
    /** Who is at it, by home and id. */
    private static final Map<String, String> HOLDERS = new ConcurrentHashMap<>();

    private InHand() {}

    /** Something that only one in this process does at a time. */
    interface Work {
        Map<String, Object> done() throws IOException, LockedException, InterruptedException, RotationStoppedException;
    }

    /**
     * Does it, if nobody is at it.
     *
     * @throws RotationStoppedException if somebody is, or has the lock of the stamp; nothing was done
     */
    static Map<String, Object> of(final MaintenanceEnvironment environment, final RotationId id, final Work work)
            throws IOException, InterruptedException, RotationStoppedException {
        final String key = environment.home().toAbsolutePath().normalize() + "\n" + id;
        final String holder = HOLDERS.putIfAbsent(key, environment.build());
        if (holder != null) {
            throw new RotationStoppedException("Rotation '" + id + "' is in the hands of " + Text.printable(holder)
                    + ", which is still at it. Nothing was done. Wait for its end.");
        }
        try {
            return work.done();
        } catch (LockedException e) {
            throw new RotationStoppedException(e.getMessage(), e);
        } catch (InterruptedException e) {
            environment.log("Waiting has been ended. What runs on the stamp runs on, and the stamp stays locked for"
                    + " rotation " + id + ". Go on with " + id.step() + " resume: '" + id + "'.");
            throw e;
        } finally {
            HOLDERS.remove(key);
        }
    }
}
