package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A condition of a rotation, and how it stands.
 *
 * @param name which
 * @param verdict how it stands
 * @param message what was found; one sentence
 * @param advice what to do about it; empty if nothing is to be done
 */
public record Gate(Name name, Verdict verdict, String message, String advice) {
    public Gate {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(advice, "advice");
    }

    /** The conditions, in the order in which they are shown. */
    public enum Name {
        /** The stamp's version is known, and one that is rotated this way (1811 and later). */
        VERSION(false),
        /** There is a reason for it: an expiry alert, or a compromise. For internal rotations. */
        REASON(false),
        /** The certificates of the set pass every readiness check. */
        CERTIFICATES(false),
        /** No rotation runs, and none has failed and waits for its re-run. */
        ROTATION(false),
        /** {@code Test-AzureStack -Group SecretRotationReadiness} says yes. */
        READINESS(false),
        /** No update runs. */
        UPDATE(false),
        /** No exclusive operation runs. */
        EXCLUSIVE_OPERATION(true),
        /** The active alerts are known, so that those which a rotation opens can be told from them. */
        ALERTS(true),
        /** What each endpoint serves now is known. */
        ENDPOINTS(true),
        /** The share can be written, has space, and holds nothing foreign. */
        SHARE(false);

        private final boolean acceptable;

        Name(final boolean acceptable) {
            this.acceptable = acceptable;
        }

        /** Whether an operator may accept that it is unknown; never that it has failed. */
        public boolean isAcceptable() {
            return acceptable;
        }

        /** As a user writes it, such as {@code exclusive-operation}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Finds a condition by its {@link #word}, ignoring case. */
        public static Optional<Name> named(final String word) {
            return Arrays.stream(values())
                    .filter(name -> name.word().equalsIgnoreCase(word))
                    .findFirst();
        }
    }

    /** How a condition stands. */
    public enum Verdict {
        PASSED,
        /** Not met: no rotation. */
        FAILED,
        /** Nobody can tell: no rotation, unless that is accepted by name. */
        UNKNOWN,
        /** Nobody can tell, and that was accepted by name. */
        ACCEPTED
    }

    /** Whether a rotation may go on. */
    public boolean isOpen() {
        return verdict == Verdict.PASSED || verdict == Verdict.ACCEPTED;
    }

    static Gate passed(final Name name, final String message) {
        return new Gate(name, Verdict.PASSED, message, "");
    }

    static Gate failed(final Name name, final String message, final String advice) {
        return new Gate(name, Verdict.FAILED, message, advice);
    }

    static Gate unknown(final Name name, final NotKnownException reason) {
        return new Gate(
                name,
                Verdict.UNKNOWN,
                reason.getMessage(),
                reason.advice()
                        + (name.isAcceptable()
                                ? " A plan accepts it with acceptUnknown: ['" + name.word() + "']."
                                : ""));
    }

    /** The same, as accepted if it is unknown and may be. */
    Gate accepting(final Set<Name> accepted) {
        return verdict == Verdict.UNKNOWN && name.isAcceptable() && accepted.contains(name)
                ? new Gate(name, Verdict.ACCEPTED, message, advice)
                : this;
    }
}
