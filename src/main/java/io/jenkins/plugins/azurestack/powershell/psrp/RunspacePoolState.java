package io.jenkins.plugins.azurestack.powershell.psrp;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Where a runspace pool is in its life (MS-PSRP 2.2.3.4 and 3.1.1.2.2). Immutable. */
public enum RunspacePoolState {
    /** Nothing was sent yet. */
    BEFORE_OPEN(0),
    /** The server makes the runspace; a client does not see this state. */
    OPENING(1),
    /** Pipelines can run. */
    OPENED(2),
    /** It was closed on purpose. */
    CLOSED(3),
    /** It is being closed. */
    CLOSING(4),
    /** The server could not make or keep it. */
    BROKEN(5),
    /** The shell is asked for, and this side has said what it can. */
    NEGOTIATION_SENT(6),
    /** Both sides have agreed on a version. */
    NEGOTIATION_SUCCEEDED(7),
    /** This client comes back to it. */
    CONNECTING(8),
    /** It was left on the server. */
    DISCONNECTED(9);

    private final int number;

    RunspacePoolState(int number) {
        this.number = number;
    }

    /** The number that stands for this state on the wire. */
    public int number() {
        return number;
    }

    /** The state behind a number on the wire; empty for a number that the protocol does not define. */
    public static Optional<RunspacePoolState> of(int number) {
        for (RunspacePoolState state : values()) {
            if (state.number == number) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    /** Nothing leads out of {@link #CLOSED} and {@link #BROKEN}. */
    public boolean isTerminal() {
        return this == CLOSED || this == BROKEN;
    }

    /** Whether a client may go from this state to the next one; a terminal state leads nowhere. */
    public boolean leadsTo(RunspacePoolState next) {
        return successors().contains(next);
    }

    private Set<RunspacePoolState> successors() {
        return switch (this) {
            case BEFORE_OPEN -> EnumSet.of(NEGOTIATION_SENT, CONNECTING, CLOSED, BROKEN);
            case OPENING -> EnumSet.of(OPENED, CLOSING, BROKEN);
            case NEGOTIATION_SENT -> EnumSet.of(NEGOTIATION_SUCCEEDED, CLOSING, BROKEN);
            case NEGOTIATION_SUCCEEDED -> EnumSet.of(OPENED, CLOSING, BROKEN);
            case CONNECTING -> EnumSet.of(OPENED, CLOSING, DISCONNECTED, BROKEN);
            case OPENED -> EnumSet.of(CLOSING, DISCONNECTED, CONNECTING, BROKEN);
            case DISCONNECTED -> EnumSet.of(CONNECTING, CLOSING, BROKEN);
            case CLOSING -> EnumSet.of(CLOSED, BROKEN);
            case CLOSED, BROKEN -> EnumSet.noneOf(RunspacePoolState.class);
        };
    }
}
