package io.jenkins.plugins.azurestack.powershell.clixml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A value of a primitive type. Immutable; equal when type and value are equal, where a date's kind and a decimal's scale count.
 *
 * <p>Times are cut to 100 ns, which is what .NET keeps.
 */
public final class PsPrimitive implements PsValue {
    private static final int NANOS_PER_TICK = 100;
    private static final int MAX_DECIMAL_SCALE = 28;
    private static final int MAX_DECIMAL_BITS = 96;
    private static final Duration MAX_DURATION = Duration.ofSeconds(922_337_203_685L, 477_580_700);
    private static final Duration MIN_DURATION = Duration.ofSeconds(-922_337_203_685L, -477_580_800);
    private static final Instant FIRST_INSTANT = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST_INSTANT = Instant.parse("9999-12-31T23:59:59.9999999Z");
    private static final int LAST_YEAR = 9999;

    private final PrimitiveType type;
    private final Object value;

    /** For callers in this package that made the value of the type's own class. */
    private PsPrimitive(PrimitiveType type, Object value) {
        this.type = type;
        this.value = value;
    }

    /**
     * A string.
     *
     * @param text any UTF-16, control characters and lone surrogates included
     * @return the value
     */
    public static PsPrimitive of(String text) {
        return new PsPrimitive(PrimitiveType.STRING, Objects.requireNonNull(text));
    }

    /**
     * A boolean.
     *
     * @param truth true or false
     * @return the value
     */
    public static PsPrimitive of(boolean truth) {
        return new PsPrimitive(PrimitiveType.BOOLEAN, truth);
    }

    /**
     * A 32-bit integer.
     *
     * @param number any
     * @return the value
     */
    public static PsPrimitive of(int number) {
        return new PsPrimitive(PrimitiveType.INT32, (long) number);
    }

    /**
     * A 64-bit integer.
     *
     * @param number any
     * @return the value
     */
    public static PsPrimitive of(long number) {
        return new PsPrimitive(PrimitiveType.INT64, number);
    }

    /**
     * A whole number of a given type.
     *
     * @param type one of the integer types
     * @param number within the range of the type
     * @return the value
     * @throws IllegalArgumentException when the type is no integer type, or the number does not fit
     */
    public static PsPrimitive integer(PrimitiveType type, BigInteger number) {
        if (!type.isInteger()) {
            throw new IllegalArgumentException(type + " is not an integer type");
        }
        if (number.compareTo(type.min()) < 0 || number.compareTo(type.max()) > 0) {
            throw new IllegalArgumentException("outside the range of " + type);
        }
        if (type == PrimitiveType.UINT64) {
            return new PsPrimitive(type, number);
        }
        return new PsPrimitive(type, number.longValue());
    }

    /**
     * A whole number of a given type.
     *
     * @param type one of the integer types
     * @param number within the range of the type
     * @return the value
     * @throws IllegalArgumentException when the type is no integer type, or the number does not fit
     */
    public static PsPrimitive integer(PrimitiveType type, long number) {
        return integer(type, BigInteger.valueOf(number));
    }

    /**
     * A character.
     *
     * @param unit one UTF-16 code unit
     * @return the value
     */
    public static PsPrimitive of(char unit) {
        return new PsPrimitive(PrimitiveType.CHAR, unit);
    }

    /**
     * A single-precision number.
     *
     * @param number infinities and NaN included
     * @return the value
     */
    public static PsPrimitive of(float number) {
        return new PsPrimitive(PrimitiveType.SINGLE, number);
    }

    /**
     * A double-precision number.
     *
     * @param number infinities and NaN included
     * @return the value
     */
    public static PsPrimitive of(double number) {
        return new PsPrimitive(PrimitiveType.DOUBLE, number);
    }

    /**
     * A decimal.
     *
     * @param number at most 96 bits of digits, 0 to 28 of them after the point
     * @return the value
     * @throws IllegalArgumentException when .NET could not hold it
     */
    public static PsPrimitive of(BigDecimal number) {
        if (number.scale() < 0
                || number.scale() > MAX_DECIMAL_SCALE
                || number.unscaledValue().abs().bitLength() > MAX_DECIMAL_BITS) {
            throw new IllegalArgumentException("a decimal has 96 bits and 0 to 28 digits after the point");
        }
        return new PsPrimitive(PrimitiveType.DECIMAL, number);
    }

    /**
     * An array of bytes.
     *
     * @param bytes copied
     * @return the value
     */
    public static PsPrimitive of(byte[] bytes) {
        return new PsPrimitive(PrimitiveType.BYTES, bytes.clone());
    }

    /**
     * A GUID.
     *
     * @param guid any
     * @return the value
     */
    public static PsPrimitive of(UUID guid) {
        return new PsPrimitive(PrimitiveType.GUID, Objects.requireNonNull(guid));
    }

    /**
     * A URI.
     *
     * @param uri absolute or relative
     * @return the value
     */
    public static PsPrimitive of(URI uri) {
        return uri(uri.toString());
    }

    /**
     * A URI as .NET wrote it, which Java may not accept as one.
     *
     * @param text its text
     * @return the value
     */
    public static PsPrimitive uri(String text) {
        return new PsPrimitive(PrimitiveType.URI, Objects.requireNonNull(text));
    }

    /**
     * A version.
     *
     * @param version any
     * @return the value
     */
    public static PsPrimitive of(PsVersion version) {
        return new PsPrimitive(PrimitiveType.VERSION, Objects.requireNonNull(version));
    }

    /**
     * A date in UTC.
     *
     * @param instant in the years 1 to 9999, cut to 100 ns
     * @return the value
     * @throws IllegalArgumentException when .NET could not hold it
     */
    public static PsPrimitive of(Instant instant) {
        if (instant.isBefore(FIRST_INSTANT) || instant.isAfter(LAST_INSTANT.plusNanos(NANOS_PER_TICK - 1L))) {
            throw new IllegalArgumentException("a date is in the years 1 to 9999");
        }
        return new PsPrimitive(PrimitiveType.DATE_TIME, cut(instant));
    }

    /**
     * A date with the offset of somebody's local time.
     *
     * @param dateTime in the years 1 to 9999, offset in whole minutes, cut to 100 ns
     * @return the value
     * @throws IllegalArgumentException when .NET could not hold it
     */
    public static PsPrimitive of(OffsetDateTime dateTime) {
        checkYear(dateTime.getYear());
        if (dateTime.getOffset().getTotalSeconds() % 60 != 0) {
            throw new IllegalArgumentException("an offset is in whole minutes");
        }
        return new PsPrimitive(PrimitiveType.DATE_TIME, cut(dateTime));
    }

    /**
     * A date that does not say where.
     *
     * @param dateTime in the years 1 to 9999, cut to 100 ns
     * @return the value
     * @throws IllegalArgumentException when .NET could not hold it
     */
    public static PsPrimitive of(LocalDateTime dateTime) {
        checkYear(dateTime.getYear());
        return new PsPrimitive(PrimitiveType.DATE_TIME, cut(dateTime));
    }

    /**
     * A time span.
     *
     * @param duration at most about 29,000 years either way, cut to 100 ns
     * @return the value
     * @throws IllegalArgumentException when .NET could not hold it
     */
    public static PsPrimitive of(Duration duration) {
        if (duration.compareTo(MAX_DURATION.plusNanos(NANOS_PER_TICK - 1L)) > 0
                || duration.compareTo(MIN_DURATION) < 0) {
            throw new IllegalArgumentException("a time span is 64 bits of 100 ns");
        }
        final int excess = Math.floorMod(duration.getNano(), NANOS_PER_TICK);
        return new PsPrimitive(PrimitiveType.DURATION, duration.minusNanos(excess));
    }

    /**
     * An XML document.
     *
     * @param text the document, not looked at
     * @return the value
     */
    public static PsPrimitive xml(String text) {
        return new PsPrimitive(PrimitiveType.XML, Objects.requireNonNull(text));
    }

    /**
     * A script block.
     *
     * @param text the script, without braces
     * @return the value
     */
    public static PsPrimitive scriptBlock(String text) {
        return new PsPrimitive(PrimitiveType.SCRIPT_BLOCK, Objects.requireNonNull(text));
    }

    private static void checkYear(int year) {
        if (year < 1 || year > LAST_YEAR) {
            throw new IllegalArgumentException("a date is in the years 1 to 9999");
        }
    }

    private static Temporal cut(Temporal time) {
        final int nanos = time.get(ChronoField.NANO_OF_SECOND);
        return time.with(ChronoField.NANO_OF_SECOND, nanos - nanos % NANOS_PER_TICK);
    }

    /** The type. */
    public PrimitiveType type() {
        return type;
    }

    /** The value, of the class that {@link PrimitiveType#javaType()} names; an array of bytes is a copy. */
    public Object value() {
        return value instanceof byte[] bytes ? bytes.clone() : value;
    }

    /** The exact number, where this is a finite one. */
    BigDecimal number() {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (value instanceof Long integer) {
            return BigDecimal.valueOf(integer);
        }
        return new BigDecimal(((Number) value).doubleValue());
    }

    @Override
    public Optional<PsPrimitive> primitive() {
        return Optional.of(this);
    }

    /** Strings themselves, a character as itself, everything else in the invariant form of CLIXML. */
    @Override
    public String asString() {
        return value instanceof Character unit ? unit.toString() : PrimitiveText.format(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PsPrimitive that && type == that.type && Objects.deepEquals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + (value instanceof byte[] bytes ? Arrays.hashCode(bytes) : value.hashCode());
    }

    /** The type only: the value may be secret. */
    @Override
    public String toString() {
        return type.toString();
    }
}
