package io.jenkins.plugins.azurestack.change;

import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a condition of a change stands.
 *
 * @param condition which
 * @param verdict how it stands
 * @param message what was found; one sentence
 * @param advice what to do about it; empty if nothing is to be done
 */
public record Gate(Condition condition, Verdict verdict, String message, String advice) {
    /** As an engine shows them. */
    public static final Comparator<Gate> IN_ORDER =
            Comparator.comparingInt(gate -> gate.condition().ordinal());

    public Gate {
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(advice, "advice");
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

    public static Gate passed(final Condition condition, final String message) {
        return new Gate(condition, Verdict.PASSED, message, "");
    }

    public static Gate failed(final Condition condition, final String message, final String advice) {
        return new Gate(condition, Verdict.FAILED, message, advice);
    }

    /** Whoever may accept that is told how. */
    public static Gate unknown(final Condition condition, final String message, final String advice) {
        return new Gate(
                condition,
                Verdict.UNKNOWN,
                message,
                condition.isAcceptable()
                        ? advice + " A plan accepts it with acceptUnknown: ['" + condition.word() + "']."
                        : advice);
    }

    public static Gate unknown(final Condition condition, final NotKnownException reason) {
        return unknown(condition, reason.getMessage(), reason.advice());
    }

    /** The same, as accepted if it is unknown and may be. */
    public Gate accepting(final Set<? extends Condition> accepted) {
        return verdict == Verdict.UNKNOWN && condition.isAcceptable() && accepted.contains(condition)
                ? new Gate(condition, Verdict.ACCEPTED, message, advice)
                : this;
    }

    /** One line for a log. */
    public String line() {
        return condition.word() + ": " + verdict + ", " + message;
    }

    /** Those that stand in the way. */
    public static List<Gate> closed(final List<Gate> gates) {
        return gates.stream().filter(gate -> !gate.isOpen()).toList();
    }

    /** What to do about all of them; sentences. */
    public static String advice(final List<Gate> gates) {
        return gates.stream().map(Gate::advice).distinct().collect(Collectors.joining(" "));
    }

    /** That these stand in the way; a sentence. */
    public static String notMet(final List<Gate> closed) {
        return "Not every condition is met: " + closed.stream().map(Gate::line).collect(Collectors.joining("; ")) + ".";
    }
}
