package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.journal.SecretGuard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Recognises the secrets of one run in texts, whole or as a part. Thread-safe; wiped when closed. */
final class KnownSecrets implements SecretGuard, AutoCloseable {
    /** A shorter one would be found in every other word. */
    private static final int SHORTEST = 6;

    private final List<char[]> secrets = new ArrayList<>();

    /** @param secret left alone */
    synchronized void add(final char[] secret) {
        if (secret.length >= SHORTEST && secrets.stream().noneMatch(known -> Arrays.equals(known, secret))) {
            secrets.add(secret.clone());
        }
    }

    @Override
    public synchronized boolean recognises(final String text) {
        return secrets.stream().anyMatch(secret -> isIn(secret, text));
    }

    private static boolean isIn(final char[] secret, final String text) {
        for (int from = 0; from + secret.length <= text.length(); from++) {
            int same = 0;
            while (same < secret.length && text.charAt(from + same) == secret[same]) {
                same++;
            }
            if (same == secret.length) {
                return true;
            }
        }
        return false;
    }

    @Override
    public synchronized void close() {
        secrets.forEach(secret -> Arrays.fill(secret, '\0'));
        secrets.clear();
    }

    @Override
    public String toString() {
        return "secrets of a run";
    }
}
