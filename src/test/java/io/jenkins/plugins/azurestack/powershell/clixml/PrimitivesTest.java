package io.jenkins.plugins.azurestack.powershell.clixml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.Test;

/** Primitives of MS-PSRP 2.2.5.1 between their XML and Java. */
public class PrimitivesTest {
    private record Sample(String xml, PsPrimitive value) {}

    private static final List<Sample> SAMPLES = List.of(
            new Sample("<S>This is a string</S>", PsPrimitive.of("This is a string")),
            new Sample("<S></S>", PsPrimitive.of("")),
            new Sample("<S> </S>", PsPrimitive.of(" ")),
            new Sample("<S>a &lt; b &amp;&amp; c &gt; \"d\"</S>", PsPrimitive.of("a < b && c > \"d\"")),
            new Sample("<C>97</C>", PsPrimitive.of('a')),
            new Sample("<C>55296</C>", PsPrimitive.of('\uD800')),
            new Sample("<B>true</B>", PsPrimitive.of(true)),
            new Sample("<B>false</B>", PsPrimitive.of(false)),
            new Sample(
                    "<DT>2018-06-13T23:45:29.4583203+00:00</DT>",
                    PsPrimitive.of(OffsetDateTime.parse("2018-06-13T23:45:29.4583203+00:00"))),
            new Sample(
                    "<DT>2008-04-11T10:42:32.2731993-07:00</DT>",
                    PsPrimitive.of(OffsetDateTime.parse("2008-04-11T10:42:32.2731993-07:00"))),
            new Sample("<DT>2026-01-02T03:04:05Z</DT>", PsPrimitive.of(Instant.parse("2026-01-02T03:04:05Z"))),
            new Sample("<DT>2026-01-02T03:04:05.5Z</DT>", PsPrimitive.of(Instant.parse("2026-01-02T03:04:05.5Z"))),
            new Sample("<DT>0001-01-01T00:00:00</DT>", PsPrimitive.of(LocalDateTime.of(1, 1, 1, 0, 0))),
            new Sample(
                    "<DT>9999-12-31T23:59:59.9999999</DT>",
                    PsPrimitive.of(LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_900))),
            new Sample("<TS>PT9.0269026S</TS>", PsPrimitive.of(Duration.ofSeconds(9, 26_902_600))),
            new Sample("<TS>P1DT2H3.0000001S</TS>", PsPrimitive.of(Duration.parse("P1DT2H3.0000001S"))),
            new Sample("<TS>PT0S</TS>", PsPrimitive.of(Duration.ZERO)),
            new Sample("<TS>P2D</TS>", PsPrimitive.of(Duration.ofDays(2))),
            new Sample("<TS>-PT1M0.5S</TS>", PsPrimitive.of(Duration.ofMillis(-60_500))),
            new Sample(
                    "<TS>P10675199DT2H48M5.4775807S</TS>",
                    PsPrimitive.of(Duration.ofSeconds(922_337_203_685L, 477_580_700))),
            new Sample(
                    "<TS>-P10675199DT2H48M5.4775808S</TS>",
                    PsPrimitive.of(
                            Duration.ofSeconds(922_337_203_685L, 477_580_800).negated())),
            new Sample("<By>254</By>", PsPrimitive.integer(PrimitiveType.UNSIGNED_BYTE, 254)),
            new Sample("<SB>-127</SB>", PsPrimitive.integer(PrimitiveType.SIGNED_BYTE, -127)),
            new Sample("<U16>65535</U16>", PsPrimitive.integer(PrimitiveType.UINT16, 65535)),
            new Sample("<I16>-32768</I16>", PsPrimitive.integer(PrimitiveType.INT16, -32768)),
            new Sample("<U32>4294967295</U32>", PsPrimitive.integer(PrimitiveType.UINT32, 4_294_967_295L)),
            new Sample("<I32>-2147483648</I32>", PsPrimitive.of(Integer.MIN_VALUE)),
            new Sample(
                    "<U64>18446744073709551615</U64>",
                    PsPrimitive.integer(PrimitiveType.UINT64, new BigInteger("18446744073709551615"))),
            new Sample("<I64>-9223372036854775808</I64>", PsPrimitive.of(Long.MIN_VALUE)),
            new Sample("<Sg>12.34</Sg>", PsPrimitive.of(12.34f)),
            new Sample("<Sg>-INF</Sg>", PsPrimitive.of(Float.NEGATIVE_INFINITY)),
            new Sample("<Db>12.34</Db>", PsPrimitive.of(12.34)),
            new Sample("<Db>INF</Db>", PsPrimitive.of(Double.POSITIVE_INFINITY)),
            new Sample("<Db>NaN</Db>", PsPrimitive.of(Double.NaN)),
            new Sample("<D>12.340</D>", PsPrimitive.of(new BigDecimal("12.340"))),
            new Sample(
                    "<D>79228162514264337593543950335</D>",
                    PsPrimitive.of(new BigDecimal("79228162514264337593543950335"))),
            new Sample("<BA>AQIDBA==</BA>", PsPrimitive.of(new byte[] {1, 2, 3, 4})),
            new Sample("<BA></BA>", PsPrimitive.of(new byte[0])),
            new Sample(
                    "<G>792e5b37-4505-47ef-b7d2-8711bb7affa8</G>",
                    PsPrimitive.of(UUID.fromString("792e5b37-4505-47ef-b7d2-8711bb7affa8"))),
            new Sample("<URI>http://www.microsoft.com/</URI>", PsPrimitive.of(URI.create("http://www.microsoft.com/"))),
            new Sample("<Version>6.2.1.3</Version>", PsPrimitive.of(new PsVersion(6, 2, 1, 3))),
            new Sample("<Version>2.3</Version>", PsPrimitive.of(PsVersion.of(2, 3))),
            new Sample(
                    "<XD>&lt;item&gt;_x000A_&lt;name&gt;laptop&lt;/name&gt;&lt;/item&gt;</XD>",
                    PsPrimitive.xml("<item>\n<name>laptop</name></item>")),
            new Sample("<SBK>get-command -type cmdlet</SBK>", PsPrimitive.scriptBlock("get-command -type cmdlet")));

    private static PsValue read(String xml) throws CliXmlException {
        return new CliXmlReader().read(xml);
    }

    @Test
    public void everyTypeHasASample() {
        final Set<PrimitiveType> sampled =
                SAMPLES.stream().map(sample -> sample.value().type()).collect(Collectors.toSet());

        assertThat(sampled).isEqualTo(EnumSet.allOf(PrimitiveType.class));
    }

    @Test
    public void xmlIsReadAsItsValue() throws CliXmlException {
        for (final Sample sample : SAMPLES) {
            assertThat(read(sample.xml()).equals(sample.value()))
                    .as(sample.xml())
                    .isTrue();
        }
    }

    @Test
    public void valuesAreWrittenAsWindowsWritesThem() throws CliXmlException {
        for (final Sample sample : SAMPLES) {
            assertThat(new CliXmlWriter().writeString(sample.value())).isEqualTo(sample.xml());
        }
    }

    @Test
    public void theDefaultLocaleDoesNotMatter() throws CliXmlException {
        final Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            valuesAreWrittenAsWindowsWritesThem();
            xmlIsReadAsItsValue();
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    public void otherFormsOfTheSameValueAreRead() throws CliXmlException {
        assertThat(read("<B> 1 </B>").asBoolean()).isTrue();
        assertThat(read("<B>0</B>").asBoolean()).isFalse();
        assertThat(read("<I32>\n +7 </I32>").asInt()).isEqualTo(7);
        assertThat(read("<Db>1.5E-05</Db>").asDouble()).isEqualTo(0.000015);
        assertThat(read("<Db>1E+16</Db>").asDouble()).isEqualTo(1e16);
        assertThat(read("<D>.5</D>").asDecimal()).isEqualByComparingTo("0.5");
        assertThat(read("<G>{792E5B37-4505-47EF-B7D2-8711BB7AFFA8}</G>").asGuid())
                .isEqualTo(UUID.fromString("792e5b37-4505-47ef-b7d2-8711bb7affa8"));
        assertThat(read("<BA>AQID\n BA==</BA>").asBytes()).containsExactly(1, 2, 3, 4);
        assertThat(read("<TS>P1Y1M</TS>").asDuration()).isEqualTo(Duration.ofDays(395));
        assertThat(read("<TS>PT36H</TS>").asDuration()).isEqualTo(Duration.ofHours(36));
        assertThat(read("<DT>2026-01-02</DT>").asInstant()).isEqualTo(Instant.parse("2026-01-02T00:00:00Z"));
        assertThat(read("<S>a<![CDATA[<b>]]><!-- no -->c</S>").asString()).isEqualTo("a<b>c");
    }

    @Test
    public void textsThatAreNoValueAreRefusedWithoutQuotingThem() {
        final List<String> wrong = List.of(
                "<I32>2147483648</I32>",
                "<I32>hunter2</I32>",
                "<I32></I32>",
                "<U16>-1</U16>",
                "<By>256</By>",
                "<I64>9223372036854775808</I64>",
                "<U64>" + "9".repeat(1000) + "</U64>",
                "<C>65536</C>",
                "<C>a</C>",
                "<B>True</B>",
                "<Db>0x1p3</Db>",
                "<Db>1.0f</Db>",
                "<Db>Infinity</Db>",
                "<D>1E999999999</D>",
                "<D>79228162514264337593543950336</D>",
                "<D>0.00000000000000000000000000001</D>",
                "<G>1-1-1-1-1</G>",
                "<BA>????</BA>",
                "<DT>2026-02-30T00:00:00</DT>",
                "<DT>10000-01-01T00:00:00</DT>",
                "<DT>yesterday</DT>",
                "<TS>P</TS>",
                "<TS>PT</TS>",
                "<TS>P99999999D</TS>",
                "<Version>5</Version>",
                "<Version>1.2.3.4.5</Version>",
                "<Version>1.9999999999</Version>");
        for (final String xml : wrong) {
            final String content = xml.substring(xml.indexOf('>') + 1, xml.indexOf("</"));
            assertThatThrownBy(() -> read(xml))
                    .as(xml)
                    .isInstanceOf(CliXmlException.class)
                    .hasMessageStartingWith("The content of <")
                    .hasNoCause()
                    .satisfies(e -> assertThat(
                                    content.length() > 3 && e.getMessage().contains(content))
                            .isFalse());
        }
    }

    @Test
    public void valuesThatDotNetCannotHoldCannotBeMade() {
        assertThatThrownBy(() -> PsPrimitive.of(new BigDecimal("1E+1000000000")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PsPrimitive.of(Instant.MAX)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PsPrimitive.of(LocalDateTime.MAX)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PsPrimitive.of(Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PsPrimitive.integer(PrimitiveType.UINT32, -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PsPrimitive.integer(PrimitiveType.STRING, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void timesAreCutToTicks() {
        assertThat(PsPrimitive.of(Instant.parse("2026-01-01T00:00:00.123456789Z")))
                .isEqualTo(PsPrimitive.of(Instant.parse("2026-01-01T00:00:00.1234567Z")));
        assertThat(PsPrimitive.of(Duration.ofNanos(199))).isEqualTo(PsPrimitive.of(Duration.ofNanos(100)));
    }

    @Test
    public void accessorsAnswerOnlyForTheirType() throws CliXmlException {
        assertThat(PsPrimitive.of(5L).asInt()).isEqualTo(5);
        assertThat(PsPrimitive.of("x").asInt(3)).isEqualTo(3);
        assertThat(PsPrimitive.of("False").asBoolean()).isFalse();
        assertThat(PsPrimitive.of("no").asBoolean(true)).isTrue();
        assertThat(PsPrimitive.of(1.5).asDecimal()).isEqualByComparingTo("1.5");
        assertThat(PsPrimitive.of('x').asString()).isEqualTo("x");
        assertThat(PsPrimitive.of(12L).asString()).isEqualTo("12");
        assertThat(PsPrimitive.of(LocalDateTime.of(2026, 7, 1, 2, 0)).asInstant(ZoneId.of("Europe/Berlin")))
                .isEqualTo(Instant.parse("2026-07-01T00:00:00Z"));
        assertThatThrownBy(() -> PsPrimitive.of(1L << 40).asInt()).hasMessage("Expected a 32-bit integer, found INT64");
        assertThatThrownBy(() -> PsPrimitive.of("12").asInt()).hasMessage("Expected an integer, found STRING");
        assertThatThrownBy(() -> PsPrimitive.of(1.0).asLong()).isInstanceOf(CliXmlException.class);
        assertThatThrownBy(() -> PsPrimitive.of(Double.NaN).asDecimal()).isInstanceOf(CliXmlException.class);
        assertThatThrownBy(() -> PsNull.NULL.asVersion()).hasMessage("Expected a version, found NULL");
        assertThatThrownBy(() -> PsPrimitive.integer(PrimitiveType.UINT64, PrimitiveType.UINT64.max())
                        .asLong())
                .hasMessage("Expected a 64-bit integer, found UINT64");
    }

    @Test
    public void aCallersBytesAndOursAreApart() throws CliXmlException {
        final byte[] bytes = {1, 2, 3};
        final PsPrimitive value = PsPrimitive.of(bytes);
        Arrays.fill(bytes, (byte) 9);
        Arrays.fill(value.asBytes(), (byte) 9);

        assertThat(value.asBytes()).containsExactly(1, 2, 3);
        assertThat(value)
                .isEqualTo(PsPrimitive.of(new byte[] {1, 2, 3}))
                .hasSameHashCodeAs(PsPrimitive.of(new byte[] {1, 2, 3}));
    }

    @Test
    public void versionsCompareByNumber() {
        assertThat(PsVersion.parse("2.10")).isGreaterThan(PsVersion.of(2, 9)).isLessThan(PsVersion.parse("2.10.0"));
        assertThat(PsVersion.parse("5.1.14393.1000")).hasToString("5.1.14393.1000");
        assertThatThrownBy(() -> new PsVersion(1, 2, -1, 4)).isInstanceOf(IllegalArgumentException.class);
    }
}
