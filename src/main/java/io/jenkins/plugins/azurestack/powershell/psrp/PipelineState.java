package io.jenkins.plugins.azurestack.powershell.psrp;

import java.util.Optional;

/** Where a pipeline is in its life (MS-PSRP 2.2.3.5). Immutable. */
public enum PipelineState {
    /** The server has it and has not begun. */
    NOT_STARTED(0),
    /** It runs, as far as this client knows. */
    RUNNING(1),
    /** It was asked to stop. */
    STOPPING(2),
    /** It was stopped before its end. */
    STOPPED(3),
    /** It ran to its end, maybe with errors that did not end it. */
    COMPLETED(4),
    /** A terminating error ended it. */
    FAILED(5),
    /** This client does not follow it any more: it was left, lost or is gone. */
    DISCONNECTED(6);

    private final int number;

    PipelineState(int number) {
        this.number = number;
    }

    /** The number that stands for this state on the wire. */
    public int number() {
        return number;
    }

    /** The state behind a number on the wire; empty for a number that the protocol does not define. */
    public static Optional<PipelineState> of(int number) {
        for (PipelineState state : values()) {
            if (state.number == number) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    /** Stopped, completed and failed pipelines say nothing more. */
    public boolean isTerminal() {
        return this == STOPPED || this == COMPLETED || this == FAILED;
    }
}
