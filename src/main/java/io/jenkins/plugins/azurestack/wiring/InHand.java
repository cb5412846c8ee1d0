package io.jenkins.plugins.azurestack.wiring;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The rotations that somebody in this process is at, and who. Thread-safe. */
final class InHand {
    private static final Map<String, String> HOLDERS = new ConcurrentHashMap<>();

    private InHand() {}

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

    private static String key(final Path home, final String rotation) {
        return home.toAbsolutePath().normalize() + "\n" + rotation;
    }
}
