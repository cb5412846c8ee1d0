package io.jenkins.plugins.azurestack.simulator.redfish;

/** What a BMC makes of {@code If-Match} when an account is changed. */
public enum EtagHabit {
    /** It may be left out; if it is there it has to match. */
    OPTIONAL,
    /** Without it nothing is changed (428), as on Lenovo's. */
    REQUIRED,
    /** It matches only without the quotes that an ETag has, as some services want it. */
    UNQUOTED
}
