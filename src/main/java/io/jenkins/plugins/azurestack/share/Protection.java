package io.jenkins.plugins.azurestack.share;

/** What a connection has to be protected with, at least. Guests and anonymous logons are refused in any case. */
public enum Protection {
    /** Every message is signed; it is encrypted besides if the server can. For connections straight from here. */
    SIGNED,
    /** Every message is encrypted, or nothing is sent. For connections through somebody else, such as an agent. */
    ENCRYPTED
}
