package io.jenkins.plugins.azurestack.share;

import com.hierynomus.msdtyp.AccessMask;
import com.hierynomus.msfscc.FileAttributes;
import com.hierynomus.msfscc.FileSystemInformationClass;
import com.hierynomus.msfscc.fileinformation.FileDispositionInformation;
import com.hierynomus.msfscc.fileinformation.FileIdBothDirectoryInformation;
import com.hierynomus.msfscc.fileinformation.FileStandardInformation;
import com.hierynomus.msfscc.fileinformation.ShareInfo;
import com.hierynomus.mssmb2.SMB2CreateDisposition;
import com.hierynomus.mssmb2.SMB2CreateOptions;
import com.hierynomus.mssmb2.SMB2ShareAccess;
import com.hierynomus.mssmb2.SMBApiException;
import com.hierynomus.mssmb2.messages.SMB2QueryInfoRequest;
import com.hierynomus.protocol.commons.EnumWithValue;
import com.hierynomus.protocol.commons.buffer.Buffer;
import com.hierynomus.protocol.commons.buffer.Endian;
import com.hierynomus.smbj.common.SMBRuntimeException;
import com.hierynomus.smbj.share.Directory;
import com.hierynomus.smbj.share.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What is done on the share, one request after the other, with paths below one folder. Every request is sent once. For
 * one thread, but for {@link #close}.
 */
final class SmbFolder implements AutoCloseable {
    /** More than any PFX has. */
    static final int MOST_BYTES = 20 * 1024 * 1024;

    private static final long STATUS_DIRECTORY_NOT_EMPTY = 0xC0000101L;
    private static final Set<AccessMask> LIST =
            EnumSet.of(AccessMask.FILE_LIST_DIRECTORY, AccessMask.FILE_READ_ATTRIBUTES);
    private static final Set<AccessMask> FILL =
            EnumSet.of(AccessMask.FILE_LIST_DIRECTORY, AccessMask.FILE_ADD_FILE, AccessMask.FILE_ADD_SUBDIRECTORY);
    private static final Set<AccessMask> READ = EnumSet.of(AccessMask.FILE_READ_DATA, AccessMask.FILE_READ_ATTRIBUTES);
    private static final Set<AccessMask> READ_AND_DELETE =
            EnumSet.of(AccessMask.FILE_READ_DATA, AccessMask.FILE_READ_ATTRIBUTES, AccessMask.DELETE);
    private static final Set<AccessMask> WRITE_AND_DELETE =
            EnumSet.of(AccessMask.FILE_WRITE_DATA, AccessMask.FILE_READ_ATTRIBUTES, AccessMask.DELETE);
    private static final Set<SMB2ShareAccess> NOBODY_ELSE = EnumSet.noneOf(SMB2ShareAccess.class);
    private static final Set<SMB2ShareAccess> READERS = EnumSet.of(SMB2ShareAccess.FILE_SHARE_READ);
    /** Opens a link itself rather than what it leads to. */
    private static final SMB2CreateOptions NO_LINKS = SMB2CreateOptions.FILE_OPEN_REPARSE_POINT;

    private final SmbConnection connection;
    private final String base;

    SmbFolder(final SmbConnection connection, final String base) {
        this.connection = connection;
        this.base = base;
    }

    String protection() {
        return connection.protection();
    }

    /** Asks whether the folder itself is there and can be listed. */
    void require() throws ShareException {
        ask("open the folder", "", () -> {
            open("", LIST).close();
            return true;
        });
    }

    /**
     * What lies in the folder and in those of the layout, until there are more entries than a limit: then one more than
     * that. Other folders are not looked into.
     */
    List<ShareEntry> list(final int most) throws ShareException {
        return ask("list the folder", "", () -> {
            final List<ShareEntry> entries = new ArrayList<>();
            list("", most, entries);
            return entries;
        });
    }

    private void list(final String path, final int most, final List<ShareEntry> entries) {
        final List<String> folders = new ArrayList<>();
        try (Directory directory = open(path, LIST)) {
            final Iterator<FileIdBothDirectoryInformation> children =
                    directory.iterator(FileIdBothDirectoryInformation.class);
            while (children.hasNext() && entries.size() <= most) {
                final FileIdBothDirectoryInformation child = children.next();
                final String name = child.getFileName();
                if (!name.equals(".") && !name.equals("..")) {
                    final ShareEntry entry = entry(path.isEmpty() ? name : path + Layout.SEPARATOR + name, child);
                    entries.add(entry);
                    if (entry.kind() == ShareEntry.Kind.FOLDER && Layout.isFolder(entry.path())) {
                        folders.add(entry.path());
                    }
                }
            }
        }
        folders.forEach(folder -> list(folder, most, entries));
    }

    private static ShareEntry entry(final String path, final FileIdBothDirectoryInformation child) {
        if (has(child, FileAttributes.FILE_ATTRIBUTE_REPARSE_POINT)) {
            return new ShareEntry(path, ShareEntry.Kind.LINK, 0);
        }
        return has(child, FileAttributes.FILE_ATTRIBUTE_DIRECTORY)
                ? new ShareEntry(path, ShareEntry.Kind.FOLDER, 0)
                : new ShareEntry(path, ShareEntry.Kind.FILE, child.getEndOfFile());
    }

    private static boolean has(final FileIdBothDirectoryInformation child, final FileAttributes attribute) {
        return EnumWithValue.EnumUtils.isSet(child.getFileAttributes(), attribute);
    }

    /** Whether the folder can be opened for adding files and folders; adds none. */
    boolean mayBeFilled() throws ShareException {
        try {
            return ask("open the folder for writing", "", () -> {
                open("", FILL).close();
                return true;
            });
        } catch (SharePermissionException e) {
            return false;
        }
    }

    /** What the account may still use, quotas counted, where the folder is. */
    long freeBytes() throws ShareException {
        return ask("ask for the free space", "", () -> {
            try (Directory directory = open("", EnumSet.of(AccessMask.FILE_READ_ATTRIBUTES))) {
                return ShareInfo.parseFsFullSizeInformation(new Buffer.PlainBuffer(
                                connection
                                        .share()
                                        .queryInfo(
                                                directory.getFileId(),
                                                SMB2QueryInfoRequest.SMB2QueryInfoType.SMB2_0_INFO_FILESYSTEM,
                                                null,
                                                null,
                                                FileSystemInformationClass.FileFsFullSizeInformation)
                                        .getOutputBuffer(),
                                Endian.LE))
                        .getCallerFreeSpace();
            } catch (Buffer.BufferException e) {
                throw new SMBRuntimeException(e);
            }
        });
    }

    /** Makes a file of one byte that the server deletes as it is closed, or as the connection is lost. */
    void probe(final String name) throws ShareException {
        change("make a file to try whether that is allowed", name, () -> {
            try (File file = create(name, EnumSet.of(SMB2CreateOptions.FILE_DELETE_ON_CLOSE))) {
                file.write(new byte[1], 0);
                file.flush();
            }
            return true;
        });
    }

    void makeFolder(final String path) throws ShareException {
        change("make the folder", path, () -> {
            connection
                    .share()
                    .openDirectory(at(path), LIST, null, SMB2ShareAccess.ALL, SMB2CreateDisposition.FILE_CREATE, null)
                    .closeSilently();
            return true;
        });
    }

    /**
     * Writes a file where there is none, and has the server put it on its disk. Until all of it is there the file is
     * marked to be deleted with its last handle: whatever breaks, it is whole, empty or gone.
     */
    void writeNew(final String path, final byte[] content) throws ShareException {
        final File file = change("create the file", path, () -> create(path, EnumSet.noneOf(SMB2CreateOptions.class)));
        try {
            change("write the file", path, () -> {
                file.deleteOnClose();
                file.write(content, 0);
                file.flush();
                file.setFileInformation(new FileDispositionInformation(false));
                return true;
            });
        } catch (ShareException e) {
            abandon(file);
            throw e;
        }
        settle("close the file", path, file);
    }

    private File create(final String path, final Set<SMB2CreateOptions> options) {
        return connection
                .share()
                .openFile(
                        at(path),
                        WRITE_AND_DELETE,
                        EnumSet.of(FileAttributes.FILE_ATTRIBUTE_NORMAL),
                        NOBODY_ELSE,
                        SMB2CreateDisposition.FILE_CREATE,
                        options);
    }

    /** @return the content; empty if there is more than {@link #MOST_BYTES} */
    Optional<byte[]> read(final String path) throws ShareException {
        return ask("read the file", path, () -> {
            try (File file = openFile(path, READ, SMB2ShareAccess.ALL)) {
                return content(file);
            }
        });
    }

    /**
     * Deletes a file if it is what it should be: read and deleted through one handle that keeps writers out, so that
     * nothing but what was read is deleted.
     *
     * @return false if it is something else, and stays
     */
    boolean deleteIf(final String path, final Predicate<byte[]> expected) throws ShareException {
        final File file = ask("open the file", path, () -> openFile(path, READ_AND_DELETE, READERS));
        try {
            final Optional<byte[]> content = ask("read the file", path, () -> content(file));
            final boolean isExpected = content.filter(expected).isPresent();
            content.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
            if (!isExpected) {
                abandon(file);
                return false;
            }
            change("mark the file to be deleted", path, () -> {
                file.deleteOnClose();
                return true;
            });
        } catch (ShareException e) {
            abandon(file);
            throw e;
        }
        settle("delete the file", path, file);
        return true;
    }

    /** @return false if it is not empty, and stays */
    boolean deleteFolderIfEmpty(final String path) throws ShareException {
        return change("delete the folder", path, () -> {
            try (Directory directory = open(path, EnumSet.of(AccessMask.DELETE, AccessMask.FILE_READ_ATTRIBUTES))) {
                directory.deleteOnClose();
                return true;
            } catch (SMBApiException e) {
                if (e.getStatusCode() == STATUS_DIRECTORY_NOT_EMPTY) {
                    return false;
                }
                throw e;
            }
        });
    }

    private static Optional<byte[]> content(final File file) {
        final long size = file.getFileInformation(FileStandardInformation.class).getEndOfFile();
        if (size > MOST_BYTES) {
            return Optional.empty();
        }
        final byte[] content = new byte[(int) size];
        int read = 0;
        while (read < content.length) {
            final int more = file.read(content, read, read, content.length - read);
            if (more <= 0) {
                return Optional.of(Arrays.copyOf(content, read));
            }
            read += more;
        }
        return Optional.of(content);
    }

    private Directory open(final String path, final Set<AccessMask> access) {
        return connection
                .share()
                .openDirectory(
                        at(path),
                        access,
                        null,
                        SMB2ShareAccess.ALL,
                        SMB2CreateDisposition.FILE_OPEN,
                        path.isEmpty() ? null : EnumSet.of(NO_LINKS));
    }

    private File openFile(final String path, final Set<AccessMask> access, final Set<SMB2ShareAccess> others) {
        return connection
                .share()
                .openFile(at(path), access, null, others, SMB2CreateDisposition.FILE_OPEN, EnumSet.of(NO_LINKS));
    }

    private String at(final String path) {
        return path.isEmpty() ? base : base + Layout.SEPARATOR + path;
    }

    private void abandon(final File file) {
        if (!connection.isClosed()) {
            file.closeSilently();
        }
    }

    /** Closes a file whose closing completes a change: no answer but success says whether it did. */
    private void settle(final String what, final String path, final File file) throws ShareException {
        try {
            change(what, path, () -> {
                file.close();
                return true;
            });
        } catch (ShareRefusedException e) {
            throw connection.outcomeUnknown(doing(what, path), path, e);
        }
    }

    private <T> T ask(final String what, final String path, final Supplier<T> work) throws ShareException {
        return call(what, path, null, work);
    }

    private <T> T change(final String what, final String path, final Supplier<T> work) throws ShareException {
        return call(what, path, path, work);
    }

    private <T> T call(final String what, final String path, final String changed, final Supplier<T> work)
            throws ShareException {
        try {
            return connection.use(work);
        } catch (SMBApiException e) {
            if (Refusals.isCollision(e)) {
                throw Refusals.collision(path, what, e);
            }
            throw Refusals.of(path.isEmpty() ? base : path, what, e);
        } catch (RuntimeException e) {
            throw connection.noAnswer(doing(what, path), changed, e);
        }
    }

    private String doing(final String what, final String path) {
        return "it was asked to " + what + " (" + at(path) + ")";
    }

    @Override
    public void close() {
        connection.close();
    }
}
