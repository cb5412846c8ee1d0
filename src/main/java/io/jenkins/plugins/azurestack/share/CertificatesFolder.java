package io.jenkins.plugins.azurestack.share;

import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The folder {@code Certificates} on a share, opened by {@link ShareClient}. For one thread at a time, but
 * {@link #close} may be called from any: what another thread is waiting for then ends at once, as it does when that thread
 * is interrupted.
 *
 * <p>Every change is asked for once. After a {@link ShareOutcomeUnknownException}, a {@link ShareUnreachableException} or
 * a {@link ShareCancelledException} the folder is closed, and has to be opened anew.
 */
public final class CertificatesFolder implements AutoCloseable {
    private static final int PROBE_NAME_BYTES = 16;
    private static final int MOST_NAMED = 10;

    private final UncPath path;
    private final SmbFolder folder;
    private final SecureRandom random;

    CertificatesFolder(final UncPath path, final SmbFolder folder, final SecureRandom random) {
        this.path = path;
        this.folder = folder;
        this.random = random;
    }

    /** Where it is. */
    public UncPath path() {
        return path;
    }

    /** Looks at what is there, what may be done and what room there is; changes nothing. */
    public Inspection inspect() throws ShareException {
        final List<ShareEntry> entries = folder.list(Inspection.MOST_ENTRIES);
        final boolean complete = entries.size() <= Inspection.MOST_ENTRIES;
        return new Inspection(
                folder.protection(),
                complete ? entries : entries.subList(0, Inspection.MOST_ENTRIES),
                complete,
                folder.mayBeFilled(),
                folder.freeBytes());
    }

    /**
     * Tries what an inspection only asks about: makes a file and deletes it again. Its name begins with
     * {@code azure-stack-hub-probe-} and can't be guessed.
     */
    public void probe() throws ShareException {
        final byte[] unpredictable = new byte[PROBE_NAME_BYTES];
        random.nextBytes(unpredictable);
        folder.probe("azure-stack-hub-probe-" + HexFormat.of().formatHex(unpredictable) + ".tmp");
    }

    /**
     * Puts a set on the share: folders first, where they are missing, then one file after the other, each written once,
     * flushed by the server, read back and compared. The share must hold no file and no folder but empty ones of the
     * layout: leftovers of the caller's own are to be removed first.
     *
     * @return the files as they were staged, in the set's order
     * @throws ForeignFilesException if something lies there; nothing was written
     * @throws SharePermissionException if the account may not write
     * @throws ShareFullException if there is too little room, see {@link Inspection#roomFor}, or none is left
     * @throws ReadBackException if a file reads otherwise than it was written
     * @throws ShareOutcomeUnknownException if no answer came to a change; the journal then says which
     * @throws ShareException for any other reason; what the journal says was written is on the share
     * @throws IOException what the journal threw
     */
    public List<StagedFile> stage(final CertificateFiles files, final StagingJournal journal) throws IOException {
        final Inspection found = inspect();
        requireFree(found, files);
        return write(files, found, journal);
    }

    /**
     * Puts further files on the share, beside whatever lies there by now; otherwise as {@link #stage} does. The caller has
     * looked, and knows that it is its own.
     *
     * @throws ForeignFilesException if one of the names is taken; that file was left as it is
     */
    public List<StagedFile> add(final CertificateFiles files, final StagingJournal journal) throws IOException {
        return write(files, inspect(), journal);
    }

    private List<StagedFile> write(final CertificateFiles files, final Inspection found, final StagingJournal journal)
            throws IOException {
        for (final String name : folders(files)) {
            if (!found.hasFolder(name)) {
                journal.aboutToMake(name);
                folder.makeFolder(name);
                journal.made(name);
            }
        }
        final List<StagedFile> all = new ArrayList<>();
        for (final CertificateFile file : files.files()) {
            final StagedFile staged = files.staged(file);
            journal.aboutToWrite(staged);
            folder.writeNew(staged.path(), file.content());
            readBack(staged);
            journal.written(staged);
            all.add(staged);
        }
        return List.copyOf(all);
    }

    /**
     * What lies there, but for empty folders of the layout.
     *
     * @param provider whose layout it is
     * @return by path, SHA-256 of what is in a file, in lower-case hex; an empty text for what is no file, is open
     *     elsewhere, or is too large for a set
     * @throws ForeignFilesException if there is more than could be listed
     */
    public Map<String, String> contents(final IdentityProvider provider) throws ShareException {
        final Inspection found = inspect();
        if (!found.complete()) {
            throw new ForeignFilesException(
                    path + " holds more than " + Inspection.MOST_ENTRIES
                            + " files and folders. Nothing was touched. Name a folder of its own for this stamp.",
                    found.entries(),
                    null);
        }
        final Map<String, String> contents = new LinkedHashMap<>();
        for (final ShareEntry entry : found.foreign(provider, List.of())) {
            contents.put(entry.path(), entry.kind() == ShareEntry.Kind.FILE ? hash(entry.path()) : "");
        }
        return contents;
    }

    private String hash(final String file) throws ShareException {
        try {
            return folder.read(file).map(StagedFile::sha256).orElse("");
        } catch (ShareBusyException e) {
            return "";
        }
    }

    private void requireFree(final Inspection found, final CertificateFiles files) throws ShareException {
        final List<ShareEntry> foreign = found.foreign(files.identityProvider(), List.of());
        if (!foreign.isEmpty() || !found.complete()) {
            throw new ForeignFilesException(
                    path + " is not free for a certificate set: " + named(foreign) + " lie there"
                            + (found.complete() ? "" : ", and more than " + Inspection.MOST_ENTRIES + " entries in all")
                            + ". Nothing was touched or written. The stamp takes a set only if nothing else lies there: move"
                            + " away what is yours, or name a folder of its own for this stamp.",
                    foreign,
                    null);
        }
        if (!found.mayWrite()) {
            throw new SharePermissionException(
                    "The account may not add files and folders to " + path
                            + ". Nothing was written. Let it read, write and"
                            + " delete in the share's permissions as well as in the folder's.",
                    0,
                    null);
        }
        final long room = Inspection.roomFor(files);
        if (found.freeBytes() < room) {
            throw new ShareFullException(
                    path + " has " + found.freeBytes()
                            + " bytes left for this account; the set and what the stamp makes of" + " it need " + room
                            + ". Nothing was written. Make room on the share, or raise the quota.",
                    0,
                    null);
        }
    }

    private static String named(final Collection<ShareEntry> entries) {
        final String first =
                entries.stream().limit(MOST_NAMED).map(ShareEntry::toString).collect(Collectors.joining(", "));
        return entries.size() > MOST_NAMED ? first + " and " + (entries.size() - MOST_NAMED) + " more" : first;
    }

    private static Set<String> folders(final CertificateFiles files) {
        final Set<String> folders = new LinkedHashSet<>();
        folders.add(Layout.folder(files.identityProvider()));
        files.files().forEach(file -> folders.add(Layout.folder(files.identityProvider(), file.folder())));
        return folders;
    }

    private void readBack(final StagedFile staged) throws ShareException {
        final Optional<byte[]> content;
        try {
            content = folder.read(staged.path());
        } catch (ShareNotFoundException e) {
            throw notAsWritten(staged, "is gone");
        }
        if (content.filter(staged::isContent).isEmpty()) {
            throw notAsWritten(staged, "has another content");
        }
    }

    private ReadBackException notAsWritten(final StagedFile staged, final String how) {
        return new ReadBackException(
                staged.path() + " was written to " + path + " and " + how
                        + " when it was read back. Nothing was started"
                        + " with it. Look at what else works on that share (virus scanners, quotas, replication), remove the"
                        + " set, and stage it again.",
                staged.path());
    }

    /** Holds what is there against what the caller says is its own; changes nothing. */
    public Comparison compare(final List<StagedFile> files) throws ShareException {
        final Map<StagedFile, Comparison.State> states = new LinkedHashMap<>();
        for (final StagedFile file : files) {
            states.put(file, state(file));
        }
        return new Comparison(states, listAll().foreign(files));
    }

    private Comparison.State state(final StagedFile file) throws ShareException {
        try {
            return folder.read(file.path()).filter(file::isContent).isPresent()
                    ? Comparison.State.SAME
                    : Comparison.State.CHANGED;
        } catch (ShareNotFoundException e) {
            return Comparison.State.ABSENT;
        } catch (ShareBusyException e) {
            return Comparison.State.IN_USE;
        }
    }

    /**
     * Removes the caller's files, if they are what was staged or what the caller takes for its own, and then those of the
     * caller's folders that are empty. Everything else stays as it is, and is reported. May be called again after any
     * failure.
     *
     * @param files what was staged
     * @param folders what was made, in any order
     * @param rewriting tells which changed files are the caller's own
     * @throws IllegalArgumentException if a folder is none of the layout
     */
    public Removal remove(final List<StagedFile> files, final List<String> folders, final Rewriting rewriting)
            throws ShareException {
        for (final String name : folders) {
            if (!Layout.isFolder(name)) {
                throw new IllegalArgumentException("No folder of a certificate set is called '" + name + "'");
            }
        }
        final Map<StagedFile, Removal.Fate> fates = new LinkedHashMap<>();
        for (final StagedFile file : files) {
            fates.put(file, remove(file, rewriting));
        }
        final List<String> removed = new ArrayList<>();
        for (final String name : deepestFirst(folders)) {
            if (removeFolder(name)) {
                removed.add(name);
            }
        }
        final List<ShareEntry> left = listAll().foreign(List.of());
        // A file that somebody reads goes only once he is done with it.
        fates.replaceAll(
                (file, fate) -> fate == Removal.Fate.REMOVED && isAmong(left, file) ? Removal.Fate.IN_USE : fate);
        return new Removal(fates, removed, left);
    }

    private static boolean isAmong(final List<ShareEntry> entries, final StagedFile file) {
        return entries.stream().anyMatch(entry -> entry.path().equalsIgnoreCase(file.path()));
    }

    private Removal.Fate remove(final StagedFile file, final Rewriting rewriting) throws ShareException {
        try {
            return folder.deleteIf(file.path(), content -> file.isContent(content) || rewriting.isOurs(file, content))
                    ? Removal.Fate.REMOVED
                    : Removal.Fate.CHANGED;
        } catch (ShareNotFoundException e) {
            return Removal.Fate.ABSENT;
        } catch (ShareBusyException e) {
            return Removal.Fate.IN_USE;
        }
    }

    private boolean removeFolder(final String name) throws ShareException {
        try {
            return folder.deleteFolderIfEmpty(name);
        } catch (ShareNotFoundException | ShareBusyException e) {
            return false;
        }
    }

    private static List<String> deepestFirst(final List<String> folders) {
        return folders.stream()
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private Inspection listAll() throws ShareException {
        final List<ShareEntry> entries = folder.list(Inspection.MOST_ENTRIES);
        return new Inspection(folder.protection(), entries, entries.size() <= Inspection.MOST_ENTRIES, false, 0);
    }

    /** Ends the connection; calling it again does nothing. */
    @Override
    public void close() {
        folder.close();
    }
}
