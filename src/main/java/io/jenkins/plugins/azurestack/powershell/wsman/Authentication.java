package io.jenkins.plugins.azurestack.powershell.wsman;

/** How a client proves who it is. */
public enum Authentication {
    /** NTLMv2: seals every message on plain HTTP, binds itself to the certificate on TLS. */
    NTLM,
    /** The password itself; only ever sent over TLS. */
    BASIC
}
