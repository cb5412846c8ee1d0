package io.jenkins.plugins.azurestack.powershell.clixml;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.powershell.psrp.MalformedMessageException;
import io.jenkins.plugins.azurestack.powershell.psrp.Message;
import io.jenkins.plugins.azurestack.powershell.psrp.Mutations;
import io.jenkins.plugins.azurestack.powershell.psrp.RecordedMessages;
import io.jenkins.plugins.azurestack.powershell.psrp.RecordedMessages.Direction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Damaged documents end in the declared exception, and what is read can be read again. */
public class CliXmlFuzzTest {
    private static final List<String> TOKENS = List.of(
            "<Obj>",
            "<Obj RefId=\"0\">",
            "</Obj>",
            "<Ref RefId=\"0\" />",
            "<Ref N=\"a\" RefId=\"1\"/>",
            "<TNRef RefId=\"0\" />",
            "<TN RefId=\"0\"><T>T</T></TN>",
            "<LST>",
            "</LST>",
            "<STK>",
            "<QUE>",
            "<IE>",
            "<DCT>",
            "<En>",
            "</En>",
            "<MS>",
            "<MS N=\"set\">",
            "</MS>",
            "<Props>",
            "</Props>",
            "<ToString>",
            "<Nil N=\"Key\" />",
            "<Nil />",
            "<SS>AAAA</SS>",
            "<SS N=\"V\">rTm4n3bxaFOIgdjhDDV5OA==</SS>",
            "<PR><AI>1</AI><Nil/><T>x</T></PR>",
            "<D>1.0</D>",
            "<Db>1E308</Db>",
            "<DT>2026-01-02T03:04:05.6Z</DT>",
            "<TS>-P1DT1.5S</TS>",
            "<Version>1.2</Version>",
            "<U64>18446744073709551615</U64>",
            "<C>55296</C>",
            "<XD>&lt;a/&gt;</XD>",
            "<BA>AAECAw==</BA>",
            "<G>00000000-0000-0000-0000-000000000000</G>",
            "N=\"Key\"",
            "N=\"Value\"",
            " RefId=\"1\"",
            "_x000A_",
            "_xD834_",
            "_xFFFFFFFF_",
            "_x",
            "&amp;",
            "&#x10FFFF;",
            "&#0;",
            "&a;",
            "<!DOCTYPE a [<!ENTITY a \"b\">]>",
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "<?a?>",
            "\u00EF\u00BF\u00BF",
            "\u00ED\u00A0\u0080",
            "9999999999999999999999999999",
            "E+999999999",
            "-",
            ".",
            "<New>",
            "</New>",
            "<Objs>",
            "xmlns=\"a\"",
            "xmlns:p=\"b\" p:N=\"c\"");

    @Rule
    public final Timeout hang = Mutations.timeout();

    private static List<byte[]> seeds() throws MalformedMessageException {
        final List<byte[]> seeds = new ArrayList<>();
        Stream.of(
                        "<S>text_x000A_</S>",
                        "<Obj RefId=\"0\"><TN RefId=\"0\"><T>E</T><T>System.Enum</T></TN><ToString>None</ToString><I32>0</I32></Obj>",
                        "<Obj RefId=\"0\"><DCT><En><S N=\"Key\">a</S><Obj N=\"Value\" RefId=\"1\"><LST><Ref RefId=\"0\" /></LST></Obj></En></DCT></Obj>",
                        "<Obj RefId=\"0\"><Props><DT N=\"d\">2026-01-02T03:04:05Z</DT><TS N=\"t\">PT1S</TS><D N=\"n\">1.50</D></Props>"
                                + "<MS><MS N=\"s\"><Db N=\"f\">1.5</Db></MS><SS N=\"p\">rTm4n3bxaFOIgdjhDDV5OA==</SS></MS></Obj>")
                .map(document -> document.getBytes(StandardCharsets.UTF_8))
                .forEach(seeds::add);
        for (final Direction direction : RecordedMessages.all()) {
            for (final Message message : direction.messages()) {
                seeds.add(message.payload());
            }
        }
        return seeds;
    }

    @Test
    public void damagedDocumentsAreRefusedOrRead() throws MalformedMessageException {
        final CliXmlReader reader = new CliXmlReader(new CliXmlLimits(1 << 20, 100_000, 40));
        final long runs = new Mutations(seeds(), TOKENS, "<\"").run(input -> {
            try {
                readAgain(reader.read(input));
                reader.withCipher(SessionKey.RECORDED).read(input);
            } catch (CliXmlException declared) {
                assertThat(declared).hasNoCause();
            }
        });

        assertThat(runs).isPositive();
    }

    /** Nothing is lost on the way out and in again, and every accessor answers or declines. */
    private static void readAgain(PsValue value) throws CliXmlException {
        final CliXmlWriter writer = new CliXmlWriter();
        final String written = writer.writeString(value);
        final PsValue again = new CliXmlReader().read(written);
        assertThat(writer.writeString(again)).isEqualTo(written);

        assertThat(value.asString()).isNotNull();
        assertThat(value.toString()).isNotNull();
        assertThat(value.asInt(1)).isEqualTo(again.asInt(1));
        assertThat(value.asBoolean(true)).isEqualTo(again.asBoolean(true));
        assertThat(value.property("Key")).isNotNull();
        assertThat(value.items()).hasSameSizeAs(again.items());
        assertThat(value.entries()).hasSameSizeAs(again.entries());
        assertThat(value.primitive()).isEqualTo(again.primitive());
    }
}
