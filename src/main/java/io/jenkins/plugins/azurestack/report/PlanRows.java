package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.change.Condition;
import io.jenkins.plugins.azurestack.change.Gate;
import io.jenkins.plugins.azurestack.change.Plan;
import io.jenkins.plugins.azurestack.journal.Approval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the maps of all plans have in common; every list and map is new, mutable and serialisable. Stateless. */
final class PlanRows {
    private PlanRows() {}

    /** The words of what is accepted as unknown. */
    static List<Object> accepted(final Plan plan) {
        return new ArrayList<>(
                plan.intent().accepted().stream().map(Condition::word).toList());
    }

    /** Every condition, a map each. */
    static List<Object> gates(final Plan plan) {
        final List<Object> gates = new ArrayList<>();
        for (final Gate gate : plan.gates()) {
            final Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", gate.condition().word());
            row.put("verdict", gate.verdict().name().toLowerCase(Locale.ROOT));
            row.put("message", gate.message());
            row.put("advice", gate.advice());
            gates.add(row);
        }
        return gates;
    }

    /** Says in a map who approved it. */
    static void approved(final Map<String, Object> map, final Approval approval) {
        map.put("approvedBy", approval.approver());
        map.put("approvedAt", approval.at().toString());
        map.put("approvedHow", approval.how());
    }
}
