package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A condition of a new BMC password, and how it stands.
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
        /** The stamp's version is known: by it the order of things is decided. */
        VERSION(false),
        /** {@code Set-BmcCredential} has the parameters that the call needs. */
        CMDLET(false),
        /** The password can be read and all three generations written. */
        STORE(false),
        /** The new password is one that the stamp and every BMC take, or one can be made. */
        PASSWORD(false),
        /** It is known which BMCs there are. */
        NODES(false),
        /** Every BMC takes a password that is known. Where this Jenkins reaches them. */
        BMCS(false),
        /** What was changed can be changed back at once. Where this Jenkins reaches the BMCs. */
        WAY_BACK(true),
        /** The stamp gets on with its BMCs. */
        SUMMARY(false),
        /** No rotation of secrets runs. */
        ROTATION(false),
        /** No update runs. */
        UPDATE(false),
        /** No exclusive operation runs. */
        EXCLUSIVE_OPERATION(true),
        /** No alert says that a BMC is out of the stamp's reach. */
        ALERTS(true);

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
        /** Not met: nothing is changed. */
        FAILED,
        /** Nobody can tell: nothing is changed, unless that is accepted by name. */
        UNKNOWN,
        /** Nobody can tell, and that was accepted by name. */
        ACCEPTED
    }

    /** Whether the change may go on. */
    public boolean isOpen() {
        return verdict == Verdict.PASSED || verdict == Verdict.ACCEPTED;
    }

    static Gate passed(final Name name, final String message) {
        return new Gate(name, Verdict.PASSED, message, "");
    }

    static Gate failed(final Name name, final String message, final String advice) {
        return new Gate(name, Verdict.FAILED, message, advice);
    }

    static Gate unknown(final Name name, final String message, final String advice) {
        return new Gate(name, Verdict.UNKNOWN, message, advice);
    }

    static Gate unknown(final Name name, final NotKnownException reason) {
        return unknown(name, reason.getMessage(), reason.advice());
    }

    /** The same, as accepted if it is unknown and may be. */
    Gate accepting(final Set<Name> accepted) {
        return verdict == Verdict.UNKNOWN && name.isAcceptable() && accepted.contains(name)
                ? new Gate(name, Verdict.ACCEPTED, message, advice)
                : this;
    }
}
