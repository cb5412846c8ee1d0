package io.jenkins.plugins.azurestack.arm;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The fields of an HTML form as bytes that can be wiped, since one of them may be a secret. For one thread. */
final class Form implements AutoCloseable {
    private static final int FIRST_SIZE = 512;
    /** Of one byte in percent encoding. */
    private static final int LONGEST = 3;

    private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[FIRST_SIZE];
    private int length;

    Form add(final String name, final String value) {
        return add(name, value.toCharArray());
    }

    /** @param value wiped when it was added */
    Form add(final String name, final char[] value) {
        if (length > 0) {
            append((byte) '&');
        }
        encode(name.getBytes(StandardCharsets.UTF_8));
        append((byte) '=');
        final ByteBuffer utf8 = StandardCharsets.UTF_8.encode(CharBuffer.wrap(value));
        Arrays.fill(value, '\0');
        final byte[] exact = new byte[utf8.remaining()];
        utf8.get(exact);
        Arrays.fill(utf8.array(), (byte) 0);
        encode(exact);
        Arrays.fill(exact, (byte) 0);
        return this;
    }

    private void encode(final byte[] plain) {
        for (final byte one : plain) {
            final boolean unreserved = one >= 'a' && one <= 'z'
                    || one >= 'A' && one <= 'Z'
                    || one >= '0' && one <= '9'
                    || one == '-'
                    || one == '.'
                    || one == '_'
                    || one == '~';
            if (unreserved) {
                append(one);
            } else {
                append((byte) '%');
                append(DIGITS[(one >> 4) & 0xF]);
                append(DIGITS[one & 0xF]);
            }
        }
    }

    private void append(final byte one) {
        if (length + LONGEST > bytes.length) {
            final byte[] larger = Arrays.copyOf(bytes, bytes.length * 2);
            Arrays.fill(bytes, (byte) 0);
            bytes = larger;
        }
        bytes[length++] = one;
    }

    /** A copy that the caller wipes. */
    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
        length = 0;
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return "form";
    }
}
