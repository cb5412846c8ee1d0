package io.jenkins.plugins.azurestack.canary;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;

/** A form in which a text may stand somewhere, and how to get at it. Bytes are characters here, one each (ISO 8859-1). */
enum Wrapping {
    UTF_16(content -> changed(content, content.replace("\0", ""))),
    BASE64(Wrapping::base64),
    HEX(Wrapping::hex),
    URL(content -> replaced(content.replace('+', ' '), Pattern.compile("%([0-9a-fA-F]{2})"), Wrapping::ofHex)),
    JSON(content -> replaced(content, Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|([\"\\\\/]))"), Wrapping::ofJson)),
    XML(content -> replaced(
            content,
            Pattern.compile("&(?:#x([0-9a-fA-F]{1,5})|#([0-9]{1,6})|(amp|lt|gt|quot|apos));"),
            Wrapping::ofXml)),
    CLIXML(content -> replaced(content, Pattern.compile("_x([0-9a-fA-F]{4})_"), Wrapping::ofHex)),
    /** Quotes that were closed, escaped and opened again. */
    SHELL(content -> changed(content, content.replace("'\\''", "'").replace("'\"'\"'", "'"))),
    POWERSHELL(content -> changed(content, content.replace("''", "'"))),
    ESCAPES(content -> changed(content, content.replaceAll("(?s)[\\\\`^](.)", "$1"))),
    GZIP(Wrapping::gzip),
    ZIP(Wrapping::zip);

    private static final int MOST_BYTES = 8 << 20;
    private static final int ALIGNMENTS = 4;
    private static final Pattern BASE64_RUN = Pattern.compile("[A-Za-z0-9+/_-]{8,}");
    private static final Pattern HEX_RUN = Pattern.compile("(?:[0-9a-fA-F]{2}[:-]?){6,}");

    private static final String GZIP_BEGINS = "\u001f\u008b\b";
    private static final String ZIP_BEGINS = "PK\u0003\u0004";

    private final Function<String, List<String>> opening;

    Wrapping(final Function<String, List<String>> opening) {
        this.opening = opening;
    }

    /** What is in it, if anything may be. */
    List<String> opened(final String content) {
        return opening.apply(content);
    }

    String words() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static List<String> changed(final String before, final String after) {
        return before.equals(after) ? List.of() : List.of(after);
    }

    private static List<String> replaced(
            final String content, final Pattern pattern, final Function<MatchResult, String> by) {
        return changed(
                content, pattern.matcher(content).replaceAll(match -> Matcher.quoteReplacement(by.apply(match))));
    }

    private static String ofHex(final MatchResult match) {
        return character(Integer.parseInt(match.group(1), 16));
    }

    private static String character(final int code) {
        final byte[] utf8 = Character.toString(code).getBytes(StandardCharsets.UTF_8);
        return code > 0xFF ? new String(utf8, StandardCharsets.ISO_8859_1) : Character.toString(code);
    }

    private static String ofJson(final MatchResult match) {
        return match.group(1) == null ? match.group(2) : character(Integer.parseInt(match.group(1), 16));
    }

    private static String ofXml(final MatchResult match) {
        if (match.group(1) != null) {
            return character(Integer.parseInt(match.group(1), 16));
        }
        if (match.group(2) != null) {
            return character(Integer.parseInt(match.group(2)));
        }
        return switch (match.group(3)) {
            case "amp" -> "&";
            case "lt" -> "<";
            case "gt" -> ">";
            case "quot" -> "\"";
            default -> "'";
        };
    }

    /** The same where lines were broken, as in PEM, with the line ends themselves escaped or not. */
    private static List<String> withJoinedLines(final String content) {
        final String joined = content.replaceAll("\\\\[nr]|\\s+", "");
        return joined.equals(content) ? List.of(content) : List.of(content, joined);
    }

    /** Every run of letters that may be base64, from each of four places, since what stands before may be part of it. */
    private static List<String> base64(final String content) {
        final StringBuilder all = new StringBuilder();
        final Matcher run = BASE64_RUN.matcher(String.join("\n", withJoinedLines(content)));
        while (run.find()) {
            final String letters = run.group().replace('-', '+').replace('_', '/');
            for (int skip = 0; skip < ALIGNMENTS; skip++) {
                final String aligned = letters.substring(skip);
                final int length = aligned.length() % ALIGNMENTS == 1 ? aligned.length() - 1 : aligned.length();
                all.append(latin(Base64.getDecoder().decode(aligned.substring(0, length))))
                        .append('\n');
            }
        }
        return all.isEmpty() ? List.of() : List.of(all.toString());
    }

    private static List<String> hex(final String content) {
        final StringBuilder all = new StringBuilder();
        final Matcher run = HEX_RUN.matcher(String.join("\n", withJoinedLines(content)));
        while (run.find()) {
            final String digits = run.group().replaceAll("[:-]", "");
            for (int skip = 0; skip < 2; skip++) {
                for (int i = skip; i + 2 <= digits.length(); i += 2) {
                    all.append((char) Integer.parseInt(digits.substring(i, i + 2), 16));
                }
                all.append('\n');
            }
        }
        return all.isEmpty() ? List.of() : List.of(all.toString());
    }

    private static String latin(final byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Opens a stream that unpacks what begins at a place. */
    private interface Unpacking {
        InputStream of(InputStream packed) throws IOException;
    }

    private static List<String> gzip(final String content) {
        final List<String> all = new ArrayList<>();
        for (int at = content.indexOf(GZIP_BEGINS); at >= 0; at = content.indexOf(GZIP_BEGINS, at + 1)) {
            unpacked(content.substring(at), GZIPInputStream::new).ifPresent(all::add);
        }
        return all;
    }

    private static List<String> zip(final String content) {
        final List<String> all = new ArrayList<>();
        for (int at = content.indexOf(ZIP_BEGINS); at >= 0; at = content.indexOf(ZIP_BEGINS, at + 1)) {
            unpacked(content.substring(at), packed -> {
                        final ZipInputStream zip = new ZipInputStream(packed);
                        zip.getNextEntry();
                        return zip;
                    })
                    .ifPresent(all::add);
        }
        return all;
    }

    /** As much as can be unpacked: what was cut short still holds what it holds. */
    private static Optional<String> unpacked(final String packed, final Unpacking unpacking) {
        final ByteArrayOutputStream plain = new ByteArrayOutputStream();
        try (InputStream in = unpacking.of(new ByteArrayInputStream(packed.getBytes(StandardCharsets.ISO_8859_1)))) {
            for (int next = in.read(); next >= 0 && plain.size() < MOST_BYTES; next = in.read()) {
                plain.write(next);
            }
        } catch (IOException e) {
            // It ends here, or was none.
        }
        return plain.size() == 0 ? Optional.empty() : Optional.of(latin(plain.toByteArray()));
    }
}
