package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.clixml.PsNull;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import java.util.Objects;

/**
 * An error as PowerShell describes it (MS-PSRP 2.2.3.15). Immutable.
 *
 * <p>Target and stack trace can repeat what a command was called with, so {@link #toString()} leaves them out; bound
 * parameters are not kept at all.
 *
 * @param message what went wrong, as PowerShell prints it; never null
 * @param fullyQualifiedErrorId such as {@code CommandNotFoundException}; may be empty
 * @param category what kind of error
 * @param categoryMessage the category line that PowerShell prints, which names the target; may be empty
 * @param activity the command that failed; may be empty
 * @param reason the exception's short name; may be empty
 * @param targetName what it was about; may be empty
 * @param exceptionType the .NET type of the exception; may be empty
 * @param recommendedAction what the command's author recommends; may be empty
 * @param scriptStackTrace where in a script it happened; may be empty
 * @param target the object it was about, {@link PsNull} if none
 */
public record ErrorRecord(
        String message,
        String fullyQualifiedErrorId,
        ErrorCategory category,
        String categoryMessage,
        String activity,
        String reason,
        String targetName,
        String exceptionType,
        String recommendedAction,
        String scriptStackTrace,
        PsValue target)
        implements StreamRecord {

    public ErrorRecord {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(fullyQualifiedErrorId, "fullyQualifiedErrorId");
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(target, "target");
    }

    /** Reads one leniently: what is missing is empty. */
    static ErrorRecord of(PsValue value) {
        PsValue exception = value.property("Exception");
        return new ErrorRecord(
                message(value, exception),
                value.property("FullyQualifiedErrorId").asString(),
                ErrorCategory.of(value.property("ErrorCategory_Category").asInt(0)),
                value.property("ErrorCategory_Message").asString(),
                value.property("ErrorCategory_Activity").asString(),
                value.property("ErrorCategory_Reason").asString(),
                value.property("ErrorCategory_TargetName").asString(),
                Readings.typeName(exception),
                value.property("ErrorDetails_RecommendedAction").asString(),
                value.property("ErrorDetails_ScriptStackTrace").asString(),
                value.property("TargetObject"));
    }

    private static String message(PsValue value, PsValue exception) {
        String details = value.property("ErrorDetails_Message").asString();
        if (!details.isEmpty()) {
            return details;
        }
        String message = exception.property("Message").asString();
        return message.isEmpty() ? value.asString() : message;
    }

    /** Message, id and kind; not the target. */
    @Override
    public String toString() {
        return message + " [" + category.powerShellName() + ", " + fullyQualifiedErrorId + "]";
    }
}
