package io.jenkins.plugins.azurestack.journal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One line of an audit trail: the MAC of a JSON object's bytes in lower-case hexadecimal, a space, the object, a line
 * feed.
 *
 * @param mac in hexadecimal
 * @param json what it is of
 */
record AuditLine(String mac, FlatJson json) {
    private static final int VERSION = 1;
    private static final String VERSION_FIELD = "audit";
    private static final HexFormat HEX = HexFormat.of();

    /** The bytes of a line. */
    static byte[] encode(final FlatJson json, final AuditKey key) {
        final byte[] bytes = json.encode();
        return Frame.line(HEX.formatHex(key.mac(bytes)), bytes);
    }

    /** The MAC that a line begins with. */
    static String mac(final byte[] line) {
        int end = 0;
        while (end < line.length && line[end] != ' ') {
            end++;
        }
        return new String(line, 0, end, StandardCharsets.ISO_8859_1);
    }

    static AuditLine decode(final Lines.Line line, final AuditKey key) throws MalformedException {
        if (!line.ended()) {
            throw new MalformedException("its line does not end");
        }
        return decode(line.bytes(), key);
    }

    private static AuditLine decode(final byte[] line, final AuditKey key) throws MalformedException {
        final String written = mac(line);
        final int begin = Math.min(line.length, written.length() + 1);
        final String due = HEX.formatHex(key.mac(Arrays.copyOfRange(line, begin, line.length)));
        if (!written.equals(due)) {
            throw new MalformedException("its MAC is of something else, or was made with another key");
        }
        return new AuditLine(written, FlatJson.parse(line, begin));
    }

    /** The first line of the trail of a stamp. */
    static FlatJson header(final String stamp, final Instant begun) {
        return new FlatJson().put(VERSION_FIELD, VERSION).put("stamp", stamp).put("at", begun);
    }

    /** @throws MalformedException if this is not the first line of that stamp's trail */
    void requireHeader(final String stamp) throws MalformedException {
        if (json.number(VERSION_FIELD) != VERSION) {
            throw new MalformedException("its version is " + json.number(VERSION_FIELD)
                    + ", and this version of the plugin reads " + VERSION);
        }
        if (!json.text("stamp").equals(stamp)) {
            throw new MalformedException("it belongs to another stamp");
        }
    }

    /** @throws MalformedException if this is not the record that belongs behind another */
    AuditRecord requireRecord(final long number, final String previous) throws MalformedException {
        final AuditRecord found = AuditRecord.of(json);
        if (found.number() != number || !found.previous().equals(previous)) {
            throw new MalformedException("it is record " + found.number()
                    + " and does not follow the one before: something was taken out, put in or moved");
        }
        return found;
    }
}
