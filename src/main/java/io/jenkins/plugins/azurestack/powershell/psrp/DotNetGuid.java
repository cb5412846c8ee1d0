package io.jenkins.plugins.azurestack.powershell.psrp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/** GUIDs in the byte order of .NET: the first three groups little-endian, the last two as written (MS-DTYP 2.3.4.2). */
public final class DotNetGuid {
    /** Length in bytes. */
    public static final int LENGTH = 16;

    /** The GUID of zeros, which stands for none. */
    public static final UUID NONE = new UUID(0, 0);

    private DotNetGuid() {}

    /**
     * Writes a GUID at the buffer's position; the buffer's own byte order doesn't matter and stays.
     *
     * @param guid what to write
     * @param target has at least 16 bytes left
     */
    public static void write(UUID guid, ByteBuffer target) {
        final ByteOrder order = target.order();
        final long high = guid.getMostSignificantBits();
        target.order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) (high >>> 32))
                .putShort((short) (high >>> 16))
                .putShort((short) high);
        target.order(ByteOrder.BIG_ENDIAN).putLong(guid.getLeastSignificantBits());
        target.order(order);
    }

    /**
     * Reads a GUID at the buffer's position; the buffer's own byte order doesn't matter and stays.
     *
     * @param source has at least 16 bytes left
     * @return the GUID
     */
    public static UUID read(ByteBuffer source) {
        final ByteOrder order = source.order();
        source.order(ByteOrder.LITTLE_ENDIAN);
        final long first = Integer.toUnsignedLong(source.getInt());
        final long second = Short.toUnsignedLong(source.getShort());
        final long third = Short.toUnsignedLong(source.getShort());
        final long low = source.order(ByteOrder.BIG_ENDIAN).getLong();
        source.order(order);
        return new UUID(first << 32 | second << 16 | third, low);
    }
}
