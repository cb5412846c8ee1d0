package io.jenkins.plugins.azurestack.certificate.readiness;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The few keys of these tests, each made when it is first asked for: making one takes longer than most tests. */
public final class Keys {
    private static final Map<String, KeyPair> MADE = new ConcurrentHashMap<>();

    private Keys() {}

    /** The RSA key of this name and length. */
    public static KeyPair rsa(final String name, final int bits) {
        return MADE.computeIfAbsent(name + bits, key -> make("RSA", bits));
    }

    /** An RSA key of 2048 bits. */
    public static KeyPair rsa(final String name) {
        return rsa(name, 2048);
    }

    /** A key on an elliptic curve. */
    public static KeyPair ec() {
        return MADE.computeIfAbsent("EC", key -> make("EC", 256));
    }

    private static KeyPair make(final String algorithm, final int bits) {
        try {
            final KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
