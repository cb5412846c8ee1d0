package io.jenkins.plugins.azurestack.powershell.wsman;

import java.util.Objects;
import java.util.Optional;

/** One {@code rsp:Stream} element of a Receive's answer, decoded from base64. Immutable. */
public final class StreamChunk {

    private final String stream;
    private final CommandId command;
    private final boolean end;
    private final byte[] bytes;

    /**
     * @param stream name of the stream, {@code stdout}
     * @param command whose output it is, or null for the shell's own
     * @param end whether the stream ends with it
     * @param bytes copied; may be empty
     */
    public StreamChunk(final String stream, final CommandId command, final boolean end, final byte[] bytes) {
        this.stream = Objects.requireNonNull(stream, "stream");
        this.command = command;
        this.end = end;
        this.bytes = bytes.clone();
    }

    /** @return name of the stream, {@code stdout} */
    public String stream() {
        return stream;
    }

    /** @return whose output it is; empty for the shell's own */
    public Optional<CommandId> command() {
        return Optional.ofNullable(command);
    }

    /** @return whether the stream ends with it */
    public boolean end() {
        return end;
    }

    /** @return a copy of what it carries; may be empty */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "StreamChunk[" + stream + ", " + bytes.length + " bytes" + (end ? ", end]" : "]");
    }
}
