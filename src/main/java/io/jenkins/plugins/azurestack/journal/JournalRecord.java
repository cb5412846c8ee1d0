package io.jenkins.plugins.azurestack.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * One record of a journal.
 *
 * @param number counted from 1
 * @param at when it was written
 * @param phase what the engine was in the middle of, in the engine's own word
 * @param call the id of the call that an intent or result is about; none for a note
 * @param fields what it says
 */
public record JournalRecord(long number, Instant at, Kind kind, String phase, Optional<String> call, Fields fields) {
    /** What a record stands for. */
    public enum Kind {
        /** Something is about to be done to the world. */
        INTENT("intent"),
        /** How that ended, as far as anybody knows. */
        RESULT("result"),
        /** Something worth keeping that changes nothing. */
        NOTE("note");

        private final String word;

        Kind(final String word) {
            this.word = word;
        }

        static Kind of(final String word) throws MalformedException {
            for (final Kind kind : values()) {
                if (kind.word.equals(word)) {
                    return kind;
                }
            }
            throw new MalformedException("its kind is unknown");
        }
    }

    FlatJson toJson() {
        final FlatJson json = new FlatJson()
                .put("n", number)
                .put("at", at)
                .put("kind", kind.word)
                .put("phase", phase);
        call.ifPresent(id -> json.put("call", id));
        return json.put(fields);
    }

    static JournalRecord of(final FlatJson json) throws MalformedException {
        return new JournalRecord(
                json.number("n"),
                json.instant("at"),
                Kind.of(json.text("kind")),
                json.text("phase"),
                json.optionalText("call"),
                json.fields());
    }
}
