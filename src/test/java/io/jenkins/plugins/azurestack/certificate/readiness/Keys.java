package io.jenkins.plugins.azurestack.certificate.readiness;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The few keys of these tests, each made when it is first asked for. Finding primes takes longer than everything else
 * together, so keys of the usual length share theirs, two by two: twelve primes make 66 keys, good for tests alone.
 */
public final class Keys {
    private static final int USUAL = 2048;
    private static final int PRIMES = 12;
    private static final BigInteger EXPONENT = BigInteger.valueOf(65537);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Map<String, KeyPair> MADE = new HashMap<>();
    private static final List<BigInteger> FOUND = new ArrayList<>();
    private static int pair;

    private Keys() {}

    /** The RSA key of this name and length. */
    public static synchronized KeyPair rsa(final String name, final int bits) {
        return MADE.computeIfAbsent(name + bits, key -> bits == USUAL ? next() : make("RSA", bits));
    }

    /** An RSA key of 2048 bits. */
    public static KeyPair rsa(final String name) {
        return rsa(name, USUAL);
    }

    /** A key on an elliptic curve. */
    public static synchronized KeyPair ec() {
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

    /** A pair of primes that no key had yet: (1,0), (2,0), (2,1), (3,0) and so on, so that few primes go far. */
    private static KeyPair next() {
        int larger = 1;
        int before = pair++;
        while (before >= larger) {
            before -= larger++;
        }
        if (larger == PRIMES) {
            throw new IllegalStateException("More keys than these primes make");
        }
        while (FOUND.size() <= larger) {
            FOUND.add(prime());
        }
        return of(FOUND.get(larger), FOUND.get(before));
    }

    /** With its two highest bits set, so that a product of two has the full length. */
    private static BigInteger prime() {
        final int bits = USUAL / 2;
        BigInteger found;
        do {
            found = new BigInteger(bits - 2, RANDOM)
                    .setBit(bits - 1)
                    .setBit(bits - 2)
                    .nextProbablePrime();
        } while (found.mod(EXPONENT).equals(BigInteger.ONE));
        return found;
    }

    private static KeyPair of(final BigInteger p, final BigInteger q) {
        final BigInteger n = p.multiply(q);
        final BigInteger p1 = p.subtract(BigInteger.ONE);
        final BigInteger q1 = q.subtract(BigInteger.ONE);
        final BigInteger d = EXPONENT.modInverse(p1.multiply(q1));
        try {
            final KeyFactory factory = KeyFactory.getInstance("RSA");
            return new KeyPair(
                    factory.generatePublic(new RSAPublicKeySpec(n, EXPONENT)),
                    factory.generatePrivate(
                            new RSAPrivateCrtKeySpec(n, EXPONENT, d, p, q, d.mod(p1), d.mod(q1), q.modInverse(p))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
