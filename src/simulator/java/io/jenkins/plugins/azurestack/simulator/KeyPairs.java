package io.jenkins.plugins.azurestack.simulator;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The few keys of a simulation. Making an RSA key takes longer than everything else together, so the keys that are
 * always needed are made side by side, every other one when it is first asked for, and certificates share them.
 * Thread-safe.
 */
final class KeyPairs {
    private final SecureRandom random;
    private final CompletableFuture<KeyPair> root;
    private final CompletableFuture<KeyPair> issuing;
    private final Map<Specimen.Key, KeyPair> leaves = new EnumMap<>(Specimen.Key.class);
    private final CompletableFuture<KeyPair> leaf;

    KeyPairs(final SecureRandom random) {
        this.random = random;
        root = making(Specimen.Key.RSA_2048);
        issuing = making(Specimen.Key.RSA_2048);
        leaf = making(Specimen.Key.RSA_2048);
    }

    private CompletableFuture<KeyPair> making(final Specimen.Key key) {
        return CompletableFuture.supplyAsync(() -> make(key));
    }

    KeyPair root() {
        return root.join();
    }

    KeyPair issuing() {
        return issuing.join();
    }

    KeyPair leaf(final Specimen.Key key) {
        if (key == Specimen.Key.RSA_2048) {
            return leaf.join();
        }
        synchronized (leaves) {
            return leaves.computeIfAbsent(key, this::make);
        }
    }

    private KeyPair make(final Specimen.Key key) {
        try {
            return switch (key) {
                case RSA_2048 -> make("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
                case RSA_1024 -> make("RSA", new RSAKeyGenParameterSpec(1024, RSAKeyGenParameterSpec.F4));
                case EC_P256 -> make("EC", new ECGenParameterSpec("secp256r1"));
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java 17 makes keys of kind " + key, e);
        }
    }

    private KeyPair make(final String algorithm, final AlgorithmParameterSpec parameters)
            throws GeneralSecurityException {
        final KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(parameters, random);
        return generator.generateKeyPair();
    }
}
