package io.jenkins.plugins.azurestack.simulator.tls;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The first words of a TLS client (RFC 8446 4.1.2), read before anybody answers, and kept for whoever does.
 *
 * @param name the host name of the SNI extension (RFC 6066 3) in lower case; empty if there is none
 * @param raw the records as read
 */
record ClientHello(String name, byte[] raw) {
    private static final int RECORD_HEADER = 5;
    private static final int HANDSHAKE_HEADER = 4;
    private static final int HANDSHAKE_RECORD = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int VERSION_AND_RANDOM = 2 + 32;
    private static final int SERVER_NAME = 0;
    private static final int HOST_NAME = 0;
    private static final int LONGEST = 1 << 16;

    /**
     * Reads records until the hello is complete.
     *
     * @throws ProtocolException if what comes is no client hello
     * @throws EOFException if the client leaves before it has said one
     */
    static ClientHello read(final InputStream in) throws IOException {
        final ByteArrayOutputStream raw = new ByteArrayOutputStream();
        final ByteArrayOutputStream message = new ByteArrayOutputStream();
        do {
            final byte[] header = exactly(in, RECORD_HEADER);
            final int length = ByteBuffer.wrap(header).getShort(RECORD_HEADER - 2) & 0xFFFF;
            if (header[0] != HANDSHAKE_RECORD || length == 0 || message.size() + length > LONGEST) {
                throw new ProtocolException("Not a TLS handshake");
            }
            final byte[] fragment = exactly(in, length);
            raw.writeBytes(header);
            raw.writeBytes(fragment);
            message.writeBytes(fragment);
        } while (message.size() < HANDSHAKE_HEADER || message.size() < lengthOf(message.toByteArray()));
        try {
            return new ClientHello(serverName(ByteBuffer.wrap(message.toByteArray())), raw.toByteArray());
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new ProtocolException("A client hello that contradicts its own lengths");
        }
    }

    private static byte[] exactly(final InputStream in, final int length) throws IOException {
        final byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The client left in the middle of its hello");
        }
        return bytes;
    }

    private static int lengthOf(final byte[] message) throws ProtocolException {
        if (message[0] != CLIENT_HELLO) {
            throw new ProtocolException("Not a client hello");
        }
        return HANDSHAKE_HEADER + ((message[1] & 0xFF) << 16 | (message[2] & 0xFF) << 8 | message[3] & 0xFF);
    }

    private static String serverName(final ByteBuffer hello) {
        skip(hello, HANDSHAKE_HEADER + VERSION_AND_RANDOM);
        skip(hello, hello.get() & 0xFF);
        skip(hello, hello.getShort() & 0xFFFF);
        skip(hello, hello.get() & 0xFF);
        if (!hello.hasRemaining()) {
            return "";
        }
        hello.getShort();
        while (hello.hasRemaining()) {
            final int type = hello.getShort() & 0xFFFF;
            final int length = hello.getShort() & 0xFFFF;
            if (type == SERVER_NAME) {
                hello.getShort();
                return hello.get() == HOST_NAME ? text(hello, hello.getShort() & 0xFFFF) : "";
            }
            skip(hello, length);
        }
        return "";
    }

    private static String text(final ByteBuffer from, final int length) {
        final byte[] name = new byte[length];
        from.get(name);
        return new String(name, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
    }

    private static void skip(final ByteBuffer buffer, final int bytes) {
        buffer.position(buffer.position() + bytes);
    }
}
