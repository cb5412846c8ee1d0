package io.jenkins.plugins.azurestack.journal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Stands for a user name with its password where no password may be kept: a code made with a key that is kept elsewhere,
 * so that nobody who finds it can try passwords against it. Stateless.
 */
public final class LoginFingerprint {
    private LoginFingerprint() {}

    /**
     * The code, in lower-case hexadecimal.
     *
     * @param purpose what it is for: codes for one purpose say nothing about those for another
     * @param password the caller's to wipe
     */
    public static String of(final AuditKey key, final String purpose, final String user, final char[] password) {
        final byte[] before = (purpose + "\0" + user + "\0").getBytes(StandardCharsets.UTF_8);
        final ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        final byte[] message = Arrays.copyOf(before, before.length + encoded.remaining());
        encoded.get(message, before.length, encoded.remaining());
        try {
            return HexFormat.of().formatHex(key.mac(message));
        } finally {
            Arrays.fill(message, (byte) 0);
            Arrays.fill(encoded.array(), (byte) 0);
        }
    }
}
