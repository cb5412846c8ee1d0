package io.jenkins.plugins.azurestack.journal;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * One line of a file that is checked by itself: eight hexadecimal digits of the CRC-32C of a JSON object, a space, the
 * object, a line feed. It recognises accidents; whoever means to deceive can make a new checksum.
 */
final class Frame {
    private static final int DIGITS = 8;

    private Frame() {}

    static byte[] encode(final FlatJson json) {
        final byte[] bytes = json.encode();
        return line(checksum(bytes, 0), bytes);
    }

    static FlatJson decode(final Lines.Line line) throws MalformedException {
        if (!line.ended()) {
            throw new MalformedException("its line does not end");
        }
        return decode(line.bytes());
    }

    private static FlatJson decode(final byte[] bytes) throws MalformedException {
        if (bytes.length <= DIGITS || bytes[DIGITS] != ' ') {
            throw new MalformedException("it does not begin with a checksum");
        }
        final String written = new String(bytes, 0, DIGITS, StandardCharsets.ISO_8859_1);
        if (!written.equals(checksum(bytes, DIGITS + 1))) {
            throw new MalformedException("its checksum is of something else");
        }
        return FlatJson.parse(bytes, DIGITS + 1);
    }

    /** A line: a word, a space, JSON and the line feed. */
    static byte[] line(final String word, final byte[] json) {
        final byte[] line = new byte[word.length() + json.length + 2];
        System.arraycopy(word.getBytes(StandardCharsets.ISO_8859_1), 0, line, 0, word.length());
        line[word.length()] = ' ';
        System.arraycopy(json, 0, line, word.length() + 1, json.length);
        line[line.length - 1] = '\n';
        return line;
    }

    static String checksum(final byte[] bytes, final int offset) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, offset, bytes.length - offset);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
