package io.jenkins.plugins.azurestack.journal;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Knows secrets when it sees them: the last fence before a value is written to disk. The owner gives one that knows the
 * secrets of the run (whole or inside a longer text). Implementations are safe for use by several threads.
 */
@FunctionalInterface
public interface SecretGuard {
    /** What is written in place of a value that may not be. */
    String WITHHELD = "(withheld: a secret)";

    /** Recognises private keys in PEM; always applied. */
    SecretGuard PRIVATE_KEYS = text -> text.contains("PRIVATE KEY-----");

    /** Whether a text is a secret or holds one. */
    boolean recognises(String text);

    /** Recognises what either does. */
    default SecretGuard or(final SecretGuard other) {
        return text -> recognises(text) || other.recognises(text);
    }

    /** The text, or the words that stand for it. */
    default String withheld(final String text) {
        return recognises(text) ? WITHHELD : text;
    }

    /** The fields, with words in place of what may not be written. */
    default Fields withheld(final Fields fields) {
        final Map<String, String> kept = new LinkedHashMap<>();
        fields.values().forEach((name, value) -> kept.put(name, withheld(value)));
        return new Fields(kept);
    }

    /** @throws SecretRefusedException if one of the fields is or holds a secret */
    default void refuse(final Fields fields) {
        fields.values().forEach((name, value) -> refuse("field '" + name + "'", value));
    }

    /** @throws SecretRefusedException naming {@code where} if the text is or holds a secret */
    default void refuse(final String where, final String text) {
        if (recognises(text)) {
            throw new SecretRefusedException(where);
        }
    }
}
