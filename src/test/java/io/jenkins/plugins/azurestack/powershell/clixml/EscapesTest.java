package io.jenkins.plugins.azurestack.powershell.clixml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.Test;

/** The escapes of MS-PSRP 2.2.5.3.2. */
public class EscapesTest {
    private static String written(String text) throws CliXmlException {
        final String xml = new CliXmlWriter().writeString(PsPrimitive.of(text));
        return xml.substring("<S>".length(), xml.length() - "</S>".length());
    }

    private static String read(String content) throws CliXmlException {
        return new CliXmlReader().read("<S>" + content + "</S>").asString();
    }

    @Test
    public void controlCharactersAreEscaped() throws CliXmlException {
        assertThat(written("a\r\nb\tc\0")).isEqualTo("a_x000D__x000A_b_x0009_c_x0000_");
        assertThat(written("\u007F\u0080\u009F\u00A0")).isEqualTo("_x007F__x0080__x009F_\u00A0");
    }

    @Test
    public void everySurrogateIsEscapedByItself() throws CliXmlException {
        assertThat(written("\uD834\uDD1E")).isEqualTo("_xD834__xDD1E_");
        assertThat(written("\uDD1E lone \uD834")).isEqualTo("_xDD1E_ lone _xD834_");
    }

    @Test
    public void anUnderscoreBeforeXIsEscaped() throws CliXmlException {
        assertThat(written("_x000A_")).isEqualTo("_x005F_x000A_");
        assertThat(written("_X")).isEqualTo("_x005F_X");
        assertThat(written("_y__x_")).isEqualTo("_y__x005F_x_");
        assertThat(written("end_")).isEqualTo("end_");
    }

    @Test
    public void charactersThatXmlForbidsAreEscaped() throws CliXmlException {
        assertThat(written("\uFFFE\uFFFF\uFFFD")).isEqualTo("_xFFFE__xFFFF_\uFFFD");
    }

    @Test
    public void charactersThatXmlForbidsAreReadAsWindowsWritesThem() throws CliXmlException {
        assertThat(read("\uFFFE and \uFFFF")).isEqualTo("\uFFFE and \uFFFF");
    }

    @Test
    public void escapesAreReadInEitherCase() throws CliXmlException {
        assertThat(read("_x000a__X000D_")).isEqualTo("\n\r");
    }

    @Test
    public void supplementaryCharactersAreReadInAllForms() throws CliXmlException {
        assertThat(read("_xD834__xDD1E_")).isEqualTo("\uD834\uDD1E");
        assertThat(read("\uD834\uDD1E")).isEqualTo("\uD834\uDD1E");
        assertThat(read("&#x1D11E;")).isEqualTo("\uD834\uDD1E");
        assertThat(read("_x0001D11E_")).isEqualTo("\uD834\uDD1E");
    }

    @Test
    public void whatOnlyLooksLikeAnEscapeStays() throws CliXmlException {
        for (final String text :
                new String[] {"_x", "_x_", "_x00_", "_x000A", "_x000G_", "_x00000A_", "_xFFFFFFFF_", "__", "_x+00A_"}) {
            assertThat(read(text)).isEqualTo(text);
        }
    }

    @Test
    public void aDecodedUnderscoreStartsNoEscape() throws CliXmlException {
        assertThat(read("actual_x005F_x000A_string_x000A_newline: _xD801__xDC37_"))
                .isEqualTo("actual_x000A_string\nnewline: \uD801\uDC37");
    }

    @Test
    public void namesAndTypeNamesAreEscapedToo() throws CliXmlException {
        final String name = "a\n\"b\" & <c> 'd' _x";
        final PsObject object = PsObject.builder()
                .types(List.of(name))
                .text(name)
                .extended(name, 1)
                .adapted(name, PsPrimitive.of(2))
                .build();
        final String xml = new CliXmlWriter().writeString(object);

        assertThat(xml).contains("N=\"a_x000A_&quot;b&quot; &amp; &lt;c&gt; 'd' _x005F_x\"");
        final PsObject again = (PsObject) new CliXmlReader().read(xml);
        assertThat(again.typeNames()).containsExactly(name);
        assertThat(again.text()).contains(name);
        assertThat(again.extended()).containsOnlyKeys(name);
        assertThat(again.adapted()).containsOnlyKeys(name);
    }

    @Test
    public void anyStringComesBackAsItWas() throws CliXmlException {
        final Random random = new Random(7);
        final char[] likely = "_xX0059AFdD \t\r\n&<>\"'\uD834\uDD1E\uFFFF\uFFFE\u0000\u009F]]".toCharArray();
        for (int round = 0; round < 5_000; round++) {
            final StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(24); length > 0; length--) {
                text.append(
                        random.nextInt(8) == 0
                                ? (char) random.nextInt(0x10000)
                                : likely[random.nextInt(likely.length)]);
            }
            assertThat(read(written(text.toString()))).isEqualTo(text.toString());
        }
    }
}
