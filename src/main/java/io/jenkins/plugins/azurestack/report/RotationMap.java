package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.certificate.readiness.SetReadiness;
import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.change.Gate;
import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.rotation.RotationEnding;
import io.jenkins.plugins.azurestack.rotation.RotationPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plan, or how a rotation ended, as a pipeline sees it: {@link LinkedHashMap}, {@link ArrayList}, {@link String},
 * {@link Long} and {@link Boolean} only, mutable and serialisable, no null, every key always there. Stateless.
 */
public final class RotationMap {
    /** The version of the fields; it changes when one is removed or changes its meaning, not when one is added. */
    public static final long SCHEMA = 1;

    private RotationMap() {}

    /**
     * What a plan says.
     *
     * @param readiness what came of the readiness checks; of an external plan only
     * @return a new map that nobody else holds
     */
    public static Map<String, Object> of(final RotationPlan plan, final Optional<SetReadiness> readiness) {
        final Map<String, Object> map = common("plan", plan.id(), Optional.of(plan));
        map.put("state", state(plan));
        map.put("open", plan.isOpen());
        map.put("message", plan.summary());
        map.put("advice", advice(plan));
        map.put("warnings", new ArrayList<Object>(plan.remarks()));
        map.put(
                "readiness",
                readiness.map(ReadinessMap::of).<Object>map(LinkedHashMap::new).orElseGet(LinkedHashMap::new));
        return map;
    }

    private static String state(final RotationPlan plan) {
        if (plan.isEmpty()) {
            return "EMPTY";
        }
        return plan.isOpen() ? "READY" : "BLOCKED";
    }

    private static String advice(final RotationPlan plan) {
        return Gate.advice(plan.closed());
    }

    /**
     * How a rotation ended, or how far it came.
     *
     * @param plan whose it is; empty if it is not known any more
     * @param approval who approved it; empty if nobody wrote that down
     * @param anchor where the audit trail was then; empty if it can't be read
     * @return a new map that nobody else holds
     */
    public static Map<String, Object> of(
            final End<RotationEnding> end,
            final Optional<RotationPlan> plan,
            final Optional<Approval> approval,
            final String anchor) {
        final Map<String, Object> map = common("rotation", end.rotation().value(), plan);
        map.put("state", end.state().name());
        map.put("open", false);
        map.put("message", end.message());
        map.put("advice", end.advice());
        map.put("warnings", new ArrayList<Object>(end.warnings()));
        map.put("summary", end.message());
        approval.ifPresent(one -> PlanRows.approved(map, one));
        map.put("auditAnchor", anchor);
        return map;
    }

    private static Map<String, Object> common(final String kind, final String id, final Optional<RotationPlan> plan) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("schema", SCHEMA);
        map.put("kind", kind);
        map.put("id", id);
        map.put("stamp", plan.map(one -> one.intent().stamp()).orElse(""));
        map.put("domain", plan.map(one -> one.intent().domain()).orElse(""));
        map.put("version", plan.map(one -> one.intent().version()).orElse(""));
        map.put("scope", plan.map(one -> one.intent().call().scope().word()).orElse(""));
        map.put("state", "");
        map.put("open", false);
        map.put(
                "summary",
                plan.map(one -> one.summary() + " (plan " + one.id() + ")").orElse(""));
        map.put("message", "");
        map.put("advice", "");
        map.put("warnings", new ArrayList<>());
        map.put("hash", plan.map(one -> one.intent().hash()).orElse(""));
        map.put("call", plan.map(one -> one.intent().call().text()).orElse(""));
        map.put("share", plan.flatMap(one -> one.intent().call().share()).orElse(""));
        map.put("reason", plan.flatMap(one -> one.intent().reason()).orElse(""));
        map.put("accepted", plan.map(PlanRows::accepted).orElseGet(ArrayList::new));
        map.put("gates", plan.map(PlanRows::gates).orElseGet(ArrayList::new));
        map.put("certificates", plan.map(RotationMap::certificates).orElseGet(ArrayList::new));
        map.put("readiness", new LinkedHashMap<>());
        map.put("madeAt", plan.map(one -> one.made().toString()).orElse(""));
        map.put("expiresAt", plan.map(one -> one.expires().toString()).orElse(""));
        map.put("approvedBy", "");
        map.put("approvedAt", "");
        map.put("approvedHow", "");
        map.put("auditAnchor", "");
        map.put("files", new ArrayList<>());
        return map;
    }

    private static List<Object> certificates(final RotationPlan plan) {
        final List<Object> certificates = new ArrayList<>();
        plan.intent().certificates().forEach((folder, change) -> {
            final Map<String, Object> map = new LinkedHashMap<>();
            map.put("folder", folder.folderName());
            map.put("served", new ArrayList<Object>(change.served()));
            map.put("toBeServed", change.toBeServed());
            certificates.add(map);
        });
        return certificates;
    }
}
