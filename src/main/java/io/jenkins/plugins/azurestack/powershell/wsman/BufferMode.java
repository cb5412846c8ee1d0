package io.jenkins.plugins.azurestack.powershell.wsman;

/** What a disconnected shell does when nobody takes its output (MS-WSMV 2.2.4.1). */
public enum BufferMode {
    /** The pipeline waits until somebody reconnects: nothing is lost. */
    BLOCK("Block"),
    /** The oldest output is dropped: the pipeline runs on. */
    DROP("Drop");

    private final String wireName;

    BufferMode(final String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }
}
