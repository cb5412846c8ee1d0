package io.jenkins.plugins.azurestack.journal;

import java.time.Instant;
import java.util.Objects;

/**
 * That somebody who may has approved one plan, as Jenkins's own records say; never built from what a step was told.
 *
 * @param planId which plan
 * @param approver who; {@code SYSTEM} where the stamp asks for no approval
 * @param at when
 * @param how one line: on the plan's page, or through which {@code input} of which run
 */
public record Approval(String planId, String approver, Instant at, String how) {
    public Approval {
        Objects.requireNonNull(planId, "planId");
        Objects.requireNonNull(approver, "approver");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(how, "how");
    }

    /** Adds it to a record, as {@link #of} reads it; without the plan's id, which the record names its own way. */
    public Fields addTo(final Fields fields) {
        return fields.with("approver", approver).with("approved", at).with("approved-how", how);
    }

    /** What {@link #addTo} added. */
    public static Approval of(final String planId, final Fields fields) {
        return new Approval(
                planId,
                fields.get("approver").orElseThrow(),
                Instant.parse(fields.get("approved").orElseThrow()),
                fields.get("approved-how").orElse(""));
    }
}
