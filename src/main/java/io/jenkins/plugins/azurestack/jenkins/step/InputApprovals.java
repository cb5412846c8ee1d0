package io.jenkins.plugins.azurestack.jenkins.step;

import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.wiring.InputApproval;
import io.jenkins.plugins.azurestack.wiring.Starters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.actions.ArgumentsAction;
import org.jenkinsci.plugins.workflow.actions.TimingAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.support.steps.input.InputSubmittedAction;

/**
 * The approvals that Jenkins itself has written down: who answered which {@code input} of a run. They are in the steps of
 * the run that lie before the one that asks, where the plugin Pipeline: Input Step puts them.
 */
final class InputApprovals {
    private InputApprovals() {}

    /**
     * Finds the approval of something.
     *
     * @param starters who started the build
     * @param node the step that asks; empty if there is none
     * @param otherwise why no approval elsewhere counts; empty if there is none
     * @throws Rejected if there is none; says what is missing
     */
    static Approval of(
            final Starters starters,
            final Optional<FlowNode> node,
            final String build,
            final String id,
            final Instant since,
            final String otherwise) {
        return InputApproval.of(
                id, since, starters, node.map(InputApprovals::answers).orElse(List.of()), build, otherwise);
    }

    private static List<InputApproval.Answer> answers(final FlowNode asking) {
        try {
            final List<InputApproval.Answer> answers = new ArrayList<>();
            for (final FlowNode next : new DepthFirstScanner().allNodes(List.of(asking))) {
                for (final FlowNode input : next.getParents()) {
                    final InputSubmittedAction submitted = input.getPersistentAction(InputSubmittedAction.class);
                    if (submitted != null) {
                        answers.add(answer(input, submitted, next));
                    }
                }
            }
            return answers;
        } catch (NoClassDefFoundError e) {
            final Rejected absent = new Rejected(
                    "approvedPlan",
                    "nobody can approve in a run without the plugin Pipeline: Input Step. Nothing was changed. Install"
                            + " it, or set the stamp's approval to 'none'");
            absent.initCause(e);
            throw absent;
        }
    }

    /** @param next what came after the input: by then it had been answered */
    private static InputApproval.Answer answer(
            final FlowNode input, final InputSubmittedAction submitted, final FlowNode next) {
        final Object message = ArgumentsAction.getArguments(input).get("message");
        return new InputApproval.Answer(
                Optional.ofNullable(submitted.getApprover()),
                Instant.ofEpochMilli(TimingAction.getStartTime(input)),
                Instant.ofEpochMilli(TimingAction.getStartTime(next)),
                String.valueOf(message));
    }
}
