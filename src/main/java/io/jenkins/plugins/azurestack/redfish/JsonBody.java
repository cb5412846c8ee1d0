package io.jenkins.plugins.azurestack.redfish;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The JSON of a request as bytes that can be wiped, since a password is in it. For one thread. */
final class JsonBody implements AutoCloseable {
    /** Bytes of one character, written as <code>&#92;u0000</code>. */
    private static final int LONGEST = 6;

    private static final int CONTROL = 0x20;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;

    private JsonBody(final byte[] bytes) {
        this.bytes = bytes;
    }

    /** What opens a session. */
    static JsonBody session(final String userName, final char[] password) {
        final char[] name = userName.toCharArray();
        return written("{\"UserName\":\"", name, "\",\"Password\":\"", password, "\"}");
    }

    /** What changes the password of an account. */
    static JsonBody password(final char[] password) {
        return written("{\"Password\":\"", password, "\"}");
    }

    /** What changes an attribute of a Dell BMC. */
    static JsonBody attribute(final String name, final char[] password) {
        return written("{\"Attributes\":{\"" + name + "\":\"", password, "\"}}");
    }

    /** @param parts texts as they are, and characters to be escaped */
    private static JsonBody written(final Object... parts) {
        int longest = 0;
        for (final Object part : parts) {
            longest += part instanceof char[] plain ? plain.length * LONGEST : ((String) part).length();
        }
        final ByteBuffer buffer = ByteBuffer.allocate(longest);
        try {
            for (final Object part : parts) {
                if (part instanceof char[] plain) {
                    escape(plain, buffer);
                } else {
                    buffer.put(((String) part).getBytes(StandardCharsets.US_ASCII));
                }
            }
            return new JsonBody(Arrays.copyOf(buffer.array(), buffer.position()));
        } finally {
            Arrays.fill(buffer.array(), (byte) 0);
        }
    }

    private static void escape(final char[] plain, final ByteBuffer buffer) {
        final byte[] utf8 = utf8(plain);
        for (final byte one : utf8) {
            if (one >= 0 && one < CONTROL) {
                buffer.put(new byte[] {'\\', 'u', '0', '0', DIGITS[one >> 4], DIGITS[one & 0xF]});
            } else {
                if (one == '"' || one == '\\') {
                    buffer.put((byte) '\\');
                }
                buffer.put(one);
            }
        }
        Arrays.fill(utf8, (byte) 0);
    }

    /**
     * The caller's to wipe.
     *
     * @throws IllegalArgumentException if it has halves of characters: what is sent would be another password
     */
    static byte[] utf8(final char[] plain) {
        final ByteBuffer buffer = ByteBuffer.allocate(plain.length * LONGEST);
        final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPORT);
        try {
            final CoderResult result = encoder.encode(CharBuffer.wrap(plain), buffer, true);
            if (result.isError()) {
                result.throwException();
            }
            return Arrays.copyOf(buffer.array(), buffer.position());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("A user name or password has half a character in it; nothing was sent");
        } finally {
            Arrays.fill(buffer.array(), (byte) 0);
        }
    }

    /** Not a copy: zeros after {@link #close}. */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return "JSON";
    }
}
