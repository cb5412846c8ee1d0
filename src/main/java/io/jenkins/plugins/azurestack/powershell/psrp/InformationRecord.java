package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlException;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import java.time.Instant;
import java.util.List;

/**
 * What {@code Write-Information} writes, and {@code Write-Host} where there is no host (MS-PSRP 2.2.2.26). Immutable.
 *
 * @param message the text of the message; never null
 * @param messageData the message as it was given, often a string
 * @param source the command or script that wrote it; may be empty
 * @param timeGenerated when, by the server's clock; null if it was not said
 * @param tags may be empty
 * @param user who ran it; may be empty
 * @param computer where it ran; may be empty
 */
public record InformationRecord(
        String message,
        PsValue messageData,
        String source,
        Instant timeGenerated,
        List<String> tags,
        String user,
        String computer)
        implements StreamRecord {

    public InformationRecord {
        tags = List.copyOf(tags);
    }

    /** Reads one leniently: what is missing is empty. */
    static InformationRecord of(PsValue value) {
        PsValue data = value.property("MessageData");
        String hostMessage = data.property("Message").asString();
        return new InformationRecord(
                hostMessage.isEmpty() ? data.asString() : hostMessage,
                data,
                value.property("Source").asString(),
                time(value.property("TimeGenerated")),
                value.property("Tags").items().stream().map(PsValue::asString).toList(),
                value.property("User").asString(),
                value.property("Computer").asString());
    }

    private static Instant time(PsValue value) {
        try {
            return value.asInstant();
        } catch (CliXmlException e) {
            return null;
        }
    }
}
