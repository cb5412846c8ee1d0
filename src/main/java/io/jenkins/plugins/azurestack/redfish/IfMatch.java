package io.jenkins.plugins.azurestack.redfish;

/** How a change names the state of the account that it is meant for. */
public enum IfMatch {
    /** As the vendor wants it: mostly the ETag as it was read, or none where there was none. */
    USUAL,
    /** The ETag without its quotes, which is all that some services match. */
    UNQUOTED,
    /** {@code *}: whatever the state. */
    ANY
}
