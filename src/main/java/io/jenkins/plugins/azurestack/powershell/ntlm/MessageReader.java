package io.jenkins.plugins.azurestack.powershell.ntlm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads numbers and payload fields of an NTLM message without ever reaching beyond it. */
final class MessageReader {

    static final byte[] SIGNATURE = "NTLMSSP\0".getBytes(StandardCharsets.US_ASCII);

    private final ByteBuffer message;

    private MessageReader(final ByteBuffer message) {
        this.message = message;
    }

    static MessageReader open(final byte[] token, final int type, final int minimalSize) throws NtlmException {
        if (token.length < minimalSize || !Arrays.equals(token, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
            throw new NtlmException("Not an NTLM message, or cut off");
        }
        final MessageReader in = new MessageReader(ByteBuffer.wrap(token).order(ByteOrder.LITTLE_ENDIAN));
        if (in.int32(8) != type) {
            throw new NtlmException("Not the NTLM message that was due");
        }
        return in;
    }

    int int32(final int at) {
        return message.getInt(at);
    }

    byte[] bytes(final int at, final int length) {
        final byte[] bytes = new byte[length];
        message.get(at, bytes);
        return bytes;
    }

    /** @return the payload that length and offset at {@code at} point to */
    byte[] field(final int at) throws NtlmException {
        final int length = Short.toUnsignedInt(message.getShort(at));
        final long offset = Integer.toUnsignedLong(message.getInt(at + 4));
        if (offset + length > message.capacity()) {
            throw new NtlmException("A field of the NTLM message reaches beyond its end");
        }
        return length == 0 ? new byte[0] : bytes((int) offset, length);
    }
}
