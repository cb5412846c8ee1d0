package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.change.Condition;
import io.jenkins.plugins.azurestack.change.Gate;
import io.jenkins.plugins.azurestack.change.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an update of the BMC password would do, and how its conditions stood when it was made. Making one changes nothing.
 *
 * @param id names this plan for ever
 * @param intent what is approved
 * @param made when
 * @param gates every condition, in order
 * @param remarks what an operator should know besides; each a sentence
 */
public record BmcPlan(String id, BmcIntent intent, Instant made, List<Gate> gates, List<String> remarks)
        implements Plan {
    public BmcPlan {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(intent, "intent");
        Objects.requireNonNull(made, "made");
        gates = List.copyOf(gates);
        remarks = List.copyOf(remarks);
    }

    /** One sentence for people: what it does to which stamp. */
    public String summary() {
        return (isOpen() ? "Ready: " : "Not possible now: ")
                + "a new password for the BMC account '" + intent.user() + "' of stamp '" + intent.stamp() + "' ("
                + intent.domain() + ", " + intent.version() + ")"
                + (intent.nodes().isEmpty() ? "" : ", " + intent.nodes().size() + " BMCs")
                + how()
                + (intent.accepted().isEmpty() ? "" : ", accepting as unknown: " + words(intent.accepted().stream()))
                + (isOpen() ? "" : "; in the way: " + words(closed().stream().map(Gate::condition)));
    }

    private String how() {
        return switch (intent.source()) {
            case GENERATED -> ", a generated one";
            case GIVEN -> ", that of credential '" + intent.given().orElse("") + "'";
            case PENDING -> ", the one that an earlier update left as pending";
        };
    }

    private static String words(final Stream<? extends Condition> conditions) {
        return conditions.map(Condition::word).collect(Collectors.joining(", "));
    }
}
