package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;

/** What a pipeline writes to one of its streams other than output. */
public sealed interface StreamRecord
        permits ErrorRecord, WarningRecord, VerboseRecord, DebugRecord, ProgressRecord, InformationRecord {

    /** The text of a warning, verbose or debug record (MS-PSRP 2.2.3.16). */
    static String informationalMessage(PsValue value) {
        String message = value.property("InformationalRecord_Message").asString();
        return message.isEmpty() ? value.asString() : message;
    }

    /** The most derived type of an object without the prefix of a copy; empty for anything else. */
    static String typeName(PsValue value) {
        if (value instanceof PsObject object && !object.typeNames().isEmpty()) {
            String name = object.typeNames().get(0);
            return name.startsWith("Deserialized.") ? name.substring("Deserialized.".length()) : name;
        }
        return "";
    }
}
