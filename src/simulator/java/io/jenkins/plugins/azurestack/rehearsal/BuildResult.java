package io.jenkins.plugins.azurestack.rehearsal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The results of a build, from good to bad, as {@code hudson.model.Result} orders them. */
public enum BuildResult {
    SUCCESS,
    UNSTABLE,
    FAILURE,
    NOT_BUILT,
    ABORTED;

    /** The worse of two. */
    BuildResult or(final BuildResult other) {
        return compareTo(other) >= 0 ? this : other;
    }

    boolean isWorseThan(final BuildResult other) {
        return compareTo(other) > 0;
    }

    /** Reads a result as a Jenkinsfile writes it, ignoring case. */
    static Optional<BuildResult> named(final String name) {
        final String wanted = name.toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(result -> result.name().equals(wanted))
                .findFirst();
    }
}
