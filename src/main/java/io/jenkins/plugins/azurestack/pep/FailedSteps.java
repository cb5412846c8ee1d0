package io.jenkins.plugins.azurestack.pep;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The steps of an action plan that failed, out of its {@code ProgressAsXml}. */
final class FailedSteps {
    private static final int LONGEST = 4_000_000;
    private static final int MOST = 3;
    private static final Set<String> FAILED = Set.of("Error", "Failed");

    private FailedSteps() {}

    /** A phrase that names them; empty if there are none, or the text can't be read. */
    static String of(final String progress) {
        if (progress.isEmpty() || progress.length() > LONGEST) {
            return "";
        }
        try {
            final List<String> names = names(progress);
            return names.isEmpty() ? "" : ", failed at " + String.join(" and ", names);
        } catch (XMLStreamException e) {
            return "";
        }
    }

    private static List<String> names(final String progress) throws XMLStreamException {
        final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        final XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(progress));
        final List<String> names = new ArrayList<>();
        while (reader.hasNext() && names.size() < MOST) {
            if (reader.next() == XMLStreamConstants.START_ELEMENT
                    && "Step".equals(reader.getLocalName())
                    && FAILED.contains(String.valueOf(reader.getAttributeValue(null, "Status")))) {
                names.add("step " + reader.getAttributeValue(null, "FullStepIndex") + " '"
                        + reader.getAttributeValue(null, "Name") + "'");
            }
        }
        return names;
    }
}
