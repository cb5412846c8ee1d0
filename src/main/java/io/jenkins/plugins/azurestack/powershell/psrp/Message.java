package io.jenkins.plugins.azurestack.powershell.psrp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A message of the PowerShell Remoting Protocol: a header of 40 bytes and CLIXML (MS-PSRP 2.2.1). Immutable.
 *
 * <p>On the wire the header is little-endian: destination, type, pool and pipeline, both GUIDs as {@link DotNetGuid} says.
 */
public final class Message {
    /** Length of the header in bytes. */
    public static final int HEADER_LENGTH = 40;

    private static final int TO_CLIENT = 1;
    private static final int TO_SERVER = 2;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final boolean toServer;
    private final int typeCode;
    private final UUID runspacePool;
    private final UUID pipeline;
    private final byte[] payload;

    private Message(boolean toServer, int typeCode, UUID runspacePool, UUID pipeline, byte[] payload) {
        this.toServer = toServer;
        this.typeCode = typeCode;
        this.runspacePool = Objects.requireNonNull(runspacePool, "runspacePool");
        this.pipeline = Objects.requireNonNull(pipeline, "pipeline");
        this.payload = payload;
    }

    /**
     * A message from client to server.
     *
     * @param type its type
     * @param runspacePool the pool
     * @param pipeline the pipeline, {@link DotNetGuid#NONE} for messages of the pool
     * @param payload CLIXML in UTF-8 without byte order mark, copied; empty for {@link MessageType#END_OF_PIPELINE_INPUT}
     * @return the message
     */
    public static Message toServer(MessageType type, UUID runspacePool, UUID pipeline, byte[] payload) {
        return new Message(true, type.code(), runspacePool, pipeline, payload.clone());
    }

    /**
     * A message from server to client.
     *
     * @param type its type
     * @param runspacePool the pool
     * @param pipeline the pipeline, {@link DotNetGuid#NONE} for messages of the pool
     * @param payload CLIXML in UTF-8, copied
     * @return the message
     */
    public static Message toClient(MessageType type, UUID runspacePool, UUID pipeline, byte[] payload) {
        return new Message(false, type.code(), runspacePool, pipeline, payload.clone());
    }

    /**
     * Reads a message. A byte order mark before the payload, as Windows writes it, is dropped.
     *
     * @param bytes a whole message, header first
     * @return the message, of whatever type
     * @throws MalformedMessageException when the header is cut short or the destination is neither client nor server
     */
    public static Message decode(byte[] bytes) throws MalformedMessageException {
        if (bytes.length < HEADER_LENGTH) {
            throw new MalformedMessageException(
                    "A message of " + bytes.length + " bytes is shorter than its header of " + HEADER_LENGTH);
        }
        final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        final int destination = buffer.getInt();
        if (destination != TO_CLIENT && destination != TO_SERVER) {
            throw new MalformedMessageException("A message's destination is neither client nor server");
        }
        final int typeCode = buffer.getInt();
        final UUID runspacePool = DotNetGuid.read(buffer);
        final UUID pipeline = DotNetGuid.read(buffer);
        final int from = startsWithMark(bytes) ? HEADER_LENGTH + BYTE_ORDER_MARK.length : HEADER_LENGTH;
        return new Message(
                destination == TO_SERVER,
                typeCode,
                runspacePool,
                pipeline,
                Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private static boolean startsWithMark(byte[] bytes) {
        final int end = HEADER_LENGTH + BYTE_ORDER_MARK.length;
        return bytes.length >= end
                && Arrays.equals(bytes, HEADER_LENGTH, end, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    /**
     * Writes the message.
     *
     * @return header and payload, the caller's own
     */
    public byte[] encode() {
        final ByteBuffer buffer =
                ByteBuffer.allocate(HEADER_LENGTH + payload.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(toServer ? TO_SERVER : TO_CLIENT).putInt(typeCode);
        DotNetGuid.write(runspacePool, buffer);
        DotNetGuid.write(pipeline, buffer);
        buffer.put(payload);
        return buffer.array();
    }

    /** Whether it goes from client to server. */
    public boolean isToServer() {
        return toServer;
    }

    /** The type; empty when it is not known here, and then the message is to be ignored. */
    public Optional<MessageType> type() {
        return MessageType.ofCode(typeCode);
    }

    /** The number of the type. */
    public int typeCode() {
        return typeCode;
    }

    /** The pool; all zero in some messages of a server, so don't route by it. */
    public UUID runspacePool() {
        return runspacePool;
    }

    /** The pipeline; {@link DotNetGuid#NONE} for messages of the pool. */
    public UUID pipeline() {
        return pipeline;
    }

    /** A copy of the CLIXML in UTF-8, without byte order mark; empty for {@link MessageType#END_OF_PIPELINE_INPUT}. */
    public byte[] payload() {
        return payload.clone();
    }

    /** The type and the size: the payload may be secret. */
    @Override
    public String toString() {
        final String name = type().map(Enum::name).orElseGet(() -> String.format("0x%08X", typeCode));
        return name + " of " + payload.length + " bytes";
    }
}
