package io.jenkins.plugins.azurestack.journal;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The file system of this machine. Files are written through {@link RandomAccessFile}, since an interrupt closes a
 * {@link FileChannel} under its user, and the abort of a build, which comes as one, is just when something has to be
 * written down.
 */
public final class FileDisk implements Disk {
    /** Windows neither opens nor forces folders; its file system logs names by itself. */
    private static final boolean FOLDERS_CAN_BE_FORCED = File.separatorChar == '/';

    @Override
    public OpenFile create(final Path file) throws IOException {
        Files.createFile(file);
        return new RandomAccess(file);
    }

    @Override
    public OpenFile open(final Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return new RandomAccess(file);
    }

    @Override
    public InputStream read(final Path file) throws IOException {
        return Files.newInputStream(file);
    }

    @Override
    public boolean exists(final Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public List<Path> list(final Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    @Override
    public void link(final Path file, final Path name) throws IOException {
        try {
            Files.createLink(name, file);
        } catch (UnsupportedOperationException e) {
            throw new FileSystemException(name.toString(), file.toString(), "no second names here");
        }
    }

    @Override
    public void rename(final Path file, final Path name) throws IOException {
        Files.move(file, name, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void remove(final Path file) throws IOException {
        Files.delete(file);
    }

    @Override
    public void makeFolder(final Path folder) throws IOException {
        Files.createDirectory(folder);
    }

    @Override
    public void forceFolder(final Path folder) throws IOException {
        if (!FOLDERS_CAN_BE_FORCED) {
            return;
        }
        boolean interrupted = false;
        try {
            while (!forced(folder)) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean forced(final Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }

    @Override
    public long freeSpace(final Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    private static final class RandomAccess implements OpenFile {
        private final RandomAccessFile file;

        RandomAccess(final Path path) throws IOException {
            file = new RandomAccessFile(path.toFile(), "rw");
        }

        @Override
        public long size() throws IOException {
            return file.length();
        }

        @Override
        public void append(final byte[] bytes) throws IOException {
            file.seek(file.length());
            file.write(bytes);
        }

        @Override
        public void cut(final long size) throws IOException {
            file.setLength(size);
        }

        @Override
        public void force() throws IOException {
            file.getFD().sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
