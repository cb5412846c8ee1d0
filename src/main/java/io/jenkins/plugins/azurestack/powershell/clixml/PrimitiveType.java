package io.jenkins.plugins.azurestack.powershell.clixml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.temporal.Temporal;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The primitive types of CLIXML (MS-PSRP 2.2.5.1), each with its element name and the Java class that carries its values. */
public enum PrimitiveType {
    /** System.String. */
    STRING("S", String.class),
    /** System.Char, one UTF-16 code unit. */
    CHAR("C", Character.class),
    /** System.Boolean. */
    BOOLEAN("B", Boolean.class),
    /** System.DateTime: an {@code Instant} is UTC, an {@code OffsetDateTime} local, a {@code LocalDateTime} unspecified. */
    DATE_TIME("DT", Temporal.class),
    /** System.TimeSpan, in steps of 100 ns. */
    DURATION("TS", Duration.class),
    /** System.Byte, 0 to 255. */
    UNSIGNED_BYTE("By", Long.class),
    /** System.SByte. */
    SIGNED_BYTE("SB", Long.class),
    /** System.UInt16. */
    UINT16("U16", Long.class),
    /** System.Int16. */
    INT16("I16", Long.class),
    /** System.UInt32. */
    UINT32("U32", Long.class),
    /** System.Int32. */
    INT32("I32", Long.class),
    /** System.UInt64. */
    UINT64("U64", BigInteger.class),
    /** System.Int64. */
    INT64("I64", Long.class),
    /** System.Single. */
    SINGLE("Sg", Float.class),
    /** System.Double. */
    DOUBLE("Db", Double.class),
    /** System.Decimal: 96 bits, at most 28 digits after the point. */
    DECIMAL("D", BigDecimal.class),
    /** System.Byte[]. */
    BYTES("BA", byte[].class),
    /** System.Guid. */
    GUID("G", UUID.class),
    /** System.Uri, kept as text: .NET accepts what {@code java.net.URI} doesn't. */
    URI("URI", String.class),
    /** System.Version. */
    VERSION("Version", PsVersion.class),
    /** System.Xml.XmlDocument, kept as text and never parsed. */
    XML("XD", String.class),
    /** System.Management.Automation.ScriptBlock, as its text. */
    SCRIPT_BLOCK("SBK", String.class);

    private static final Map<String, PrimitiveType> BY_TAG =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(PrimitiveType::tag, Function.identity()));

    private final String tag;
    private final Class<?> javaType;

    PrimitiveType(String tag, Class<?> javaType) {
        this.tag = tag;
        this.javaType = javaType;
    }

    /** The name of its XML element. */
    public String tag() {
        return tag;
    }

    /** The class of {@link PsPrimitive#value()}. */
    public Class<?> javaType() {
        return javaType;
    }

    /**
     * The type behind an XML element.
     *
     * @param tag an element's local name
     * @return empty when it is no primitive
     */
    public static Optional<PrimitiveType> ofTag(String tag) {
        return Optional.ofNullable(BY_TAG.get(tag));
    }

    /** Whether values are whole numbers. */
    public boolean isInteger() {
        return javaType == Long.class || this == UINT64;
    }

    BigInteger min() {
        return switch (this) {
            case SIGNED_BYTE -> BigInteger.valueOf(Byte.MIN_VALUE);
            case INT16 -> BigInteger.valueOf(Short.MIN_VALUE);
            case INT32 -> BigInteger.valueOf(Integer.MIN_VALUE);
            case INT64 -> BigInteger.valueOf(Long.MIN_VALUE);
            default -> BigInteger.ZERO;
        };
    }

    BigInteger max() {
        return switch (this) {
            case UNSIGNED_BYTE -> BigInteger.valueOf(0xFF);
            case SIGNED_BYTE -> BigInteger.valueOf(Byte.MAX_VALUE);
            case UINT16 -> BigInteger.valueOf(0xFFFF);
            case INT16 -> BigInteger.valueOf(Short.MAX_VALUE);
            case UINT32 -> BigInteger.valueOf(0xFFFF_FFFFL);
            case INT32 -> BigInteger.valueOf(Integer.MAX_VALUE);
            case UINT64 -> BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);
            default -> BigInteger.valueOf(Long.MAX_VALUE);
        };
    }
}
