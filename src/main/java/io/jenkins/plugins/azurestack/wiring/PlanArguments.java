package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.change.Condition;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a step that changes a stamp is asked for: to plan, to carry out, or to go on.
 *
 * @param plan whether a plan is to be made
 * @param approvedPlan the id of the plan that is to be carried out; empty if none is
 * @param resume the id of what is to be gone on with; empty if nothing is
 * @param timeout seconds to wait for the stamp; 0 for what is usual
 */
public record PlanArguments(boolean plan, String approvedPlan, String resume, int timeout) {
    private static final int LONGEST_TIMEOUT = 7 * 24 * 60 * 60;

    /** What is asked for. */
    public enum Action {
        PLAN,
        APPLY,
        RESUME
    }

    /** @throws Rejected naming the argument that cannot be used, or not with the others */
    public PlanArguments {
        requireOne(plan, approvedPlan, resume);
        if (timeout < 0 || timeout > LONGEST_TIMEOUT) {
            throw new Rejected("timeout", timeout + " is not a number of seconds from 1 to " + LONGEST_TIMEOUT);
        }
        if (timeout > 0 && plan) {
            throw new Rejected("timeout", "is how long to wait for a rotation; a plan does not wait for one");
        }
        id("approvedPlan", approvedPlan);
        id("resume", resume);
    }

    private static void requireOne(final boolean plan, final String approvedPlan, final String resume) {
        final long asked = Arrays.asList(plan, !approvedPlan.isEmpty(), !resume.isEmpty()).stream()
                .filter(Boolean::booleanValue)
                .count();
        if (asked == 0) {
            throw new Rejected(
                    "plan",
                    "say what is to be done: plan: true makes a plan, approvedPlan: '<id>' carries one out, resume:"
                            + " '<id>' goes on with a rotation");
        }
        if (asked > 1) {
            throw new Rejected("plan", "give only one of plan, approvedPlan and resume; each is a step of its own");
        }
    }

    /** @throws Rejected if these words of {@code acceptUnknown} can't be accepted, or not now */
    static <C extends Enum<C> & Condition> void requireAcceptable(
            final Class<C> all, final List<String> words, final boolean plan) {
        final List<String> acceptable = Condition.acceptable(all);
        for (final String word : words) {
            final C named = Condition.named(all, word)
                    .orElseThrow(() -> new Rejected(
                            "acceptUnknown", "'" + Text.printable(word) + "' is not one of " + acceptable));
            if (!named.isAcceptable()) {
                throw new Rejected(
                        "acceptUnknown", "'" + named.word() + "' can't be accepted as unknown; " + acceptable + " can");
            }
        }
        if (!words.isEmpty() && !plan) {
            throw new Rejected(
                    "acceptUnknown", "belongs to the plan, which is approved with it; give it with plan: true");
        }
    }

    private static Optional<RotationId> id(final String field, final String value) {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RotationId(value));
        } catch (IllegalArgumentException e) {
            throw new Rejected(
                    field,
                    "'" + Text.printable(value) + "' is not the id of a plan or rotation, such as"
                            + " east-external-20261126-5k2f8q0c");
        }
    }

    /** What is asked for. */
    public Action action() {
        if (plan) {
            return Action.PLAN;
        }
        return approvedPlan.isEmpty() ? Action.RESUME : Action.APPLY;
    }

    /** The id of the plan or rotation that is gone on with. */
    RotationId id() {
        return id("approvedPlan", approvedPlan).or(() -> id("resume", resume)).orElseThrow();
    }

    Optional<Duration> patience() {
        return timeout == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(timeout));
    }
}
