package io.jenkins.plugins.azurestack.powershell.wsman;

import java.util.List;
import java.util.OptionalLong;

/** What one Receive brought; that it brought nothing within its time is a normal result. Immutable. */
public final class ReceiveResult {

    /** The state of a command as WS-Management sees it. */
    public enum CommandState {
        /** The answer says nothing about it. */
        UNSAID,
        /** It has not begun. */
        PENDING,
        /** It runs. */
        RUNNING,
        /** No output will follow, whether or not a pipeline state came. */
        DONE
    }

    /** The server had nothing to say within the operation's time: ask again. */
    public static final ReceiveResult NO_DATA_YET = new ReceiveResult(List.of(), CommandState.UNSAID, null);

    private final List<StreamChunk> chunks;
    private final CommandState commandState;
    private final Long exitCode;

    ReceiveResult(final List<StreamChunk> chunks, final CommandState commandState, final Long exitCode) {
        this.chunks = List.copyOf(chunks);
        this.commandState = commandState;
        this.exitCode = exitCode;
    }

    /** @return in the order of the answer; may be empty */
    public List<StreamChunk> chunks() {
        return chunks;
    }

    /** @return the state of the command that was asked about */
    public CommandState commandState() {
        return commandState;
    }

    /** @return the command's exit code, if the answer has one */
    public OptionalLong exitCode() {
        return exitCode == null ? OptionalLong.empty() : OptionalLong.of(exitCode);
    }

    /** @return whether the command is done */
    public boolean done() {
        return commandState == CommandState.DONE;
    }

    @Override
    public String toString() {
        return "ReceiveResult" + chunks + commandState;
    }
}
