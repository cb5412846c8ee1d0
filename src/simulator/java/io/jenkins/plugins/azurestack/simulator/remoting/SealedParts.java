package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmException;
import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmSession;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two parts of {@code multipart/encrypted}: what was sealed, and the sealed bytes (MS-WSMV 2.2.9.1.1). */
final class SealedParts {
    static final String CONTENT_TYPE = "multipart/encrypted;protocol=\"application/HTTP-SPNEGO-session-encrypted\""
            + ";boundary=\"Encrypted Boundary\"";

    private static final String BOUNDARY = "--Encrypted Boundary";
    private static final Pattern HEAD = Pattern.compile(
            "\\A--\\s?Encrypted Boundary\\s+"
                    + "Content-Type:\\s*application/HTTP-SPNEGO-session-encrypted\\s+"
                    + "OriginalContent:\\s*type=[^\\r\\n]*?;\\s*Length=(\\d{1,9})\\s*[\\r\\n]+"
                    + "--\\s?Encrypted Boundary\\s+"
                    + "Content-Type:\\s*application/octet-stream[ \\t]*\\r\\n",
            Pattern.CASE_INSENSITIVE);
    private static final int LONGEST_HEAD = 1024;

    private SealedParts() {}

    /** Whether a content type is that of sealed bodies. */
    static boolean isSealed(final String contentType) {
        return contentType.toLowerCase(Locale.ROOT).startsWith("multipart/encrypted");
    }

    /** Seals an envelope. */
    static byte[] seal(final NtlmSession session, final byte[] envelope) {
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(ascii(BOUNDARY + "\r\n\tContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n"
                + "\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=" + envelope.length + "\r\n"
                + BOUNDARY + "\r\n\tContent-Type: application/octet-stream\r\n"));
        body.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(NtlmSession.SIGNATURE_SIZE)
                .array());
        body.writeBytes(session.seal(envelope));
        body.writeBytes(ascii(BOUNDARY + "--\r\n"));
        return body.toByteArray();
    }

    /**
     * Opens a sealed body.
     *
     * @throws NtlmException if it is none, was altered, or does not follow the one before it
     */
    static byte[] unseal(final NtlmSession session, final byte[] body) throws NtlmException {
        final String head = new String(body, 0, Math.min(body.length, LONGEST_HEAD), StandardCharsets.ISO_8859_1);
        final Matcher matcher = HEAD.matcher(head);
        if (!matcher.find()) {
            throw new NtlmException("The client's sealed body has not the two parts of one");
        }
        final int at = matcher.end();
        final int sealed = NtlmSession.SIGNATURE_SIZE + Integer.parseInt(matcher.group(1));
        if (body.length - at < Integer.BYTES + sealed
                || ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).getInt(at) != NtlmSession.SIGNATURE_SIZE) {
            throw new NtlmException("The client's sealed body is cut off, or of another mechanism");
        }
        return session.unseal(body, at + Integer.BYTES, sealed);
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
