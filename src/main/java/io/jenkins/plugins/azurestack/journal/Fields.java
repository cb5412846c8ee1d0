package io.jenkins.plugins.azurestack.journal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a record says, as named values in plain text; never a secret. There is no way to put in an array, an object or a
 * credential, and a name that would announce a secret is refused. Immutable.
 *
 * @param values in the order in which they were added; values longer than 4,000 characters are cut, and say so
 */
public record Fields(Map<String, String> values) {
    /** No fields. */
    public static final Fields NONE = new Fields(Map.of());

    /** How many there may be: with the length of values, what keeps a line below {@link Lines#LONGEST}. */
    static final int MOST = 40;

    private static final int LONGEST = 4_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9.-]{0,63}");
    private static final List<String> SECRETS =
            List.of("password", "passphrase", "secret", "token", "privatekey", "private-key");

    /** @throws IllegalArgumentException if a name is not usable, or there are more than forty */
    public Fields {
        final Map<String, String> kept = new LinkedHashMap<>();
        values.forEach((name, value) -> kept.put(required(name), kept(value)));
        if (kept.size() > MOST) {
            throw new IllegalArgumentException("A record holds at most " + MOST + " fields, not " + kept.size());
        }
        values = Collections.unmodifiableMap(kept);
    }

    /** One field. */
    public static Fields of(final String name, final String value) {
        return NONE.with(name, value);
    }

    /** These and one more; the latter of two with one name counts. */
    public Fields with(final String name, final String value) {
        final Map<String, String> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Fields(more);
    }

    /** These and a number. */
    public Fields with(final String name, final long value) {
        return with(name, Long.toString(value));
    }

    /** These and an instant, written as ISO 8601 in UTC. */
    public Fields with(final String name, final Instant value) {
        return with(name, value.toString());
    }

    /** The value of a name. */
    public Optional<String> get(final String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The names only. */
    @Override
    public String toString() {
        return values.keySet().toString();
    }

    private static String required(final String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "The name of a field is 1 to 64 letters, digits, dots or hyphens, a letter first");
        }
        final String end = name.toLowerCase(Locale.ROOT);
        for (final String secret : SECRETS) {
            if (end.endsWith(secret)) {
                throw new IllegalArgumentException(
                        "A field '" + name + "' would be a secret; none belongs in a record");
            }
        }
        return name;
    }

    /** Text that can be written: halves of a surrogate pair become question marks. */
    static String text(final String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static String kept(final String value) {
        final String text = text(value);
        if (text.length() <= LONGEST) {
            return text;
        }
        final String remark = "... (cut: " + text.length() + " characters)";
        final int end = LONGEST - remark.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + remark;
    }
}
