package io.jenkins.plugins.azurestack.change;

import io.jenkins.plugins.azurestack.journal.Anchor;
import io.jenkins.plugins.azurestack.journal.Fields;
import io.jenkins.plugins.azurestack.journal.RunJournal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes down what every change of a stamp does: in its journal, so that it can be resumed, and in the stamp's audit
 * trail. Intents are on disk before their method returns, or it throws. What only follows from something that has
 * happened to the world is kept until it can be written, so that a full disk never stops what runs there. Safe for use by
 * several threads.
 */
public abstract class ChangeMemory {
    public static final String PLAN = "plan";
    public static final String BASELINE = "baseline";
    public static final String SESSION = "session";
    public static final String BEGAN = "began";
    public static final String VERIFIED = "verified";
    public static final String GIVEN_UP = "given-up";
    public static final String END = "end";

    /** The outcome of a call that never left. */
    public static final String NOT_SENT = "not-sent";

    /** How many values go into one record. */
    private static final int CHUNK = 30;

    protected final RunJournal journal;

    protected ChangeMemory(final RunJournal journal) {
        this.journal = journal;
    }

    /** Where the audit trail is. */
    public final Anchor anchor() {
        return journal.anchor();
    }

    /** So many values in as many records as that takes. */
    protected static List<Fields> chunks(final List<String> values) {
        final List<Fields> chunks = new ArrayList<>();
        for (int from = 0; from < values.size(); from += CHUNK) {
            Fields fields = Fields.NONE;
            for (final String value : values.subList(from, Math.min(values.size(), from + CHUNK))) {
                fields = fields.with("v" + fields.values().size(), value);
            }
            chunks.add(fields);
        }
        return chunks;
    }

    /** What it takes to find the stamp's call again; it is sent only if this returns. */
    public final void session(final Map<String, String> ids) throws IOException {
        journal.note(SESSION, new Fields(ids));
    }

    /** The stamp has named its action plan. */
    public final void began(final String instance) {
        journal.happened(BEGAN, Fields.of("instance", instance));
    }

    /** Everything is proved. */
    public final void verified(final List<String> warnings) {
        journal.happened(VERIFIED, Fields.of("warnings", String.join("\n", warnings)));
    }

    /** It never begins; on disk once this returns, and only then is taken back what was prepared for it. */
    public final void givenUp(final String message, final String advice) throws IOException {
        journal.happened(GIVEN_UP, Fields.of("message", message).with("advice", advice));
        journal.flush();
    }

    /** How far it came; on disk once this returns. */
    public final void end(final End<?> end) throws IOException {
        journal.happened(END, end.fields());
        journal.flush();
    }
}
