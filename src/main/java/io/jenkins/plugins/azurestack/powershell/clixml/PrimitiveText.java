package io.jenkins.plugins.azurestack.powershell.clixml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAccessor;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of primitives in their elements, both ways (MS-PSRP 2.2.5.1): invariant, as .NET's {@code XmlConvert} reads and writes it.
 * Escapes are not its business. Every text that isn't one is an {@code IllegalArgumentException}, whose message does not quote it.
 */
final class PrimitiveText {
    private static final int MAX_NUMBER_LENGTH = 64;
    private static final int MAX_FLOAT_LENGTH = 400;
    private static final int TICK_DIGITS = 7;
    private static final int NANOS_PER_TICK = 100;
    private static final Pattern WHITESPACE = Pattern.compile("\\s+");
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)");
    private static final Pattern FLOAT = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern GUID =
            Pattern.compile("\\{?(\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12})}?");
    private static final Pattern DATE_TIME = Pattern.compile(
            "(\\d{4})-(\\d\\d)-(\\d\\d)(?:T(\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,9})\\d{0,9})?)?(Z|[+-]\\d\\d:\\d\\d)?");
    private static final Pattern DURATION = Pattern.compile("(-)?P(?=.)(?:(\\d{1,5})Y)?(?:(\\d{1,6})M)?(?:(\\d{1,8})D)?"
            + "(?:T(?=.)(?:(\\d{1,9})H)?(?:(\\d{1,11})M)?(?:(\\d{1,13})(?:\\.(\\d{1,9})\\d{0,9})?S)?)?");
    private static final int DAYS_PER_YEAR = 365;
    private static final int DAYS_PER_MONTH = 30;

    private PrimitiveText() {}

    static PsPrimitive parse(PrimitiveType type, String content) {
        return switch (type) {
            case STRING -> PsPrimitive.of(content);
            case URI -> PsPrimitive.uri(content);
            case XML -> PsPrimitive.xml(content);
            case SCRIPT_BLOCK -> PsPrimitive.scriptBlock(content);
            default -> parseTrimmed(type, content.strip());
        };
    }

    private static PsPrimitive parseTrimmed(PrimitiveType type, String text) {
        return switch (type) {
            case CHAR -> PsPrimitive.of(unit(text));
            case BOOLEAN -> PsPrimitive.of(truth(text));
            case DATE_TIME -> dateTime(text);
            case DURATION -> PsPrimitive.of(duration(text));
            case SINGLE -> PsPrimitive.of(single(text));
            case DOUBLE -> PsPrimitive.of(floating(text));
            case DECIMAL -> PsPrimitive.of(decimal(text));
            case BYTES ->
                PsPrimitive.of(
                        Base64.getDecoder().decode(WHITESPACE.matcher(text).replaceAll("")));
            case GUID -> PsPrimitive.of(guid(text));
            case VERSION -> PsPrimitive.of(PsVersion.parse(text));
            default -> PsPrimitive.integer(type, integer(text));
        };
    }

    static String format(PsPrimitive primitive) {
        final Object value = primitive.value();
        return switch (primitive.type()) {
            case CHAR -> Integer.toString((Character) value);
            case DATE_TIME -> formatDateTime((Temporal) value);
            case DURATION -> formatDuration((Duration) value);
            case SINGLE -> formatFloating((Float) value, value.toString());
            case DOUBLE -> formatFloating((Double) value, value.toString());
            case DECIMAL -> ((BigDecimal) value).toPlainString();
            case BYTES -> Base64.getEncoder().encodeToString((byte[]) value);
            default -> value.toString();
        };
    }

    private static BigInteger integer(String text) {
        match(INTEGER, text, MAX_NUMBER_LENGTH);
        return new BigInteger(text);
    }

    private static char unit(String text) {
        return (char) PsPrimitive.integer(PrimitiveType.UINT16, integer(text))
                .number()
                .intValue();
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw unreadable();
        };
    }

    private static BigDecimal decimal(String text) {
        match(DECIMAL, text, MAX_NUMBER_LENGTH);
        return new BigDecimal(text);
    }

    private static float single(String text) {
        return switch (text) {
            case "INF" -> Float.POSITIVE_INFINITY;
            case "-INF" -> Float.NEGATIVE_INFINITY;
            case "NaN" -> Float.NaN;
            default -> {
                match(FLOAT, text, MAX_FLOAT_LENGTH);
                yield Float.parseFloat(text);
            }
        };
    }

    private static double floating(String text) {
        return switch (text) {
            case "INF" -> Double.POSITIVE_INFINITY;
            case "-INF" -> Double.NEGATIVE_INFINITY;
            case "NaN" -> Double.NaN;
            default -> {
                match(FLOAT, text, MAX_FLOAT_LENGTH);
                yield Double.parseDouble(text);
            }
        };
    }

    private static String formatFloating(double number, String text) {
        if (Double.isInfinite(number)) {
            return number > 0 ? "INF" : "-INF";
        }
        return text;
    }

    private static UUID guid(String text) {
        return UUID.fromString(match(GUID, text, MAX_NUMBER_LENGTH).group(1));
    }

    private static PsPrimitive dateTime(String text) {
        final Matcher parts = match(DATE_TIME, text, MAX_NUMBER_LENGTH);
        try {
            final LocalDateTime local = LocalDateTime.of(
                    number(parts, 1),
                    number(parts, 2),
                    number(parts, 3),
                    number(parts, 4),
                    number(parts, 5),
                    number(parts, 6),
                    nanos(parts.group(7)));
            final String zone = parts.group(8);
            if (zone == null) {
                return PsPrimitive.of(local);
            }
            return "Z".equals(zone)
                    ? PsPrimitive.of(local.toInstant(ZoneOffset.UTC))
                    : PsPrimitive.of(local.atOffset(ZoneOffset.of(zone)));
        } catch (DateTimeException noSuchDate) {
            throw unreadable();
        }
    }

    private static String formatDateTime(Temporal time) {
        if (time instanceof Instant instant) {
            return formatLocal(LocalDateTime.ofInstant(instant, ZoneOffset.UTC)) + "Z";
        }
        if (time instanceof OffsetDateTime dateTime) {
            final ZoneOffset offset = dateTime.getOffset();
            return formatLocal(dateTime.toLocalDateTime())
                    + (offset.getTotalSeconds() == 0 ? "+00:00" : offset.getId());
        }
        return formatLocal(time);
    }

    private static String formatLocal(TemporalAccessor local) {
        final StringBuilder text = new StringBuilder(27);
        padded(text, local.get(ChronoField.YEAR), 4).append('-');
        padded(text, local.get(ChronoField.MONTH_OF_YEAR), 2).append('-');
        padded(text, local.get(ChronoField.DAY_OF_MONTH), 2).append('T');
        padded(text, local.get(ChronoField.HOUR_OF_DAY), 2).append(':');
        padded(text, local.get(ChronoField.MINUTE_OF_HOUR), 2).append(':');
        padded(text, local.get(ChronoField.SECOND_OF_MINUTE), 2);
        return text.append(fraction(local.get(ChronoField.NANO_OF_SECOND))).toString();
    }

    private static StringBuilder padded(StringBuilder text, int number, int width) {
        final String digits = Integer.toString(number);
        return text.append("0".repeat(width - digits.length())).append(digits);
    }

    /** Months and years count 30 and 365 days, as in .NET. */
    private static Duration duration(String text) {
        final Matcher parts = match(DURATION, text, MAX_NUMBER_LENGTH);
        final long days =
                (long) number(parts, 2) * DAYS_PER_YEAR + (long) number(parts, 3) * DAYS_PER_MONTH + number(parts, 4);
        final Duration duration = Duration.ofDays(days)
                .plusHours(number(parts, 5))
                .plusMinutes(wide(parts, 6))
                .plusSeconds(wide(parts, 7))
                .plusNanos(nanos(parts.group(8)));
        return parts.group(1) == null ? duration : duration.negated();
    }

    private static String formatDuration(Duration duration) {
        if (duration.isZero()) {
            return "PT0S";
        }
        final Duration length = duration.abs();
        final StringBuilder text = new StringBuilder(duration.isNegative() ? "-P" : "P");
        unit(text, length.toDaysPart(), 'D');
        final boolean time = length.compareTo(Duration.ofDays(length.toDaysPart())) != 0;
        if (time) {
            text.append('T');
            unit(text, length.toHoursPart(), 'H');
            unit(text, length.toMinutesPart(), 'M');
            if (length.toSecondsPart() != 0 || length.toNanosPart() != 0) {
                text.append(length.toSecondsPart())
                        .append(fraction(length.toNanosPart()))
                        .append('S');
            }
        }
        return text.toString();
    }

    private static void unit(StringBuilder text, long amount, char unit) {
        if (amount != 0) {
            text.append(amount).append(unit);
        }
    }

    /** Up to seven digits with their point, without trailing zeros. */
    private static String fraction(int nanos) {
        final int ticks = nanos / NANOS_PER_TICK;
        if (ticks == 0) {
            return "";
        }
        final String digits = Integer.toString(ticks);
        return ("." + "0".repeat(TICK_DIGITS - digits.length()) + digits).replaceFirst("0+$", "");
    }

    private static int nanos(String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
    }

    private static int number(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Integer.parseInt(parts.group(group));
    }

    private static long wide(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Long.parseLong(parts.group(group));
    }

    private static Matcher match(Pattern pattern, String text, int maxLength) {
        final Matcher matcher = pattern.matcher(text);
        if (text.length() > maxLength || !matcher.matches()) {
            throw unreadable();
        }
        return matcher;
    }

    private static IllegalArgumentException unreadable() {
        return new IllegalArgumentException("unreadable");
    }
}
