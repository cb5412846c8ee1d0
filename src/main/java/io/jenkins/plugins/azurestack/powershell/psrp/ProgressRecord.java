package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;

/**
 * How far a command says it is (MS-PSRP 2.2.5.1.25). Immutable.
 *
 * @param activity what is being done; never null
 * @param activityId tells several activities of one pipeline apart
 * @param statusDescription how it stands; may be empty
 * @param currentOperation what is being done to what; may be empty
 * @param parentActivityId the activity that this one is part of, -1 for none
 * @param percentComplete 0 to 100, -1 if unknown
 * @param secondsRemaining -1 if unknown
 * @param completed whether the activity is over
 */
public record ProgressRecord(
        String activity,
        int activityId,
        String statusDescription,
        String currentOperation,
        int parentActivityId,
        int percentComplete,
        int secondsRemaining,
        boolean completed)
        implements StreamRecord {
    private static final int COMPLETED = 1;

    /** Reads one leniently: what is missing is empty or unknown. */
    static ProgressRecord of(PsValue value) {
        return new ProgressRecord(
                value.property("Activity").asString(),
                value.property("ActivityId").asInt(0),
                value.property("StatusDescription").asString(),
                value.property("CurrentOperation").asString(),
                value.property("ParentActivityId").asInt(-1),
                value.property("PercentComplete").asInt(-1),
                value.property("SecondsRemaining").asInt(-1),
                value.property("Type").asInt(0) == COMPLETED);
    }
}
