package io.jenkins.plugins.azurestack.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The write-ahead journal of one rotation. An engine writes the intent of a call, makes the call once this has
 * returned, and then writes the result: whatever is cut short, the file tells what may have been done. An intent
 * without a result is a call whose outcome is unknown; it is never made again, but settled by asking.
 *
 * <p>Records go to disk one by one, each forced before its method returns. A method that throws has not written: no
 * call may follow an intent that failed, while a result that failed is to be tried again. One owner at a time, which
 * {@link StampLocks} sees to; within it, safe for use by several threads.
 *
 * <p>No secret goes into a journal: fields are plain text, and the owner's {@link SecretGuard} looks at each. In an
 * intent it makes the call impossible; in a result or note, where the thing has happened, words stand in place of the
 * value.
 */
public final class Journal {
    private static final Pattern WORD = Pattern.compile("[!-~][ -~]{0,99}");
    private static final String OWN_PHASE = "journal";

    private final AppendedFile file;
    private final Clock clock;
    private final SecretGuard guard;
    private JournalContents contents;

    private Journal(
            final Disk disk,
            final Path file,
            final JournalContents contents,
            final Clock clock,
            final SecretGuard guard)
            throws IOException {
        this.file = new AppendedFile(disk, file, contents.goodBytes());
        this.contents = contents;
        this.clock = clock;
        this.guard = guard.or(SecretGuard.PRIVATE_KEYS);
    }

    /**
     * Begins the journal of a new rotation.
     *
     * @param file in a folder that exists
     * @param guard recognises the secrets of this run
     * @throws java.nio.file.FileAlreadyExistsException if it was begun before, and is to be opened
     */
    public static Journal begin(
            final Disk disk, final Path file, final RotationId rotation, final Clock clock, final SecretGuard guard)
            throws IOException {
        disk.createWhole(file, Frame.encode(JournalContents.header(rotation, clock.instant())));
        return open(disk, file, rotation, clock, guard);
    }

    /**
     * Opens the journal of a rotation to go on with it.
     *
     * @param guard recognises the secrets of this run
     * @throws DamagedFileException if it is not what was written; a last record that a crash tore is no damage
     * @throws IOException if it can't be read, or is another rotation's
     */
    public static Journal open(
            final Disk disk, final Path file, final RotationId rotation, final Clock clock, final SecretGuard guard)
            throws IOException {
        final JournalContents contents = JournalContents.read(disk, file);
        if (!contents.rotation().equals(rotation)) {
            throw new IOException(file + " is the journal of rotation '" + contents.rotation() + "', not of '"
                    + rotation + "'. Nothing was changed. Put back the file that belongs there.");
        }
        return new Journal(disk, file, contents, clock, guard);
    }

    /** What it says by now. */
    public synchronized JournalContents contents() {
        return contents;
    }

    /**
     * Says that a call is about to be made.
     *
     * @param phase the engine's own word, 1 to 100 characters of printable ASCII
     * @param call an id that no other intent of this journal has, 1 to 100 characters of printable ASCII
     * @throws SecretRefusedException if a secret is in it
     * @throws IOException if it is not on disk; the call may not be made
     */
    public synchronized JournalRecord intent(final String phase, final String call, final Fields fields)
            throws IOException {
        required("phase", phase);
        required("call", call);
        if (contents.intent(call).isPresent()) {
            throw new IllegalStateException("Call '" + call + "' has an intent already: it may have been made");
        }
        guard.refuse(fields);
        return write(JournalRecord.Kind.INTENT, phase, Optional.of(call), fields);
    }

    /**
     * Says how a call ended; the phase is its intent's.
     *
     * @param call the id of an intent without result, of this process or an earlier one
     * @throws IOException if it is not on disk; to be tried again
     */
    public synchronized JournalRecord result(final String call, final Fields fields) throws IOException {
        final JournalRecord intent =
                contents.intent(call).orElseThrow(() -> new IllegalStateException("Call '" + call + "' has no intent"));
        if (contents.result(call).isPresent()) {
            throw new IllegalStateException("Call '" + call + "' has a result already");
        }
        return write(JournalRecord.Kind.RESULT, intent.phase(), Optional.of(call), guard.withheld(fields));
    }

    /**
     * Keeps something that changes nothing.
     *
     * @param phase the engine's own word, 1 to 100 characters of printable ASCII
     * @throws IOException if it is not on disk
     */
    public synchronized JournalRecord note(final String phase, final Fields fields) throws IOException {
        required("phase", phase);
        return write(JournalRecord.Kind.NOTE, phase, Optional.empty(), guard.withheld(fields));
    }

    private void required(final String what, final String word) {
        if (!WORD.matcher(word).matches()) {
            throw new IllegalArgumentException("A " + what + " has 1 to 100 characters of printable ASCII");
        }
        guard.refuse(what, word);
    }

    private JournalRecord write(
            final JournalRecord.Kind kind, final String phase, final Optional<String> call, final Fields fields)
            throws IOException {
        if (contents.isTorn()) {
            add(
                    JournalRecord.Kind.NOTE,
                    OWN_PHASE,
                    Optional.empty(),
                    Fields.NONE.with("torn-bytes", contents.tornBytes()));
        }
        return add(kind, phase, call, fields);
    }

    private JournalRecord add(
            final JournalRecord.Kind kind, final String phase, final Optional<String> call, final Fields fields)
            throws IOException {
        final JournalRecord entry =
                new JournalRecord(contents.records().size() + 1L, clock.instant(), kind, phase, call, fields);
        final byte[] frame = Frame.encode(entry.toJson());
        file.append(frame);
        final List<JournalRecord> records = new ArrayList<>(contents.records());
        records.add(entry);
        contents = new JournalContents(
                contents.rotation(), contents.begun(), records, contents.goodBytes() + frame.length, 0);
        return entry;
    }

    /** Which rotation's, and how many records. */
    @Override
    public synchronized String toString() {
        return contents.toString();
    }
}
