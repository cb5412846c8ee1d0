package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import java.util.List;
import java.util.Objects;

/**
 * What was received of a pipeline. Immutable.
 *
 * @param state the state it was in when this was taken
 * @param output the objects of the output stream, in order
 * @param errors the errors that did not end it, in order
 * @param warnings in order
 * @param information in order
 * @param gaps where something may be missing; empty when all of it is here for certain
 * @param refusedHostCalls host methods that wanted an answer from a user and were refused, such as {@code PROMPT}
 */
public record PipelineResult(
        PipelineState state,
        List<PsValue> output,
        List<ErrorRecord> errors,
        List<WarningRecord> warnings,
        List<InformationRecord> information,
        List<OutputGap> gaps,
        List<String> refusedHostCalls) {

    public PipelineResult {
        Objects.requireNonNull(state, "state");
        output = List.copyOf(output);
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
        information = List.copyOf(information);
        gaps = List.copyOf(gaps);
        refusedHostCalls = List.copyOf(refusedHostCalls);
    }

    /** Whether the pipeline ran to its end, wrote no error, and all of its output is here. */
    public boolean succeeded() {
        return state == PipelineState.COMPLETED && errors.isEmpty() && isComplete();
    }

    /** Whether all that the pipeline said so far is here for certain. */
    public boolean isComplete() {
        return gaps.isEmpty();
    }

    /** Counts only: output may be confidential. */
    @Override
    public String toString() {
        return "PipelineResult[" + state + ", " + output.size() + " objects, " + errors.size() + " errors"
                + (isComplete() ? "" : ", may be incomplete") + "]";
    }
}
