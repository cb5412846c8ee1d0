package io.jenkins.plugins.azurestack.net;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What the plain bytes of a TLS record say (RFC 5246 section 6.2, RFC 8446 section 5.1). */
final class TlsRecord {
    static final int HEADER = 5;
    /** Header, plaintext of 2^14, and the expansion that TLS 1.2 allows. */
    static final int LONGEST = HEADER + (1 << 14) + 2048;

    static final String PROTOCOL_VERSION = "protocol_version";

    private static final int MAJOR_VERSION = 3;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;
    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_HELLO = 2;
    private static final int ALERT_LENGTH = 2;
    private static final int WARNING = 1;
    private static final int CLOSE_NOTIFY = 0;
    /** Handshake type and length stand before the version of a ServerHello. */
    private static final int SERVER_VERSION = HEADER + 4;

    private static final int WORDS_SHOWN = 24;

    /** RFC 8446 section 6, RFC 5246 section 7.2 and RFC 6066 section 9. */
    private static final Map<Integer, String> ALERTS = Map.ofEntries(
            Map.entry(10, "unexpected_message"),
            Map.entry(20, "bad_record_mac"),
            Map.entry(22, "record_overflow"),
            Map.entry(40, "handshake_failure"),
            Map.entry(42, "bad_certificate"),
            Map.entry(43, "unsupported_certificate"),
            Map.entry(47, "illegal_parameter"),
            Map.entry(48, "unknown_ca"),
            Map.entry(49, "access_denied"),
            Map.entry(50, "decode_error"),
            Map.entry(51, "decrypt_error"),
            Map.entry(70, PROTOCOL_VERSION),
            Map.entry(71, "insufficient_security"),
            Map.entry(80, "internal_error"),
            Map.entry(86, "inappropriate_fallback"),
            Map.entry(90, "user_canceled"),
            Map.entry(109, "missing_extension"),
            Map.entry(110, "unsupported_extension"),
            Map.entry(112, "unrecognized_name"),
            Map.entry(113, "bad_certificate_status_response"),
            Map.entry(115, "unknown_psk_identity"),
            Map.entry(116, "certificate_required"),
            Map.entry(120, "no_application_protocol"));

    private TlsRecord() {}

    /** Whether a header is one of a record that may come in a handshake, of a length that a record may have. */
    static boolean looksLikeOne(final byte[] record) {
        final int length = length(record);
        return couldBecomeOne(record, HEADER) && length > 0 && HEADER + length <= LONGEST;
    }

    /** Whether the first bytes, perhaps fewer than a header, can be those of a record. */
    static boolean couldBecomeOne(final byte[] record, final int available) {
        final int type = record[0];
        final boolean known = type >= CHANGE_CIPHER_SPEC && type <= APPLICATION_DATA;
        return known && (available < 2 || record[1] == MAJOR_VERSION);
    }

    static int length(final byte[] record) {
        return Byte.toUnsignedInt(record[3]) << Byte.SIZE | Byte.toUnsignedInt(record[4]);
    }

    static boolean isClientHello(final byte[] record, final int length) {
        return length > HEADER && record[0] == HANDSHAKE && record[HEADER] == CLIENT_HELLO;
    }

    /**
     * Whether a server remarks on something and goes on, such as on a name it does not know. To the engine any warning
     * is the end.
     */
    static boolean isWarning(final byte[] record) {
        return isPlainAlert(record) && record[HEADER] == WARNING && record[HEADER + 1] != CLOSE_NOTIFY;
    }

    static boolean isFatalAlert(final byte[] record) {
        return isPlainAlert(record) && !isWarning(record);
    }

    private static boolean isPlainAlert(final byte[] record) {
        return record[0] == ALERT && length(record) == ALERT_LENGTH;
    }

    static String alertName(final byte[] record) {
        final int description = Byte.toUnsignedInt(record[HEADER + 1]);
        return description == CLOSE_NOTIFY ? "close_notify" : ALERTS.getOrDefault(description, "number " + description);
    }

    /** The protocol of a ServerHello that chose one older than TLS 1.2; else empty. */
    static String oldProtocolOf(final byte[] record, final int length) {
        final boolean serverHello =
                record[0] == HANDSHAKE && length > SERVER_VERSION + 1 && record[HEADER] == SERVER_HELLO;
        if (!serverHello || record[SERVER_VERSION] != MAJOR_VERSION) {
            return "";
        }
        return switch (record[SERVER_VERSION + 1]) {
            case 0 -> "SSL 3.0";
            case 1 -> "TLS 1.0";
            case 2 -> "TLS 1.1";
            default -> "";
        };
    }

    /** What a person can make of an answer that is not TLS: its printable beginning. */
    static String firstWords(final byte[] answer, final int available) {
        final String words = new String(answer, 0, Math.min(available, WORDS_SHOWN), StandardCharsets.US_ASCII)
                .replaceAll("[\r\n].*", "");
        final boolean printable = !words.isEmpty() && words.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        if (words.startsWith("HTTP/")) {
            return "it speaks plain HTTP ('" + words + "')";
        }
        return printable ? "it begins with '" + words + "'" : "its bytes are no text and no TLS record";
    }
}
