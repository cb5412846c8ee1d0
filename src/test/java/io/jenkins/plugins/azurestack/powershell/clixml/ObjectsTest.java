package io.jenkins.plugins.azurestack.powershell.clixml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.Test;

/** Objects of MS-PSRP 2.2.5.2: names, references, containers and properties. */
public class ObjectsTest {
    private static PsValue read(String xml) throws CliXmlException {
        return new CliXmlReader().read(xml);
    }

    private static String write(PsValue value) throws CliXmlException {
        return new CliXmlWriter().writeString(value);
    }

    @Test
    public void anEnumerationAnswersWithNameAndNumber() throws CliXmlException {
        final String xml =
                "<Obj RefId=\"0\"><TN RefId=\"0\"><T>System.Management.Automation.Runspaces.ApartmentState</T><T>System.Enum</T>"
                        + "<T>System.ValueType</T><T>System.Object</T></TN><ToString>UNKNOWN</ToString><I32>2</I32></Obj>";
        final PsObject made =
                PsObject.enumeration("System.Management.Automation.Runspaces.ApartmentState", "UNKNOWN", 2);

        assertThat(write(made)).isEqualTo(xml);
        assertThat(read(xml).asString()).isEqualTo("UNKNOWN");
        assertThat(read(xml).asInt()).isEqualTo(2);
    }

    @Test
    public void aCredentialHasTheShapeThatWindowsBinds() throws CliXmlException {
        final PsObject credential =
                PsObject.credential("AzureStack\\CloudAdmin", PsSecureString.sealed("K86C/Bl3T/RyAsU62XoDMQ=="));

        assertThat(write(credential))
                .isEqualTo(
                        "<Obj RefId=\"0\"><TN RefId=\"0\"><T>System.Management.Automation.PSCredential</T><T>System.Object</T></TN>"
                                + "<ToString>System.Management.Automation.PSCredential</ToString><Props>"
                                + "<S N=\"UserName\">AzureStack\\CloudAdmin</S><SS N=\"Password\">K86C/Bl3T/RyAsU62XoDMQ==</SS></Props></Obj>");
    }

    @Test
    public void containersOfEveryKindKeepTheirItemsInOrder() throws CliXmlException {
        for (final String tag : new String[] {"LST", "IE", "STK", "QUE"}) {
            final String xml = "<Obj RefId=\"0\"><" + tag + "><S>a</S><Nil /><I32>3</I32></" + tag + "></Obj>";
            final PsObject list = (PsObject) read(xml);

            assertThat(list.container().map(ContainerKind::tag)).contains(tag);
            assertThat(list.items()).containsExactly(PsPrimitive.of("a"), PsNull.NULL, PsPrimitive.of(3));
            assertThat(write(list)).isEqualTo(xml);
        }
    }

    @Test
    public void emptyContainersStayContainers() throws CliXmlException {
        for (final String xml : new String[] {"<Obj RefId=\"0\"><LST /></Obj>", "<Obj RefId=\"0\"><DCT /></Obj>"}) {
            assertThat(((PsObject) read(xml)).container()).isPresent();
            assertThat(write(read(xml))).isEqualTo(xml);
        }
    }

    @Test
    public void aDictionaryAnswersByKeyAsByProperty() throws CliXmlException {
        final String xml =
                "<Obj RefId=\"0\"><DCT><En><S N=\"Key\">PSVersion</S><Version N=\"Value\">5.1.14393.0</Version></En>"
                        + "<En><I32 N=\"Key\">7</I32><Nil N=\"Value\" /></En></DCT></Obj>";
        final PsValue dictionary = read(xml);

        assertThat(dictionary.property("psversion").asVersion()).isEqualTo(new PsVersion(5, 1, 14393, 0));
        assertThat(dictionary.entries())
                .containsExactly(
                        new PsEntry(PsPrimitive.of("PSVersion"), PsPrimitive.of(new PsVersion(5, 1, 14393, 0))),
                        new PsEntry(PsPrimitive.of(7), PsNull.NULL));
        assertThat(write(dictionary)).isEqualTo(xml);
    }

    @Test
    public void entriesMayNameValueBeforeKey() throws CliXmlException {
        final PsValue dictionary = read("<Obj><DCT><En><I32 N=\"value\">1</I32><S N=\"key\">a</S></En></DCT></Obj>");

        assertThat(dictionary.property("a").asInt()).isEqualTo(1);
    }

    @Test
    public void anEntryWithoutKeyIsRefused() {
        assertThatThrownBy(() -> read("<Obj><DCT><En><Nil N=\"Key\"/><I32 N=\"Value\">1</I32></En></DCT></Obj>"))
                .hasMessageStartingWith("A dictionary's entry has no key");
    }

    @Test
    public void propertiesAreFoundWhereverTheyAreAndWhateverTheirCase() throws CliXmlException {
        final PsValue service = read(
                "<Obj RefId=\"0\"><TN RefId=\"0\"><T>System.ServiceProcess.ServiceController</T><T>System.Object</T></TN>"
                        + "<ToString>winrm</ToString><Props><S N=\"Status\">Running</S><S N=\"Name\">adapted</S><S N=\"Only\">x</S></Props>"
                        + "<MS><S N=\"Name\">winrm</S><Nil N=\"only\" /></MS></Obj>");

        assertThat(service.property("status").asString()).isEqualTo("Running");
        assertThat(service.property("NAME").asString()).isEqualTo("winrm");
        assertThat(service.property("Only").asString()).isEqualTo("x");
        assertThat(service.property("Missing").isNull()).isTrue();
        assertThat(service.property("Missing").property("Deeper").asString()).isEmpty();
        assertThat(service.asString()).isEqualTo("winrm");
        assertThatThrownBy(() -> service.required("Missing"))
                .isInstanceOf(CliXmlException.class)
                .hasMessage(
                        "Property 'Missing' is missing or null in System.ServiceProcess.ServiceController with 5 properties");
    }

    @Test
    public void typesAreFoundWithAndWithoutThePrefixOfDeserialisedObjects() throws CliXmlException {
        final PsObject list = (PsObject)
                read("<Obj><TN><T>Deserialized.System.Object[]</T><T>Deserialized.System.Array</T></TN><LST /></Obj>");

        assertThat(list.isA("System.Array")).isTrue();
        assertThat(list.isA("system.object[]")).isTrue();
        assertThat(list.isA("System.Object")).isFalse();
    }

    @Test
    public void typeNamesAreReferredToAfterTheFirstTime() throws CliXmlException {
        final List<PsObject> none = List.of(
                PsObject.enumeration("E", "None", 0),
                PsObject.enumeration("F", "None", 0),
                PsObject.enumeration("E", "One", 1));
        final String xml = write(PsObject.list(TypeNames.ARRAY_LIST, none));

        assertThat(xml)
                .isEqualTo(
                        "<Obj RefId=\"0\"><TN RefId=\"0\"><T>System.Collections.ArrayList</T><T>System.Object</T></TN><LST>"
                                + "<Obj RefId=\"1\"><TN RefId=\"1\"><T>E</T><T>System.Enum</T><T>System.ValueType</T><T>System.Object</T></TN>"
                                + "<ToString>None</ToString><I32>0</I32></Obj>"
                                + "<Obj RefId=\"2\"><TN RefId=\"2\"><T>F</T><T>System.Enum</T><T>System.ValueType</T><T>System.Object</T></TN>"
                                + "<ToString>None</ToString><I32>0</I32></Obj>"
                                + "<Obj RefId=\"3\"><TNRef RefId=\"1\" /><ToString>One</ToString><I32>1</I32></Obj></LST></Obj>");
        assertThat(((PsObject) read(xml).items().get(2)).isA("E")).isTrue();
        assertThat(write(read(xml))).isEqualTo(xml);
    }

    @Test
    public void aReferenceIsTheSameObject() throws CliXmlException {
        final String xml =
                "<Obj RefId=\"0\"><MS><Obj N=\"Used\" RefId=\"1\"><S></S></Obj><Ref N=\"Free\" RefId=\"1\" /></MS></Obj>";
        final PsValue drive = read(xml);

        assertThat(drive.property("Free")).isSameAs(drive.property("Used"));
        assertThat(write(drive)).isEqualTo(xml);
    }

    @Test
    public void anObjectMayContainItself() throws CliXmlException {
        final String xml = "<Obj RefId=\"0\"><ToString>drive</ToString><Props><Obj N=\"Provider\" RefId=\"1\"><Props>"
                + "<Obj N=\"Drives\" RefId=\"2\"><LST><Ref RefId=\"0\" /></LST></Obj></Props></Obj></Props></Obj>";
        final PsValue drive = read(xml);

        assertThat(drive.property("Provider").property("Drives").items().get(0)).isSameAs(drive);
        assertThat(drive).hasToString("PSObject with 1 properties");
        assertThat(write(drive)).isEqualTo(xml);
    }

    @Test
    public void aReferenceToNothingIsRefused() {
        assertThatThrownBy(() -> read("<Obj RefId=\"0\"><LST><Ref RefId=\"1\"/></LST></Obj>"))
                .hasMessageStartingWith("<Ref> refers to no object before it");
        assertThatThrownBy(() -> read("<Obj RefId=\"0\"><TNRef RefId=\"0\"/></Obj>"))
                .hasMessageStartingWith("<TNRef> refers to no type names before it");
        assertThatThrownBy(() -> read("<Ref/>")).hasMessageStartingWith("<Ref> has no RefId");
    }

    @Test
    public void theOrderOfPartsDoesNotMatter() throws CliXmlException {
        final PsValue object =
                read("<Obj RefId=\"0\"><MS><B N=\"a\">true</B></MS><I32>4</I32><Props><B N=\"b\">false</B></Props>"
                        + "<ToString>four</ToString><TN RefId=\"0\"><T>T</T></TN></Obj>");

        assertThat(write(object))
                .isEqualTo("<Obj RefId=\"0\"><TN RefId=\"0\"><T>T</T></TN><ToString>four</ToString><I32>4</I32>"
                        + "<Props><B N=\"b\">false</B></Props><MS><B N=\"a\">true</B></MS></Obj>");
    }

    @Test
    public void aWrappedStringKeepsItsNotes() throws CliXmlException {
        final String xml = "<Obj RefId=\"0\"><S>DONE</S><MS><S N=\"PSComputerName\">ercs01</S></MS></Obj>";

        assertThat(read(xml).asString()).isEqualTo("DONE");
        assertThat(read(xml).property("PSComputerName").asString()).isEqualTo("ercs01");
        assertThat(write(read(xml))).isEqualTo(xml);
    }

    @Test
    public void anObjectInAnObjectIsLookedThrough() throws CliXmlException {
        final String xml =
                "<Obj RefId=\"0\"><Obj RefId=\"1\"><LST><I32>1</I32></LST><MS><S N=\"a\">x</S></MS></Obj></Obj>";

        assertThat(read(xml).items()).hasSize(1);
        assertThat(read(xml).property("a").asString()).isEqualTo("x");
        assertThat(write(read(xml))).isEqualTo(xml);
    }

    @Test
    public void memberSetsAreKept() throws CliXmlException {
        final String xml =
                "<Obj RefId=\"0\"><MS><MS N=\"PSStandardMembers\"><S N=\"DefaultDisplayProperty\">Name</S></MS></MS></Obj>";

        assertThat(read(xml)
                        .property("PSStandardMembers")
                        .property("defaultDisplayProperty")
                        .asString())
                .isEqualTo("Name");
        assertThat(write(read(xml))).isEqualTo(xml);
    }

    @Test
    public void unknownElementsAreKeptAsPropertiesAndItemsAndSkippedElsewhere() throws CliXmlException {
        final PsValue object = read(
                "<Obj RefId=\"0\"><New><Deep>x</Deep></New><TN><T>T</T><U/></TN><MS><SemanticVersion N=\"v\">7.4.0-rc.1</SemanticVersion>"
                        + "<Tree N=\"t\">a<Leaf>b</Leaf>c</Tree></MS><LST><Future/></LST></Obj>");

        assertThat(object.property("v").asString()).isEqualTo("7.4.0-rc.1");
        assertThat(object.property("t").asString()).isEqualTo("ac");
        assertThat(object.items()).hasSize(1);
        assertThat(write(object))
                .isEqualTo("<Obj RefId=\"0\"><TN RefId=\"0\"><T>T</T></TN><LST><Future></Future></LST><MS>"
                        + "<SemanticVersion N=\"v\">7.4.0-rc.1</SemanticVersion><Tree N=\"t\">ac</Tree></MS></Obj>");
    }

    @Test
    public void compactProgressRecordsBecomeProperties() throws CliXmlException {
        final PsValue record = read(
                "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\"><Obj S=\"progress\" RefId=\"0\">"
                        + "<TN RefId=\"0\"><T>System.Management.Automation.PSCustomObject</T><T>System.Object</T></TN><MS><I64 N=\"SourceId\">1</I64>"
                        + "<PR N=\"Record\"><AV>Preparing modules for first use.</AV><AI>0</AI><Nil /><PI>-1</PI><PC>-1</PC><T>Completed</T><SR>-1</SR><SD> </SD></PR>"
                        + "</MS></Obj></Objs>");

        final PsValue progress = record.property("Record");
        assertThat(progress.property("Activity").asString()).isEqualTo("Preparing modules for first use.");
        assertThat(progress.property("RecordType").asString()).isEqualTo("Completed");
        assertThat(progress.property("PercentComplete").asInt()).isEqualTo(-1);
        assertThat(progress.property("StatusDescription").asString()).isEqualTo(" ");
    }

    @Test
    public void aDocumentOfManyValuesIsReadAsAList() throws CliXmlException {
        final String document = "<?xml version=\"1.0\" encoding=\"utf-16\"?>\r\n<Objs Version=\"1.1.0.1\" "
                + "xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">\r\n  <S>a</S>\r\n  <I32>2</I32>\r\n</Objs>";

        assertThat(new CliXmlReader().readAll(document)).containsExactly(PsPrimitive.of("a"), PsPrimitive.of(2));
        assertThatThrownBy(() -> read(document)).hasMessage("Expected one value, found 2");
    }

    @Test
    public void aSecondPropertyOfTheSameNameReplacesTheFirst() throws CliXmlException {
        assertThat(write(read("<Obj RefId=\"0\"><MS><I32 N=\"a\">1</I32><I32 N=\"a\">2</I32></MS></Obj>")))
                .isEqualTo("<Obj RefId=\"0\"><MS><I32 N=\"a\">2</I32></MS></Obj>");
    }

    @Test
    public void aBuiltObjectDoesNotChange() {
        final PsObject.Builder builder =
                PsObject.builder().container(ContainerKind.LIST).item(PsNull.NULL);
        final PsObject list = builder.build();

        assertThatThrownBy(() -> builder.item(PsNull.NULL)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> list.items().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> PsObject.builder().item(PsNull.NULL)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> PsObject.builder().entry("a", PsNull.NULL)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    public void nothingPrintsContent() throws CliXmlException {
        final PsValue object = read(
                "<Obj RefId=\"0\"><TN><T>Type</T></TN><ToString>hunter2</ToString><Props><S N=\"p\">hunter2</S><New N=\"q\">hunter2</New></Props>"
                        + "<MS><MS N=\"m\"><S N=\"hunter2\">hunter2</S></MS></MS></Obj>");
        final PsValue list = read("<Obj><LST><S>hunter2</S><BA>aHVudGVyMg==</BA></LST></Obj>");

        assertThat(object.toString()
                        + object.property("p")
                        + object.property("q")
                        + object.property("m")
                        + list
                        + list.items())
                .isEqualTo(
                        "Type with 3 propertiesSTRING<New>PsMemberSet of 1PSObject (LIST of 2, 0 properties)[STRING, BYTES]");
    }

    @Test
    public void aTypeNameCannotForgeALine() throws CliXmlException {
        final PsValue object =
                read("<Obj><TN><T>Type_x000A_INFO: all is well_x001B_[0m" + "x".repeat(1000) + "</T></TN></Obj>");

        assertThat(object.toString())
                .startsWith("Type?INFO: all is well?[0mxxx")
                .hasSizeLessThan(250);
    }
}
