package io.jenkins.plugins.azurestack.powershell.psrp;

import java.util.Optional;

/** Where a pipeline is in its life (MS-PSRP 2.2.3.5). Immutable. */
public enum PipelineState {
    NOT_STARTED(0),
    RUNNING(1),
    STOPPING(2),
    STOPPED(3),
    COMPLETED(4),
    FAILED(5),
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
