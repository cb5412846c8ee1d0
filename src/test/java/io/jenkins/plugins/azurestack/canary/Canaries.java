package io.jenkins.plugins.azurestack.canary;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.MD4Digest;

/**
 * Secrets that nothing may have written anywhere, and the search for them: in bytes, texts, exceptions and folders, through
 * whatever {@link Wrapping}s they may have been put into, several deep. Used by one thread.
 */
public final class Canaries {
    /** Wrappings in wrappings. */
    private static final int DEPTH = 3;
    /** What is longer is opened once: of the audit trail's reserve, a megabyte of noise, anything could be made. */
    private static final int LONG = 1 << 18;
    /** A secret that is shorter would be found in every other file. */
    private static final int SHORTEST = 6;

    private final Map<String, Set<String>> secrets = new LinkedHashMap<>();
    private final Map<String, Pattern> shapes = new LinkedHashMap<>();

    public Canaries() {
        shapes.put("a private key in PEM", Pattern.compile("PRIVATE KEY-----"));
        shapes.put("a signed token", Pattern.compile("eyJ[\\w-]{8,}[.][\\w-]{16,}[.][\\w-]{16,}"));
    }

    /** A secret as text. */
    public Canaries text(final String name, final String secret) {
        bytes(name, secret.getBytes(StandardCharsets.UTF_8));
        secrets.get(name).add(secret);
        return this;
    }

    /** A secret as bytes. */
    public Canaries bytes(final String name, final byte[] secret) {
        if (secret.length < SHORTEST) {
            throw new IllegalArgumentException(name + " is too short to be looked for");
        }
        secrets.computeIfAbsent(name, none -> new HashSet<>()).add(new String(secret, StandardCharsets.ISO_8859_1));
        return this;
    }

    /**
     * A password, and the hashes that are as good as it for NTLM.
     *
     * @param user with its domain in front of a backslash, or without
     */
    public Canaries password(final String name, final String user, final String password) {
        text(name, password);
        final byte[] nt = nt(password);
        bytes(name + " (NT hash)", nt);
        final int slash = user.indexOf('\\');
        final String identity =
                user.substring(slash + 1).toUpperCase(Locale.ROOT) + user.substring(0, Math.max(0, slash));
        return bytes(name + " (NTLMv2 hash)", hmacMd5(nt, identity.getBytes(StandardCharsets.UTF_16LE)));
    }

    private static byte[] nt(final String password) {
        final byte[] wide = password.getBytes(StandardCharsets.UTF_16LE);
        final MD4Digest md4 = new MD4Digest();
        md4.update(wide, 0, wide.length);
        final byte[] hash = new byte[md4.getDigestSize()];
        md4.doFinal(hash, 0);
        return hash;
    }

    private static byte[] hmacMd5(final byte[] key, final byte[] message) {
        try {
            final Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(key, "HmacMD5"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacMD5", e);
        }
    }

    /** A private key: its number, which every unprotected form of it holds. */
    public Canaries key(final String name, final PrivateKey key) {
        if (key instanceof RSAPrivateKey rsa) {
            return number(name, rsa.getPrivateExponent());
        }
        if (key instanceof ECPrivateKey ec) {
            return number(name, ec.getS());
        }
        throw new IllegalArgumentException(name + " is a key of a kind that is not looked for: " + key.getAlgorithm());
    }

    /** Without a sign, which not every form of a key has. */
    private Canaries number(final String name, final BigInteger number) {
        final byte[] signed = number.toByteArray();
        return bytes(name, signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed);
    }

    /**
     * Searches bytes.
     *
     * @param place for people
     * @return each secret that is there, with the place and the wrappings that it is in; empty if none is
     */
    public Set<String> in(final String place, final byte[] content) {
        final Set<String> found = new TreeSet<>();
        search(place, new String(content, StandardCharsets.ISO_8859_1), found);
        return found;
    }

    /** Searches a text. */
    public Set<String> in(final String place, final String text) {
        return in(place, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Searches texts. */
    public Set<String> in(final String place, final Collection<?> texts) {
        final Set<String> found = new TreeSet<>();
        texts.forEach(text -> found.addAll(in(place, String.valueOf(text))));
        return found;
    }

    /** Searches an exception with all that hangs on it. */
    public Set<String> in(final Throwable thrown) {
        final Set<String> found = new TreeSet<>();
        for (final Throwable one : all(thrown, new ArrayList<>())) {
            found.addAll(
                    in(one.getClass().getName(), one + "\n" + one.getMessage() + "\n" + one.getLocalizedMessage()));
        }
        return found;
    }

    private static List<Throwable> all(final Throwable thrown, final List<Throwable> seen) {
        if (thrown != null && !seen.contains(thrown)) {
            seen.add(thrown);
            all(thrown.getCause(), seen);
            for (final Throwable suppressed : thrown.getSuppressed()) {
                all(suppressed, seen);
            }
        }
        return seen;
    }

    /** Searches every file below a folder: its name and its content. */
    public Set<String> in(final Path folder) throws IOException {
        final Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : files.toList()) {
                final String name = folder.relativize(file).toString();
                found.addAll(in("the name of " + name, name));
                if (Files.isRegularFile(file)) {
                    found.addAll(in(name, Files.readAllBytes(file)));
                }
            }
        }
        return found;
    }

    /** What is opened first is opened deepest: level by level, and nothing twice. */
    private void search(final String place, final String content, final Set<String> found) {
        final Set<String> seen = new HashSet<>();
        Map<String, String> level = Map.of(content, place);
        for (int depth = 0; depth <= DEPTH; depth++) {
            final Map<String, String> next = new LinkedHashMap<>();
            final boolean last = depth == DEPTH;
            level.forEach((text, where) -> {
                if (seen.add(text)) {
                    look(where, text, found);
                    if (!last) {
                        open(where, text, next);
                    }
                }
            });
            level = content.length() > LONG && depth > 0 ? Map.of() : next;
        }
    }

    private static void open(final String place, final String text, final Map<String, String> into) {
        for (final Wrapping wrapping : Wrapping.values()) {
            wrapping.opened(text).forEach(inner -> into.putIfAbsent(inner, place + ", " + wrapping.words()));
        }
    }

    private void look(final String place, final String text, final Set<String> found) {
        secrets.forEach((name, forms) -> {
            if (forms.stream().anyMatch(text::contains)) {
                found.add(name + " in " + place);
            }
        });
        shapes.forEach((name, shape) -> {
            if (shape.matcher(text).find()) {
                found.add(name + " in " + place);
            }
        });
    }
}
