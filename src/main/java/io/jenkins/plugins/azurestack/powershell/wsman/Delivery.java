package io.jenkins.plugins.azurestack.powershell.wsman;

/** What is known about a request whose call failed. */
public enum Delivery {
    /** No byte of the request left: it had no effect, and asking again is safe. */
    NOT_SENT,
    /** The server answered this very request: what it did is what it says. */
    ANSWERED,
    /** Some or all of the request left and no answer was understood: it may or may not have had its effect. */
    UNKNOWN
}
