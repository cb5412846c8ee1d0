package io.jenkins.plugins.azurestack.powershell.wsman;

import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmException;
import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code multipart/encrypted} body in which sealed messages travel (MS-WSMV 2.2.9.1). */
final class SealedBody {

    static final String CONTENT_TYPE = "multipart/encrypted;protocol=\"application/HTTP-SPNEGO-session-encrypted\";"
            + "boundary=\"Encrypted Boundary\"";

    private static final String DELIMITER = "--Encrypted Boundary";
    private static final String BEFORE_LENGTH = DELIMITER
            + "\r\n\tContent-Type: application/HTTP-SPNEGO-session-encrypted"
            + "\r\n\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=";
    private static final String AFTER_LENGTH = "\r\n" + DELIMITER + "\r\n\tContent-Type: application/octet-stream\r\n";
    private static final byte[] END = ascii(DELIMITER + "--\r\n");
    private static final Pattern ENCRYPTED = Pattern.compile("content-type:\\s*application/octet-stream");
    private static final Pattern LENGTH = Pattern.compile("(?:^|;)\\s*length\\s*=\\s*([0-9]{1,9})\\s*(?:;|$)");
    private static final int MAXIMAL_HEAD = 4096;

    private SealedBody() {}

    static byte[] write(final NtlmSession session, final byte[] envelope) {
        final byte[] head = ascii(BEFORE_LENGTH + envelope.length + AFTER_LENGTH);
        final int sealed = NtlmSession.SIGNATURE_SIZE + envelope.length;
        final byte[] body = new byte[head.length + 4 + sealed + END.length];
        ByteBuffer.wrap(body)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(head)
                .putInt(NtlmSession.SIGNATURE_SIZE)
                .position(head.length + 4 + sealed)
                .put(END);
        session.seal(envelope, body, head.length + 4);
        return body;
    }

    /**
     * The end of the ciphertext is found by the declared length: it may contain anything, a boundary included.
     *
     * @throws MalformedAnswerException if it is cut off, altered, or not in this form
     */
    static byte[] read(final NtlmSession session, final byte[] body) throws MalformedAnswerException {
        int at = 0;
        int length = -1;
        while (true) {
            final int end = endOfLine(body, at);
            final String line = new String(body, at, end - at, StandardCharsets.ISO_8859_1)
                    .strip()
                    .toLowerCase(Locale.ROOT);
            at = end + 1;
            if (line.startsWith("originalcontent:")) {
                length = length(line.substring("originalcontent:".length()));
            } else if (ENCRYPTED.matcher(line).matches()) {
                return unseal(session, body, at, length);
            }
        }
    }

    private static int endOfLine(final byte[] body, final int from) throws MalformedAnswerException {
        for (int i = from; i < body.length && i < MAXIMAL_HEAD; i++) {
            if (body[i] == '\n') {
                return i;
            }
        }
        throw new MalformedAnswerException("The sealed answer has no encrypted part, or is cut off", null);
    }

    private static int length(final String parameters) throws MalformedAnswerException {
        final Matcher matcher = LENGTH.matcher(parameters);
        if (!matcher.find()) {
            throw new MalformedAnswerException("The sealed answer does not say its length", null);
        }
        return Integer.parseInt(matcher.group(1));
    }

    private static byte[] unseal(final NtlmSession session, final byte[] body, final int at, final int length)
            throws MalformedAnswerException {
        final int sealed = NtlmSession.SIGNATURE_SIZE + length;
        if (length < 0 || body.length - at - 4 < sealed + 2) {
            throw new MalformedAnswerException("The sealed answer is cut off", null);
        }
        if (ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).getInt(at) != NtlmSession.SIGNATURE_SIZE) {
            throw new MalformedAnswerException("The sealed answer has a signature of another mechanism", null);
        }
        final int end = at + 4 + sealed;
        if (body[end] != '-' || body[end + 1] != '-') {
            throw new MalformedAnswerException("The sealed answer does not end where it says", null);
        }
        try {
            return session.unseal(body, at + 4, sealed);
        } catch (NtlmException e) {
            throw new MalformedAnswerException(
                    "The answer was not sealed by the server that was logged on to, or was altered on its way: "
                            + e.getMessage(),
                    e);
        }
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
