package io.jenkins.plugins.azurestack.rehearsal;

import io.jenkins.plugins.azurestack.stamp.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What went on in the rehearsed build, in its order. Used by the thread that runs the Jenkinsfile, and after its end. */
final class Proceedings {
    private static final int LONGEST = 200;

    /** What is safe and what to do stand at the end of a failure: it is shown whole. */
    private static final int LONGEST_FAILURE = 4000;

    private final List<Stage> stages = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Approved> approvals = new ArrayList<>();

    /**
     * A stage that the build came to.
     *
     * @param path its name, after those of the stages that it is in
     * @param result what became of it; empty if it was skipped
     * @param remark why it was skipped or failed; may be empty
     */
    record Stage(List<String> path, Optional<BuildResult> result, String remark) {
        Stage {
            path = List.copyOf(path);
        }
    }

    /**
     * A step without a block that was called.
     *
     * @param name the word in the Jenkinsfile
     * @param arguments as they were bound, shortened
     * @param stages the stages that it was called in, the outermost first
     * @param line the line of the Jenkinsfile; 0 if unknown
     * @param at when, in the rehearsed time
     * @param did one line: its own summary, or the first that it said; may be empty
     * @param said what it put on the console
     * @param failed whether it threw
     */
    record Step(
            String name,
            String arguments,
            List<String> stages,
            int line,
            Instant at,
            String did,
            List<String> said,
            boolean failed) {
        Step {
            stages = List.copyOf(stages);
            said = List.copyOf(said);
            arguments = Text.printable(arguments, LONGEST);
            did = Text.printable(did, failed ? LONGEST_FAILURE : LONGEST);
        }
    }

    /**
     * An {@code input} that was answered.
     *
     * @param message what was asked
     * @param approver who is said to have answered
     * @param submitters who may in a Jenkins; empty for everybody
     */
    record Approved(String message, String approver, String submitters, Instant at) {}

    /** Notes that a stage began; its place in the order is that of its beginning. */
    int begin(final List<String> path) {
        stages.add(new Stage(path, Optional.of(BuildResult.SUCCESS), ""));
        return stages.size() - 1;
    }

    /** Notes how a stage ended, unless it was skipped. */
    void end(final int stage, final BuildResult result, final String remark) {
        if (stages.get(stage).result().isPresent()) {
            stages.set(
                    stage, new Stage(stages.get(stage).path(), Optional.of(result), Text.printable(remark, LONGEST)));
        }
    }

    /** Notes that the stage that began last, and has not ended, is skipped. */
    void skip(final List<String> path, final String why) {
        for (int i = stages.size() - 1; i >= 0; i--) {
            if (stages.get(i).path().equals(path)) {
                stages.set(i, new Stage(path, Optional.empty(), why));
                return;
            }
        }
    }

    void add(final Step step) {
        steps.add(step);
    }

    void add(final Approved approval) {
        approvals.add(approval);
    }

    List<Stage> stages() {
        return List.copyOf(stages);
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    List<Approved> approvals() {
        return List.copyOf(approvals);
    }
}
