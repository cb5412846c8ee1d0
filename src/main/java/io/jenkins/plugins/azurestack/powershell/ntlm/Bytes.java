package io.jenkins.plugins.azurestack.powershell.ntlm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Little-endian numbers and UTF-16LE text, as MS-NLMP writes them. */
final class Bytes {

    private Bytes() {}

    static byte[] u16(final int value) {
        return new byte[] {(byte) value, (byte) (value >> 8)};
    }

    static byte[] u32(final int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    static byte[] u64(final long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    static byte[] utf16(final String text) {
        return text.getBytes(StandardCharsets.UTF_16LE);
    }

    /** For secrets: leaves no copy behind but the result. */
    static byte[] utf16(final char[] text) {
        final ByteBuffer encoded = StandardCharsets.UTF_16LE.encode(CharBuffer.wrap(text));
        final byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        Arrays.fill(encoded.array(), (byte) 0);
        return bytes;
    }

    static byte[] join(final byte[]... parts) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (final byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
