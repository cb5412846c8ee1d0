package io.jenkins.plugins.azurestack.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a journal says. Immutable.
 *
 * @param rotation whose journal it is
 * @param begun when the rotation began
 * @param records in the order in which they were written
 * @param goodBytes where the last good record ends
 * @param tornBytes what a crash left behind it: the record that was being written, of which nobody was told that it
 *     was there
 */
public record JournalContents(
        RotationId rotation, Instant begun, List<JournalRecord> records, long goodBytes, long tornBytes) {
    static final int VERSION = 1;

    private static final String VERSION_FIELD = "journal";
    private static final String NEXT =
            "Nothing was changed. Keep a copy for whoever looks into it, and find out on the stamp what was done and what"
                    + " runs before the lock is released by hand and a new rotation is planned.";

    public JournalContents {
        records = List.copyOf(records);
    }

    /** Reads a journal without changing or locking anything. */
    public static JournalContents read(final Disk disk, final Path file) throws IOException {
        try (InputStream in = disk.read(file)) {
            return read(file, new Lines(in));
        }
    }

    private static JournalContents read(final Path file, final Lines lines) throws IOException {
        RotationId rotation = null;
        Instant begun = Instant.MIN;
        final List<JournalRecord> records = new ArrayList<>();
        final Calls calls = new Calls();
        long good = 0;
        for (Optional<Lines.Line> next = lines.next(); next.isPresent(); next = lines.next()) {
            final Lines.Line line = next.get();
            try {
                final FlatJson json = Frame.decode(line);
                if (rotation == null) {
                    rotation = rotation(json);
                    begun = json.instant("at");
                } else {
                    final JournalRecord entry = JournalRecord.of(json);
                    calls.add(entry, records.size() + 1L);
                    records.add(entry);
                }
                good += line.length();
            } catch (MalformedException e) {
                if (rotation != null && line.isTorn() && lines.next().isEmpty()) {
                    return new JournalContents(rotation, begun, records, good, line.length());
                }
                final long number = rotation == null ? 0 : records.size() + 1L;
                throw new DamagedFileException(file, number, line.offset(), e.getMessage(), NEXT);
            }
        }
        if (rotation == null) {
            throw new DamagedFileException(file, 0, 0, "it is not there", NEXT);
        }
        return new JournalContents(rotation, begun, records, good, 0);
    }

    static FlatJson header(final RotationId rotation, final Instant begun) {
        return new FlatJson()
                .put(VERSION_FIELD, VERSION)
                .put("rotation", rotation.value())
                .put("at", begun);
    }

    private static RotationId rotation(final FlatJson json) throws MalformedException {
        if (json.number(VERSION_FIELD) != VERSION) {
            throw new MalformedException("its version is " + json.number(VERSION_FIELD)
                    + ", and this version of the plugin reads " + VERSION);
        }
        try {
            return new RotationId(json.text("rotation"));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("its rotation has no usable id");
        }
    }

    /** Whether a crash came while a record was being written. */
    public boolean isTorn() {
        return tornBytes > 0;
    }

    /** The intents without a result: their outcome is unknown, and is settled by asking, never by doing them again. */
    public List<JournalRecord> unfinished() {
        final Calls calls = new Calls();
        records.forEach(calls::note);
        return List.copyOf(calls.open.values());
    }

    /** The intent of a call. */
    public Optional<JournalRecord> intent(final String call) {
        return find(JournalRecord.Kind.INTENT, call);
    }

    /** The result of a call. */
    public Optional<JournalRecord> result(final String call) {
        return find(JournalRecord.Kind.RESULT, call);
    }

    private Optional<JournalRecord> find(final JournalRecord.Kind kind, final String call) {
        return records.stream()
                .filter(entry -> entry.kind() == kind && entry.call().equals(Optional.of(call)))
                .findFirst();
    }

    /** Numbers of records and bytes, and nothing of what they say. */
    @Override
    public String toString() {
        return "journal of " + rotation + " with " + records.size() + " records"
                + (isTorn() ? " and a torn one of " + tornBytes + " bytes" : "");
    }

    /** The calls that were met so far, and the rules they keep. */
    private static final class Calls {
        private final Map<String, JournalRecord> all = new LinkedHashMap<>();
        private final Map<String, JournalRecord> open = new LinkedHashMap<>();

        void add(final JournalRecord entry, final long number) throws MalformedException {
            if (entry.number() != number) {
                throw new MalformedException("it is number " + entry.number());
            }
            final boolean right =
                    switch (entry.kind()) {
                        case INTENT ->
                            entry.call().isPresent()
                                    && !all.containsKey(entry.call().get());
                        case RESULT ->
                            entry.call().isPresent()
                                    && open.containsKey(entry.call().get());
                        case NOTE -> entry.call().isEmpty();
                    };
            if (!right) {
                throw new MalformedException("it does not follow from those before it");
            }
            note(entry);
        }

        void note(final JournalRecord entry) {
            entry.call().ifPresent(call -> {
                if (entry.kind() == JournalRecord.Kind.INTENT) {
                    all.put(call, entry);
                    open.put(call, entry);
                } else {
                    open.remove(call);
                }
            });
        }
    }
}
