package io.jenkins.plugins.azurestack.powershell.clixml;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A value as PowerShell serialises it: null, a primitive, a secure string, an object, or something unknown.
 *
 * <p>The accessors look through objects that wrap a primitive, so an enumeration answers {@code asInt()} with its number and a
 * string with notes answers {@code asString()}. Those without a fallback throw {@link CliXmlException} when the value is of another
 * type, as what a server sent can always be. Values may be shared and objects may contain themselves: code that walks a whole graph
 * has to remember where it was.
 *
 * <p>Nothing here prints content: {@code toString()} of every value tells its type at most.
 */
public sealed interface PsValue permits PsNull, PsPrimitive, PsSecureString, PsObject, PsMemberSet, PsUnknown {

    /**
     * A string, or null for null.
     *
     * @param text a string or null
     * @return the value
     */
    static PsValue ofNullable(String text) {
        return text == null ? PsNull.NULL : PsPrimitive.of(text);
    }

    /** Whether this is {@code $null}. */
    default boolean isNull() {
        return this == PsNull.NULL;
    }

    /**
     * The property of that name, as PowerShell's dot finds it: case does not count, extended properties come before adapted ones,
     * and the keys of a dictionary count as properties.
     *
     * @param name the property's name
     * @return {@link PsNull} when there is none
     */
    default PsValue property(String name) {
        return PsNull.NULL;
    }

    /**
     * The property of that name, which has to be there and not null.
     *
     * @param name the property's name, case does not count
     * @return its value
     * @throws CliXmlException when it is missing or null
     */
    default PsValue required(String name) throws CliXmlException {
        final PsValue value = property(name);
        if (value.isNull()) {
            throw new CliXmlException("Property '" + name + "' is missing or null in " + this);
        }
        return value;
    }

    /** The items, when this is a list, stack, queue or other enumerable; else empty. */
    default List<PsValue> items() {
        return List.of();
    }

    /** The entries, when this is a dictionary; else empty. */
    default List<PsEntry> entries() {
        return List.of();
    }

    /** The primitive that this is or wraps. */
    default Optional<PsPrimitive> primitive() {
        return Optional.empty();
    }

    /**
     * The text of this value: a string itself, a number in invariant form, an object's {@code ToString}. Never fails.
     *
     * @return an empty string where there is no text, as for null; a secure string tells its type only
     */
    default String asString() {
        return "";
    }

    /**
     * A whole number of any width.
     *
     * @return the number
     * @throws CliXmlException when it is no whole number or doesn't fit
     */
    default int asInt() throws CliXmlException {
        final long number = asLong();
        if (number != (int) number) {
            throw mismatch("a 32-bit integer");
        }
        return (int) number;
    }

    /**
     * A whole number of any width.
     *
     * @param otherwise the answer when this is none
     * @return the number or the fallback
     */
    default int asInt(int otherwise) {
        try {
            return asInt();
        } catch (CliXmlException notAnInteger) {
            return otherwise;
        }
    }

    /**
     * A whole number of any width.
     *
     * @return the number
     * @throws CliXmlException when it is no whole number or doesn't fit
     */
    default long asLong() throws CliXmlException {
        final PsPrimitive primitive = primitive().orElseThrow(() -> mismatch("an integer"));
        if (!primitive.type().isInteger()) {
            throw mismatch("an integer");
        }
        final BigDecimal number = primitive.number();
        if (number.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw mismatch("a 64-bit integer");
        }
        return number.longValue();
    }

    /**
     * A number of any type, exactly.
     *
     * @return the number
     * @throws CliXmlException when it is no number, infinite or NaN
     */
    default BigDecimal asDecimal() throws CliXmlException {
        final PsPrimitive primitive = primitive().orElseThrow(() -> mismatch("a number"));
        final Object value = primitive.value();
        if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue())) {
            throw mismatch("a finite number");
        }
        return primitive.number();
    }

    /**
     * A truth value; the strings {@code True} and {@code False} count, since PowerShell flattens deep values to strings.
     *
     * @return the truth value
     * @throws CliXmlException when it is none
     */
    default boolean asBoolean() throws CliXmlException {
        final Object value = primitive().map(PsPrimitive::value).orElse(null);
        if (value instanceof Boolean truth) {
            return truth;
        }
        if (value instanceof String text && ("true".equalsIgnoreCase(text) || "false".equalsIgnoreCase(text))) {
            return "true".equalsIgnoreCase(text);
        }
        throw mismatch("a boolean");
    }

    /**
     * A truth value, read as {@link #asBoolean()} does.
     *
     * @param otherwise the answer when this is none
     * @return the truth value or the fallback
     */
    default boolean asBoolean(boolean otherwise) {
        try {
            return asBoolean();
        } catch (CliXmlException notABoolean) {
            return otherwise;
        }
    }

    /**
     * A point in time.
     *
     * @param unspecified the zone for dates that came without offset
     * @return the instant, to 100 ns
     * @throws CliXmlException when it is no date
     */
    default Instant asInstant(ZoneId unspecified) throws CliXmlException {
        final Object value = primitive().map(PsPrimitive::value).orElse(null);
        if (value instanceof Instant instant) {
            return instant;
        }
        if (value instanceof OffsetDateTime dateTime) {
            return dateTime.toInstant();
        }
        if (value instanceof LocalDateTime dateTime) {
            return dateTime.atZone(unspecified).toInstant();
        }
        throw mismatch("a date");
    }

    /**
     * A point in time, where a date without offset is UTC.
     *
     * @return the instant, to 100 ns
     * @throws CliXmlException when it is no date
     */
    default Instant asInstant() throws CliXmlException {
        return asInstant(ZoneOffset.UTC);
    }

    /**
     * A time span.
     *
     * @return the duration, negative ones included
     * @throws CliXmlException when it is none
     */
    default Duration asDuration() throws CliXmlException {
        return cast(Duration.class, "a time span");
    }

    /**
     * A GUID.
     *
     * @return the GUID
     * @throws CliXmlException when it is none
     */
    default UUID asGuid() throws CliXmlException {
        return cast(UUID.class, "a GUID");
    }

    /**
     * A version.
     *
     * @return the version
     * @throws CliXmlException when it is none
     */
    default PsVersion asVersion() throws CliXmlException {
        return cast(PsVersion.class, "a version");
    }

    /**
     * An array of bytes.
     *
     * @return a copy
     * @throws CliXmlException when it is none
     */
    default byte[] asBytes() throws CliXmlException {
        return cast(byte[].class, "an array of bytes");
    }

    /**
     * A number as floating point, rounded to the nearest double.
     *
     * @return the number, infinities and NaN included
     * @throws CliXmlException when it is no number
     */
    default double asDouble() throws CliXmlException {
        final Object value = primitive().map(PsPrimitive::value).orElse(null);
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw mismatch("a number");
    }

    private <T> T cast(Class<T> type, String wanted) throws CliXmlException {
        final Object value = primitive().map(PsPrimitive::value).orElse(null);
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        throw mismatch(wanted);
    }

    private CliXmlException mismatch(String wanted) {
        return new CliXmlException("Expected " + wanted + ", found " + this);
    }
}
