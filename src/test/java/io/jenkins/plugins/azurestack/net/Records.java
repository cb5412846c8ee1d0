package io.jenkins.plugins.azurestack.net;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The TLS records that a client sent, named by what they carry. */
final class Records {
    private Records() {}

    /** Such as {@code ClientHello}, {@code handshake 16}, {@code alert}; a torn last record is {@code torn}. */
    static List<String> names(final byte[] sent) {
        final List<String> names = new ArrayList<>();
        final ByteBuffer rest = ByteBuffer.wrap(sent);
        while (rest.hasRemaining()) {
            if (rest.remaining() < 5) {
                names.add("torn");
                return names;
            }
            final int type = rest.get();
            rest.getShort();
            final int length = Short.toUnsignedInt(rest.getShort());
            if (rest.remaining() < length) {
                names.add("torn");
                return names;
            }
            names.add(
                    switch (type) {
                        case 20 -> "change cipher spec";
                        case 21 -> "alert";
                        case 22 -> rest.get(rest.position()) == 1 ? "ClientHello" : "handshake";
                        case 23 -> "application data";
                        default -> "record of type " + type;
                    });
            rest.position(rest.position() + length);
        }
        return names;
    }

    /** The server name that the first ClientHello asks for (RFC 6066 section 3); empty if it asks for none. */
    static String serverName(final byte[] sent) {
        final ByteBuffer hello = ByteBuffer.wrap(sent);
        // Record header, handshake header, version and random.
        hello.position(5 + 4 + 2 + 32);
        skip(hello, Byte.toUnsignedInt(hello.get()));
        skip(hello, Short.toUnsignedInt(hello.getShort()));
        skip(hello, Byte.toUnsignedInt(hello.get()));
        hello.getShort();
        while (hello.hasRemaining()) {
            final int type = Short.toUnsignedInt(hello.getShort());
            final int length = Short.toUnsignedInt(hello.getShort());
            if (type == 0) {
                // Length of the list, and the name's type.
                skip(hello, 3);
                final byte[] name = new byte[hello.getShort()];
                hello.get(name);
                return new String(name, StandardCharsets.US_ASCII);
            }
            skip(hello, length);
        }
        return "";
    }

    private static void skip(final ByteBuffer buffer, final int bytes) {
        buffer.position(buffer.position() + bytes);
    }
}
