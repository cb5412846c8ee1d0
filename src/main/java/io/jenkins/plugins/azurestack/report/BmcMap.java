package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.bmc.BmcEnding;
import io.jenkins.plugins.azurestack.bmc.BmcNode;
import io.jenkins.plugins.azurestack.bmc.BmcPlan;
import io.jenkins.plugins.azurestack.bmc.PastBmcRotation;
import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.change.Gate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plan for the BMC password, or how an update of it ended, as a pipeline sees it: {@link LinkedHashMap},
 * {@link ArrayList}, {@link String}, {@link Long} and {@link Boolean} only, mutable and serialisable, no null, every key
 * always there. Stateless.
 */
public final class BmcMap {
    /** The version of the fields; it changes when one is removed or changes its meaning, not when one is added. */
    public static final long SCHEMA = 1;

    /** Other places that hold the password, which no step reaches (BMC section of the rotation page). */
    static final List<String> STILL_TO_DO = List.of(
            "the BMC of the hardware lifecycle host, which is no node of the scale unit, if it shares the password",
            "the hardware vendor's management software on the hardware lifecycle host, which keeps the password",
            "monitoring, asset and password vaults outside Jenkins that keep the password");

    private BmcMap() {}

    /**
     * What a plan says.
     *
     * @return a new map that nobody else holds
     */
    public static Map<String, Object> of(final BmcPlan plan) {
        final Map<String, Object> map = common("plan", plan.id(), Optional.of(plan));
        map.put("state", plan.isOpen() ? "READY" : "BLOCKED");
        map.put("open", plan.isOpen());
        map.put("message", plan.summary());
        map.put("advice", Gate.advice(plan.closed()));
        map.put("warnings", new ArrayList<Object>(plan.remarks()));
        return map;
    }

    /**
     * How an update ended, or how far it came.
     *
     * @param plan whose it is; empty if it is not known any more
     * @param past what is written down of it
     * @param anchor where the audit trail was then; empty if it can't be read
     * @param reached whether this Jenkins reaches the BMCs, so that logons were tested
     * @return a new map that nobody else holds
     */
    public static Map<String, Object> of(
            final End<BmcEnding> end,
            final Optional<BmcPlan> plan,
            final Optional<PastBmcRotation> past,
            final String anchor,
            final boolean reached) {
        final Map<String, Object> map = common("update", end.rotation().value(), plan);
        map.put("state", end.state().name());
        map.put("message", end.message());
        map.put("advice", end.advice());
        map.put("warnings", new ArrayList<Object>(end.warnings()));
        map.put("summary", end.message());
        map.put("logonsTested", reached && end.state() == BmcEnding.COMPLETED);
        past.flatMap(PastBmcRotation::approval).ifPresent(one -> PlanRows.approved(map, one));
        past.ifPresent(one -> {
            final List<Object> nodes = new ArrayList<>();
            one.live().forEach((node, takes) -> {
                final Map<String, Object> row = new LinkedHashMap<>();
                row.put("node", node);
                row.put("took", takes);
                nodes.add(row);
            });
            map.put("lastLogons", nodes);
        });
        if (end.state() == BmcEnding.COMPLETED) {
            map.put("stillToDo", new ArrayList<Object>(STILL_TO_DO));
        }
        map.put("auditAnchor", anchor);
        return map;
    }

    private static Map<String, Object> common(final String kind, final String id, final Optional<BmcPlan> plan) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("schema", SCHEMA);
        map.put("kind", kind);
        map.put("id", id);
        map.put("stamp", plan.map(one -> one.intent().stamp()).orElse(""));
        map.put("domain", plan.map(one -> one.intent().domain()).orElse(""));
        map.put("version", plan.map(one -> one.intent().version()).orElse(""));
        map.put("user", plan.map(one -> one.intent().user()).orElse(""));
        map.put("credentialsId", plan.map(one -> one.intent().store()).orElse(""));
        map.put("source", plan.map(one -> one.intent().source().word()).orElse(""));
        map.put("newCredentialsId", plan.flatMap(one -> one.intent().given()).orElse(""));
        map.put("way", plan.map(one -> one.intent().way().word()).orElse(""));
        map.put("call", plan.map(one -> one.intent().way().text()).orElse(""));
        map.put("state", "");
        map.put("open", false);
        map.put(
                "summary",
                plan.map(one -> one.summary() + " (plan " + one.id() + ")").orElse(""));
        map.put("message", "");
        map.put("advice", "");
        map.put("warnings", new ArrayList<>());
        map.put("hash", plan.map(one -> one.intent().hash()).orElse(""));
        map.put("accepted", plan.map(PlanRows::accepted).orElseGet(ArrayList::new));
        map.put("gates", plan.map(PlanRows::gates).orElseGet(ArrayList::new));
        map.put("nodes", plan.map(BmcMap::nodes).orElseGet(ArrayList::new));
        map.put("lastLogons", new ArrayList<>());
        map.put("logonsTested", false);
        map.put("stillToDo", new ArrayList<>());
        map.put("madeAt", plan.map(one -> one.made().toString()).orElse(""));
        map.put("expiresAt", plan.map(one -> one.expires().toString()).orElse(""));
        map.put("approvedBy", "");
        map.put("approvedAt", "");
        map.put("approvedHow", "");
        map.put("auditAnchor", "");
        map.put("files", new ArrayList<>());
        return map;
    }

    private static List<Object> nodes(final BmcPlan plan) {
        final List<Object> nodes = new ArrayList<>();
        for (final BmcNode node : plan.intent().nodes()) {
            final Map<String, Object> row = new LinkedHashMap<>();
            row.put("node", node.name());
            row.put("address", node.address());
            row.put("fingerprint", node.fingerprint().orElse(""));
            nodes.add(row);
        }
        return nodes;
    }
}
