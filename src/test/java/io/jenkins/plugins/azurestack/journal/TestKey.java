package io.jenkins.plugins.azurestack.journal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256, as Jenkins's own keys do it. */
final class TestKey implements AuditKey {
    static final TestKey KEY = new TestKey("a key that is only here for tests");

    private final Mac initialised;

    TestKey(final String secret) {
        try {
            initialised = Mac.getInstance("HmacSHA256");
            initialised.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte[] mac(final byte[] message) {
        try {
            return ((Mac) initialised.clone()).doFinal(message);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}
