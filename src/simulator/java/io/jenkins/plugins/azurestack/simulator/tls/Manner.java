package io.jenkins.plugins.azurestack.simulator.tls;

/** How a front end meets those who connect. */
public enum Manner {
    /** Completes the TLS handshake with its certificate. */
    SERVES,
    /** Does not accept connections. */
    REFUSES,
    /** Accepts, reads, and never says a word. */
    SILENT,
    /** Accepts, and resets the connection once a client has said hello. */
    RESETS,
    /** Accepts, and closes the connection once a client has said hello. */
    CLOSES,
    /** Answers a client's hello with something that is not TLS. */
    BABBLES,
    /** Answers with a byte a second of a handshake that never ends. */
    DRIBBLES,
    /** Answers a client's hello with the fatal TLS alert {@code handshake_failure}. */
    DECLINES
}
