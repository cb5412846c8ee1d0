package io.jenkins.plugins.azurestack.simulator.pki;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The few keys of a simulation. Making an RSA key takes longer than everything else together, so the keys that are
 * always needed are made side by side, every other one when it is first asked for, and certificates share them.
 * Thread-safe.
 */
final class KeyPairs {
    private final SecureRandom random;
    private final FutureTask<KeyPair> root;
    private final FutureTask<KeyPair> issuing;
    private final Map<Specimen.Key, KeyPair> leaves = new EnumMap<>(Specimen.Key.class);
    private final FutureTask<KeyPair> leaf;

    KeyPairs(final SecureRandom random) {
        this.random = random;
        root = making(Specimen.Key.RSA_2048);
        issuing = making(Specimen.Key.RSA_2048);
        leaf = making(Specimen.Key.RSA_2048);
    }

    /** The keys of an authority that was made before; others are made when they are asked for. */
    KeyPairs(final SecureRandom random, final KeyPair root, final KeyPair issuing) {
        this.random = random;
        this.root = new FutureTask<>(() -> root);
        this.issuing = new FutureTask<>(() -> issuing);
        this.root.run();
        this.issuing.run();
        leaf = making(Specimen.Key.RSA_2048);
    }

    private FutureTask<KeyPair> making(final Specimen.Key key) {
        final FutureTask<KeyPair> making = new FutureTask<>(() -> make(key));
        final Thread thread = new Thread(making, "making a key");
        thread.setDaemon(true);
        thread.start();
        return making;
    }

    KeyPair root() {
        return made(root);
    }

    KeyPair issuing() {
        return made(issuing);
    }

    KeyPair leaf(final Specimen.Key key) {
        if (key == Specimen.Key.RSA_2048) {
            return made(leaf);
        }
        synchronized (leaves) {
            return leaves.computeIfAbsent(key, this::make);
        }
    }

    private static KeyPair made(final FutureTask<KeyPair> making) {
        try {
            return making.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while a key was being made");
        } catch (ExecutionException e) {
            throw new IllegalStateException("A key could not be made", e);
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
