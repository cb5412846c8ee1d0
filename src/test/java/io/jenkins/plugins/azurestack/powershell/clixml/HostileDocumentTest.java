package io.jenkins.plugins.azurestack.powershell.clixml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.Test;

/** Documents that no PowerShell would send. */
public class HostileDocumentTest {
    private static final CliXmlReader SMALL = new CliXmlReader(new CliXmlLimits(10_000, 100, 10));

    private static void refused(String document, String message) {
        refused(new CliXmlReader(), document, message);
    }

    private static void refused(CliXmlReader reader, String document, String message) {
        assertThatThrownBy(() -> reader.read(document))
                .isInstanceOf(CliXmlException.class)
                .hasMessageStartingWith(message)
                .hasNoCause();
    }

    @Test
    public void documentTypesAreRefused() {
        refused("<!DOCTYPE S><S>a</S>", "CLIXML has no document type and no entities");
        refused("<!DOCTYPE S SYSTEM \"file:///etc/passwd\"><S>a</S>", "CLIXML has no document type and no entities");
    }

    @Test
    public void brokenDocumentTypesNeverReachTheParser() {
        // The JDK's parser would print a stack trace of its own on this one.
        refused("<!DOCTYPE a [<!ENTI&amp;", "CLIXML has no document type and no entities");
        refused("<S>a</S><!DOCTYPE", "CLIXML has no document type and no entities");
    }

    @Test
    public void entitiesAreNeitherExpandedNorFetched() {
        refused(
                "<!DOCTYPE S [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><S>&b;&b;</S>",
                "CLIXML has no document type and no entities");
        refused(
                "<!DOCTYPE S [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><S>&a;</S>",
                "CLIXML has no document type and no entities");
        refused("<S>&a;</S>", "CLIXML ");
        refused("<Obj><MS><S N=\"&a;\"/></MS></Obj>", "CLIXML ");
    }

    @Test
    public void whatIsNoXmlIsRefusedWithItsPlaceAndWithoutItsContent() {
        assertThatThrownBy(() -> new CliXmlReader().read("<Obj>\n<MS><S N=\"p\">a&hunter2</S></MS></Obj>"))
                .isInstanceOfSatisfying(CliXmlException.class, e -> {
                    assertThat(e.line()).isEqualTo(2);
                    assertThat(e.column()).isPositive();
                    assertThat(e).hasMessageNotContaining("hunter2").hasNoCause();
                });
        for (final String document :
                List.of("", " ", "hunter2", "<", "<S>", "<S>a</S><S>b</S>", "<S>a</B>", "<S>\u0001</S>", "{}")) {
            refused(document, "CLIXML is not well-formed XML");
        }
    }

    @Test
    public void bytesThatAreNoUtf8AreRefused() {
        for (final byte[] bytes : List.of(
                new byte[] {'<', 'S', '>', (byte) 0xFF, '<', '/', 'S', '>'},
                new byte[] {'<', 'S', '>', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '<', '/', 'S', '>'},
                "<S>a</S>".getBytes(StandardCharsets.UTF_16))) {
            assertThatThrownBy(() -> new CliXmlReader().read(bytes)).hasMessage("CLIXML is not valid UTF-8");
        }
    }

    @Test
    public void aByteOrderMarkIsNoContent() throws CliXmlException {
        assertThat(new CliXmlReader()
                        .read("\uFEFF<S>a</S>".getBytes(StandardCharsets.UTF_8))
                        .asString())
                .isEqualTo("a");
    }

    @Test
    public void depthIsBounded() throws CliXmlException {
        assertThat(SMALL.read("<Obj><LST>".repeat(9) + "<S/>" + "</LST></Obj>".repeat(9))
                        .items())
                .hasSize(1);
        refused(SMALL, "<Obj><LST>".repeat(10) + "<S/>", "Values are nested deeper than 10 levels");
        refused(SMALL, "<Obj>".repeat(50), "Values are nested deeper than 10 levels");
        refused(SMALL, "<Obj><MS>" + "<MS N=\"a\">".repeat(50), "Values are nested deeper than 10 levels");
        refused(SMALL, "<Obj><DCT>" + "<En><Obj N=\"Key\"><DCT>".repeat(30), "Values are nested deeper than 10 levels");
        refused(SMALL, "<Obj>" + "<Unknown>".repeat(50), "Unknown elements are nested deeper than 10 levels");
        refused("<Obj><LST>".repeat(100_000), "Values are nested deeper than 50 levels");
        refused("<U>".repeat(1_000_000), "Unknown elements are nested deeper than 50 levels");
    }

    @Test
    public void elementsAreCountedWhereverTheyAre() {
        refused(SMALL, "<Obj><LST>" + "<Nil/>".repeat(200), "CLIXML has more than 100 elements");
        refused(SMALL, "<Obj><TN>" + "<T/>".repeat(200), "CLIXML has more than 100 elements");
        refused(SMALL, "<Unknown>" + "<a/>".repeat(200), "CLIXML has more than 100 elements");
        refused(SMALL, "<Objs>" + "<S/>".repeat(200), "CLIXML has more than 100 elements");
    }

    @Test
    public void sizeIsBoundedBeforeAnythingIsRead() {
        refused(SMALL, "x".repeat(10_001), "CLIXML is larger than the limit of 10000 bytes");
        assertThatThrownBy(() -> SMALL.read(("<S>" + "\u00e4".repeat(5_000) + "</S>").getBytes(UTF_8)))
                .hasMessage("CLIXML is larger than the limit of 10000 bytes");
        assertThatThrownBy(() -> SMALL.read(new byte[10_001]))
                .hasMessage("CLIXML is larger than the limit of 10000 bytes");
    }

    @Test
    public void referencesThatWouldUnfoldToBillionsStaySmall() throws CliXmlException {
        final StringBuilder document = new StringBuilder("<Obj><LST><Obj RefId=\"0\"><LST><S>lol</S></LST></Obj>");
        for (int level = 1; level < 1000; level++) {
            final String below = "<Ref RefId=\"" + (level - 1) + "\"/>";
            document.append("<Obj RefId=\"")
                    .append(level)
                    .append("\"><LST>")
                    .append(below.repeat(10))
                    .append("</LST></Obj>");
        }
        final PsValue laughs =
                new CliXmlReader().read(document.append("</LST></Obj>").toString());

        assertThat(laughs.items()).hasSize(1000);
        assertThat(new CliXmlReader().read(new CliXmlWriter().write(laughs)).items())
                .hasSize(1000);
    }

    @Test
    public void manyReferencesToLongTypeNamesShareThem() throws CliXmlException {
        final String names = "<T>" + "n".repeat(1000) + "</T>";
        final PsValue list = new CliXmlReader()
                .read("<Obj><LST><Obj><TN RefId=\"0\">" + names.repeat(100) + "</TN></Obj>"
                        + "<Obj><TNRef RefId=\"0\"/></Obj>".repeat(10_000) + "</LST></Obj>");

        final List<String> first = ((PsObject) list.items().get(0)).typeNames();
        assertThat(list.items()).hasSize(10_001).allSatisfy(item -> assertThat(((PsObject) item).typeNames())
                .isSameAs(first));
    }

    @Test
    public void aLaterObjectOfTheSameNumberTakesItOver() throws CliXmlException {
        final PsValue list = new CliXmlReader()
                .read("<Obj RefId=\"0\"><LST><Obj RefId=\"0\"><S>b</S></Obj><Ref RefId=\"0\"/></LST></Obj>");

        assertThat(list.items().get(1)).isSameAs(list.items().get(0));
    }

    @Test
    public void elementsInPrimitivesAndTextInObjectsAreRefused() {
        refused("<I32><I32>1</I32></I32>", "An element where text is expected");
        refused("<Obj>text</Obj>", "Text where an element is expected");
        refused("<Obj><MS><S>no name</S></MS></Obj>", "A property has no name");
    }

    @Test
    public void whatPowerShellWouldRefuseToReadIsNotWritten() throws CliXmlException {
        PsObject nested = PsObject.builder().build();
        for (int level = 1; level < CliXmlLimits.POWERSHELL_DEPTH; level++) {
            new CliXmlWriter().write(nested);
            nested = PsObject.list(TypeNames.ARRAY_LIST, List.of(nested));
        }
        final PsObject tooDeep = nested;

        assertThatThrownBy(() -> new CliXmlWriter().write(tooDeep))
                .isInstanceOf(CliXmlException.class)
                .hasMessage("Values are nested deeper than the 49 levels that PowerShell reads");
    }

    @Test
    public void thousandsOfNamespacesAreAttributesLikeAnyOther() throws CliXmlException {
        final StringBuilder element = new StringBuilder("<S");
        for (int number = 0; number < 4_000; number++) {
            element.append(" xmlns:p")
                    .append(number)
                    .append("=\"u")
                    .append(number)
                    .append('"');
            element.append(" p").append(number).append(":a=\"\"");
        }
        element.append("/>");

        assertThat(new CliXmlReader()
                        .read("<Obj><LST>" + element.toString().repeat(60) + "</LST></Obj>")
                        .items())
                .hasSize(60);
    }

    @Test
    public void aPrefixMakesAnElementUnknown() throws CliXmlException {
        assertThat(new CliXmlReader()
                        .read("<Obj><LST><a:S>x</a:S></LST></Obj>")
                        .items()
                        .get(0))
                .isInstanceOf(PsUnknown.class)
                .hasToString("<a:S>");
    }

    @Test
    public void aLargeAnswerIsRead() throws CliXmlException {
        final String line = "<S>" + "x".repeat(100) + "_x000D__x000A_&lt;é</S>";
        final PsValue list = new CliXmlReader().read("<Obj><LST>" + line.repeat(100_000) + "</LST></Obj>");

        assertThat(list.items()).hasSize(100_000);
        assertThat(list.items().get(99_999).asString()).endsWith("x\r\n<é");
    }

    @Test
    public void oneLongStringIsRead() throws CliXmlException {
        final String text = "&amp;".repeat(1_000_000);

        assertThat(new CliXmlReader().read("<S>" + text + "</S>").asString()).hasSize(1_000_000);
    }
}
