package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.journal.LockedException;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The rotations and updates that somebody in this process is at, and who, so that nobody else takes one up. Thread-safe. */
final class InHand {
    private static final Map<String, String> HOLDERS = new ConcurrentHashMap<>();

    private InHand() {}

    /** Something that only one in this process does at a time. */
    interface Work {
        Map<String, Object> done() throws IOException, LockedException, InterruptedException, RotationStoppedException;
    }

    /**
     * Does it, if nobody is at it; the build is kept from then on.
     *
     * @throws RotationStoppedException if somebody is, or has the lock of the stamp; nothing was done
     */
    static Map<String, Object> of(final MaintenanceEnvironment environment, final RotationId id, final Work work)
            throws IOException, InterruptedException, RotationStoppedException {
        final Optional<String> holder = take(environment.home(), id.value(), environment.build());
        if (holder.isPresent()) {
            throw new RotationStoppedException("Rotation '" + id + "' is in the hands of "
                    + Text.printable(holder.get()) + ", which is still at it. Nothing was done. Wait for its end.");
        }
        try {
            KeptBuild.keep(environment, true);
            return work.done();
        } catch (LockedException e) {
            KeptBuild.keep(environment, false);
            throw new RotationStoppedException(e.getMessage(), e);
        } catch (InterruptedException e) {
            environment.log(
                    "Waiting has been ended. What runs on the stamp runs on, and until its end is written down the"
                            + " stamp stays locked for rotation " + id + ". Go on with, or read how it ended by, "
                            + id.step()
                            + " resume: '" + id + "'.");
            throw e;
        } finally {
            give(environment.home(), id.value());
        }
    }

    /**
     * Takes a rotation in hand.
     *
     * @param home the folder for all stamps
     * @param holder for people
     * @return who has it already; empty if it is the caller's now, who gives it back
     */
    static Optional<String> take(final Path home, final String rotation, final String holder) {
        return Optional.ofNullable(HOLDERS.putIfAbsent(key(home, rotation), holder));
    }

    /** Gives back what was taken. */
    static void give(final Path home, final String rotation) {
        HOLDERS.remove(key(home, rotation));
    }

    /** Who has it, if somebody does. */
    static Optional<String> holder(final Path home, final String rotation) {
        return Optional.ofNullable(HOLDERS.get(key(home, rotation)));
    }

    /** Who has whatever rotation or update of a stamp, if somebody does: where nobody can read which it is. */
    static Optional<String> holderOf(final Path home, final String stamp) {
        final Pattern ids =
                Pattern.compile(Pattern.quote(key(home, stamp)) + "-(external|internal|bmc)-[0-9]{8}-[0-9a-z]+");
        return HOLDERS.entrySet().stream()
                .filter(held -> ids.matcher(held.getKey()).matches())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static String key(final Path home, final String rotation) {
        return home.toAbsolutePath().normalize() + "\n" + rotation;
    }
}
