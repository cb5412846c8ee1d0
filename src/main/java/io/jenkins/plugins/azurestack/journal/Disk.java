package io.jenkins.plugins.azurestack.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The few things that journal, locks and audit trail ask of a file system, in steps so small that a test can cut the
 * power between any two of them. Nothing is durable before it was forced: content by {@link OpenFile#force}, the coming
 * and going of names by {@link #forceFolder}. Implementations are safe for use by several threads and finish what they
 * do when their thread is interrupted.
 *
 * <p>The default methods put the steps together in an order that leaves the old or the new state after any crash.
 */
public interface Disk {
    /** How many names are tried for a file that is written aside. */
    int MOST_ASIDE = 1_000;

    /** A file that is open for writing at its end, by one thread at a time. */
    interface OpenFile extends Closeable {
        /** In bytes. */
        long size() throws IOException;

        /** Adds bytes at the end. After an exception some of them may be there. */
        void append(byte[] bytes) throws IOException;

        /** Cuts the file to a size in bytes that is not larger than its present one. */
        void cut(long size) throws IOException;

        /** Returns once content and size are on disk. */
        void force() throws IOException;
    }

    /**
     * Makes an empty file.
     *
     * @throws FileAlreadyExistsException if the name is taken: of several callers exactly one succeeds
     */
    OpenFile create(Path file) throws IOException;

    /** @throws NoSuchFileException if there is none */
    OpenFile open(Path file) throws IOException;

    /** @throws NoSuchFileException if there is none */
    InputStream read(Path file) throws IOException;

    /** Whether there is a file or folder of that name. */
    boolean exists(Path path) throws IOException;

    /** What is in a folder, sorted by name; nothing if there is no such folder. */
    List<Path> list(Path folder) throws IOException;

    /**
     * Gives a file a second name in the same file system.
     *
     * @throws FileAlreadyExistsException if the name is taken: of several callers exactly one succeeds
     * @throws FileSystemException if the file system has no second names
     */
    void link(Path file, Path name) throws IOException;

    /** Gives a file another name in the same folder, at once, in place of whatever had that name. */
    void rename(Path file, Path name) throws IOException;

    /** @throws NoSuchFileException if there is none */
    void remove(Path file) throws IOException;

    /** @throws FileAlreadyExistsException if the name is taken */
    void makeFolder(Path folder) throws IOException;

    /** Returns once the names in a folder are on disk as they are now. */
    void forceFolder(Path folder) throws IOException;

    /** How many bytes may still be written where a folder is. */
    long freeSpace(Path folder) throws IOException;

    /**
     * Makes the folders from one that exists down to one below it. Those that are there already are forced too: whoever
     * made them may have died before doing so.
     */
    default void makeFolders(final Path existing, final Path below) throws IOException {
        Path parent = existing;
        for (final Path name : existing.relativize(below)) {
            final Path folder = parent.resolve(name);
            try {
                makeFolder(folder);
            } catch (FileAlreadyExistsException e) {
                // As wanted.
            }
            forceFolder(parent);
            parent = folder;
        }
    }

    /**
     * Makes a file with its content. After a crash it is there as a whole or not at all; only on a file system without
     * second names may it be there with less.
     *
     * @throws FileAlreadyExistsException if the name is taken: of several callers exactly one succeeds
     */
    default void createWhole(final Path file, final byte[] content) throws IOException {
        final Path aside = writeAside(file, content);
        try {
            link(aside, file);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException e) {
            write(file, content);
        } finally {
            tidy(aside);
        }
        try {
            forceFolder(parent(file));
        } catch (IOException e) {
            tidy(file);
            throw e;
        }
    }

    /** Gives a file new content, whether or not there was one. For one writer at a time. */
    default void replace(final Path file, final byte[] content) throws IOException {
        final Path aside = file.resolveSibling(file.getFileName() + ".new");
        if (exists(aside)) {
            remove(aside);
        }
        write(aside, content);
        try {
            rename(aside, file);
        } catch (IOException e) {
            tidy(aside);
            throw e;
        }
        forceFolder(parent(file));
    }

    /** Removes a file, if there is one, and returns once that is on disk. */
    default void erase(final Path file) throws IOException {
        try {
            remove(file);
        } catch (NoSuchFileException e) {
            // As wanted; but who removed it may have died before forcing.
        }
        forceFolder(parent(file));
    }

    /**
     * The content of a file.
     *
     * @throws IOException also if there are more than {@code limit} bytes
     */
    default byte[] readWhole(final Path file, final int limit) throws IOException {
        try (InputStream in = read(file)) {
            final byte[] content = in.readNBytes(limit + 1);
            if (content.length > limit) {
                throw new IOException(file + " has more than the " + limit + " bytes that belong there");
            }
            return content;
        }
    }

    /** Writes content under a name of its own beside the file's; such names end with {@code .new}. */
    private Path writeAside(final Path file, final byte[] content) throws IOException {
        for (int i = 0; ; i++) {
            final Path aside = file.resolveSibling(file.getFileName() + "." + i + ".new");
            try {
                write(aside, content);
                return aside;
            } catch (FileAlreadyExistsException e) {
                if (i == MOST_ASIDE) {
                    throw e;
                }
            }
        }
    }

    /** Makes a file and forces its content; leaves none behind where that fails. */
    private void write(final Path file, final byte[] content) throws IOException {
        final OpenFile created = create(file);
        try (created) {
            created.append(content);
            created.force();
        } catch (IOException e) {
            tidy(file);
            throw e;
        }
    }

    /** Removes what may as well stay: nobody reads it. */
    private void tidy(final Path file) {
        try {
            remove(file);
        } catch (IOException e) {
            // It stays.
        }
    }

    private static Path parent(final Path file) {
        return Objects.requireNonNull(file.getParent(), "folder");
    }
}
