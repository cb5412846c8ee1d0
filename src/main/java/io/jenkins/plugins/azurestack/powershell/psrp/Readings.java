package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;

/** What several kinds of records are read by. Pure functions. */
final class Readings {
    private static final String COPY = "Deserialized.";

    private Readings() {}

    /** The text of a warning, verbose or debug record (MS-PSRP 2.2.3.16). */
    static String message(PsValue value) {
        String message = value.property("InformationalRecord_Message").asString();
        return message.isEmpty() ? value.asString() : message;
    }

    /** The most derived type of an object without the prefix of a copy; empty for anything else. */
    static String typeName(PsValue value) {
        if (value instanceof PsObject object && !object.typeNames().isEmpty()) {
            String name = object.typeNames().get(0);
            return name.startsWith(COPY) ? name.substring(COPY.length()) : name;
        }
        return "";
    }
}
