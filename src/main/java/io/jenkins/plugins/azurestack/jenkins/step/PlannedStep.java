package io.jenkins.plugins.azurestack.jenkins.step;

import java.util.Map;
import java.util.stream.Stream;

/** What steps that plan and carry out have in common where they are shown. */
final class PlannedStep {
    private PlannedStep() {}

    /** What Pipeline's page of steps shows of the arguments: the plan, or else the stamp; an id begins with its stamp. */
    static String shown(final Map<String, Object> arguments) {
        return Stream.of("approvedPlan", "resume", "stamp")
                .map(arguments::get)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst()
                .orElse(null);
    }
}
