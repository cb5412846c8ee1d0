package io.jenkins.plugins.azurestack.journal;

/**
 * The key of an audit trail, which never leaves whoever holds it. In Jenkins it is an {@code HMACConfidentialKey}.
 * Implementations are safe for use by several threads.
 */
@FunctionalInterface
public interface AuditKey {
    /**
     * A message authentication code of at least 16 bytes, the same for the same message for as long as the trail is to
     * be verified.
     */
    byte[] mac(byte[] message);
}
