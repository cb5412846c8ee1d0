package io.jenkins.plugins.azurestack.powershell.wsman;

/** The streams of a PowerShell shell that a client writes to (MS-PSRP 3.1.5.3.3). */
public enum InputStreamName {
    /** All messages but the answers to host calls. */
    STDIN("stdin"),
    /** Answers to host calls. */
    HOST_RESPONSE("pr");

    private final String wireName;

    InputStreamName(final String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }
}
