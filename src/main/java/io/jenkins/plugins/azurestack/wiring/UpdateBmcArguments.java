package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.bmc.BmcCondition;
import io.jenkins.plugins.azurestack.bmc.BmcLimits;
import io.jenkins.plugins.azurestack.change.Condition;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The arguments of {@code azsUpdateBmc} as somebody wrote them, checked alone and together.
 *
 * @param newCredentialsId the id of the credential that holds the new password; empty if one is made
 * @param generate whether one is made
 * @param plan whether a plan is to be made
 * @param approvedPlan the id of the plan that is to be carried out; empty if none is
 * @param resume the id of the update that is to be gone on with; empty if none is
 * @param back whether that one is to be taken back
 * @param acceptUnknown words of {@link BmcCondition} whose being unknown is accepted
 * @param timeout seconds to wait for the stamp's call; 0 for what is usual
 */
public record UpdateBmcArguments(
        String newCredentialsId,
        boolean generate,
        boolean plan,
        String approvedPlan,
        String resume,
        boolean back,
        List<String> acceptUnknown,
        int timeout) {
    private static final Duration PLANNING = Duration.ofHours(1);

    /** @throws Rejected naming the argument that cannot be used, or not with the others */
    public UpdateBmcArguments {
        newCredentialsId = text(newCredentialsId);
        approvedPlan = text(approvedPlan);
        resume = text(resume);
        acceptUnknown = acceptUnknown.stream()
                .map(UpdateBmcArguments::text)
                .filter(word -> !word.isEmpty())
                .toList();
        Objects.requireNonNull(new PlanArguments(plan, approvedPlan, resume, timeout));
        requireSource(newCredentialsId, generate, plan);
        PlanArguments.requireAcceptable(BmcCondition.class, acceptUnknown, plan);
        if (back && resume.isEmpty()) {
            throw new Rejected("back", "needs the update that stopped half its way: resume: '<id>', back: true");
        }
    }

    private static String text(final String value) {
        return value == null ? "" : value.trim();
    }

    private static void requireSource(final String newCredentialsId, final boolean generate, final boolean plan) {
        if (plan && newCredentialsId.isEmpty() && !generate) {
            throw new Rejected(
                    "generate",
                    "say where the new password comes from: generate: true makes one, newCredentialsId: '<id>' names the"
                            + " credential that holds it");
        }
        if (generate && !newCredentialsId.isEmpty()) {
            throw new Rejected("generate", "give either generate: true or newCredentialsId, not both");
        }
        if (!plan && (generate || !newCredentialsId.isEmpty())) {
            throw new Rejected(
                    generate ? "generate" : "newCredentialsId",
                    "belongs to the plan, which remembers it; give it with plan: true");
        }
    }

    /** What is asked for. */
    public PlanArguments asked() {
        return new PlanArguments(plan, approvedPlan, resume, timeout);
    }

    /** How long the step may wait in all: what was given, or else what is usual. A plan waits an hour. */
    public Duration longestWait() {
        return plan ? PLANNING : asked().patience().orElseGet(BmcLimits.USUAL::follow);
    }

    Set<BmcCondition> accepted() {
        return Condition.allNamed(BmcCondition.class, acceptUnknown);
    }
}
