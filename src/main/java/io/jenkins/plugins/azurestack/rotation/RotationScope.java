package io.jenkins.plugins.azurestack.rotation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which secrets are rotated. Since 1811 the two are separate operations. */
public enum RotationScope {
    /** The certificates of the external endpoints, which the operator supplies. */
    EXTERNAL,
    /** The secrets that the stamp makes for itself; from 2108 on its root certificate too. */
    INTERNAL;

    /** As a user writes it: {@code external} or {@code internal}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Finds a scope by its {@link #word}, ignoring case. */
    public static Optional<RotationScope> named(final String word) {
        return Arrays.stream(values())
                .filter(scope -> scope.word().equalsIgnoreCase(word))
                .findFirst();
    }
}
