package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.change.Gate;
import io.jenkins.plugins.azurestack.change.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a rotation would do, and how its conditions stood when it was made. Making one changes nothing.
 *
 * @param id names this plan for ever
 * @param intent what is approved
 * @param made when
 * @param emptyBecause why there is nothing to do; empty if there is something
 * @param gates every condition, in order
 * @param remarks what an operator should know besides; each a sentence
 */
public record RotationPlan(
        String id,
        RotationIntent intent,
        Instant made,
        Optional<String> emptyBecause,
        List<Gate> gates,
        List<String> remarks)
        implements Plan {
    public RotationPlan {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(intent, "intent");
        Objects.requireNonNull(made, "made");
        Objects.requireNonNull(emptyBecause, "emptyBecause");
        gates = List.copyOf(gates);
        remarks = List.copyOf(remarks);
    }

    /** The same with more for an operator to know; not hashed. */
    public RotationPlan remarking(final List<String> more) {
        final List<String> all = new ArrayList<>(remarks);
        all.addAll(more);
        return new RotationPlan(id, intent, made, emptyBecause, gates, all);
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return emptyBecause.isPresent();
    }

    @Override
    public boolean isOpen() {
        return !isEmpty() && Plan.super.isOpen();
    }

    /** One sentence for people: what it does to which stamp, or why it does nothing. */
    public String summary() {
        final String what = intent.call().scope().word() + " rotation of stamp '" + intent.stamp() + "' ("
                + intent.domain() + ", " + intent.version() + ")";
        if (isEmpty()) {
            return "Nothing to do in an " + what + ": " + emptyBecause.get();
        }
        final String certificates = intent.certificates().isEmpty()
                ? ""
                : " to " + intent.certificates().size() + " new certificates";
        return (isOpen() ? "Ready: " : "Not possible now: ")
                + what
                + certificates
                + accepted()
                + (isOpen()
                        ? ""
                        : "; in the way: "
                                + String.join(
                                        ", ",
                                        closed().stream()
                                                .map(gate -> gate.condition().word())
                                                .toList()));
    }

    private String accepted() {
        return intent.accepted().isEmpty()
                ? ""
                : ", accepting as unknown: "
                        + String.join(
                                ", ",
                                intent.accepted().stream()
                                        .map(RotationCondition::word)
                                        .toList());
    }
}
