package io.jenkins.plugins.azurestack.powershell.clixml;

/**
 * The escapes {@code _xHHHH_} of CLIXML (MS-PSRP 2.2.5.3.2), each one UTF-16 code unit. Windows writes them for control characters and
 * every surrogate, and escapes an underscore before an x; it reads either case and also eight digits, one whole code point.
 */
final class Escapes {
    private static final int SHORT = 4;
    private static final int LONG = 8;
    private static final int HEX = 16;
    private static final char[] DIGITS = "0123456789ABCDEF".toCharArray();

    private Escapes() {}

    /** Appends the content of a double-quoted attribute, escaped for CLIXML and for XML. */
    static void encodeAttribute(String text, StringBuilder target) {
        encode(text, target, true);
    }

    /** Appends the content of an element, escaped for CLIXML and for XML. */
    static void encode(String text, StringBuilder target) {
        encode(text, target, false);
    }

    private static void encode(String text, StringBuilder target, boolean attribute) {
        final int length = text.length();
        int plain = 0;
        for (int i = 0; i < length; i++) {
            final char unit = text.charAt(i);
            if (isPlain(unit)) {
                continue;
            }
            final String markup = markup(unit, attribute);
            if (markup == null && !isEscaped(text, i)) {
                continue;
            }
            target.append(text, plain, i);
            plain = i + 1;
            if (markup == null) {
                escape(unit, target);
            } else {
                target.append(markup);
            }
        }
        target.append(text, plain, length);
    }

    /** Nearly all characters of nearly all texts. */
    private static boolean isPlain(char unit) {
        return unit > '>' && unit < '_' || unit > '_' && unit < 0x7F || unit > '&' && unit < '<' || unit == ' ';
    }

    private static String markup(char unit, boolean attribute) {
        return switch (unit) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> attribute ? "&quot;" : null;
            default -> null;
        };
    }

    private static boolean isEscaped(String text, int index) {
        final char unit = text.charAt(index);
        if (unit == '_') {
            return index + 1 < text.length() && isX(text.charAt(index + 1));
        }
        // U+FFFE and U+FFFF are no XML characters: Windows would write them, most other readers would refuse them.
        return unit < ' ' || unit >= 0x7F && unit <= 0x9F || Character.isSurrogate(unit) || unit >= 0xFFFE;
    }

    private static boolean isX(char unit) {
        return unit == 'x' || unit == 'X';
    }

    private static void escape(char unit, StringBuilder target) {
        target.append("_x")
                .append(DIGITS[unit >> 12])
                .append(DIGITS[unit >> 8 & 0xF])
                .append(DIGITS[unit >> 4 & 0xF])
                .append(DIGITS[unit & 0xF])
                .append('_');
    }

    /** The text behind escapes; what only looks like one stays as it is. */
    static String decode(String text) {
        int underscore = text.indexOf('_');
        if (underscore < 0) {
            return text;
        }
        final StringBuilder decoded = new StringBuilder(text.length());
        int plain = 0;
        while (underscore >= 0) {
            final int digits = digits(text, underscore);
            if (digits == 0) {
                underscore = text.indexOf('_', underscore + 1);
                continue;
            }
            final int from = underscore + 2;
            decoded.append(text, plain, underscore);
            decoded.appendCodePoint(Integer.parseInt(text, from, from + digits, HEX));
            plain = from + digits + 1;
            underscore = text.indexOf('_', plain);
        }
        return plain == 0 ? text : decoded.append(text, plain, text.length()).toString();
    }

    /** How many digits the escape at this place has, 0 when it is none. */
    private static int digits(String text, int underscore) {
        if (underscore + 1 >= text.length() || !isX(text.charAt(underscore + 1))) {
            return 0;
        }
        final int from = underscore + 2;
        int end = from;
        while (end < text.length()
                && end - from <= LONG
                && Character.digit(text.charAt(end), HEX) >= 0
                && text.charAt(end) < 0x80) {
            end++;
        }
        final int digits = end - from;
        final boolean closed = end < text.length() && text.charAt(end) == '_';
        if (!closed || digits != SHORT && digits != LONG) {
            return 0;
        }
        final boolean codePoint = digits == SHORT || Long.parseLong(text, from, end, HEX) <= Character.MAX_CODE_POINT;
        return codePoint ? digits : 0;
    }
}
