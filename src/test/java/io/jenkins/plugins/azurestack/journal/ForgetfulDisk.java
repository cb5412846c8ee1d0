package io.jenkins.plugins.azurestack.journal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * A file system in memory that promises no more than POSIX: what was not forced may be lost when the power is cut,
 * which a test does before any step it likes. Contents are forced with their file, names with their folder. Paths are
 * absolute.
 */
public final class ForgetfulDisk implements Disk {
    /** The moment at which everything stops; no error that anybody catches. */
    public static final class PowerCut extends Error {
        private static final long serialVersionUID = 1L;

        PowerCut() {
            super("The power was cut");
        }
    }

    /** What of that which was not forced is there after a power cut. */
    public enum Survival {
        /** Nothing. */
        NOTHING,
        /** All of it: the disk was faster than asked. */
        EVERYTHING,
        /** Names, but no contents: files are there with what was last forced, mostly nothing. */
        NAMES,
        /** Contents, but no names. */
        CONTENTS,
        /** Names, and half of what was added to a file. */
        HALVES,
        /** Names and sizes, with zeros for contents. */
        ZEROS,
        /** Names, and only the last byte of what was added, behind zeros. */
        ENDS,
        /** Names and contents, but not that a file became shorter: what was behind its end is still there. */
        OVERLAYS
    }

    private sealed interface Node permits Folder, Content {}

    private static final class Folder implements Node {
        private final Map<String, Node> now = new TreeMap<>();
        private final Map<String, Node> forced = new TreeMap<>();
    }

    private static final class Content implements Node {
        private byte[] now = {};
        private byte[] forced = {};
    }

    private Folder root = new Folder();
    private long steps;
    private long cutBefore = Long.MAX_VALUE;
    private boolean isOff;
    private long capacity = 1L << 30;
    private boolean hasLinks = true;
    private boolean forcesContents = true;
    private boolean forcesNames = true;
    private boolean failsToForce;

    /** Cuts the power before the step of that number, counted from 0 from now on. */
    public synchronized void cutPowerBefore(final long step) {
        steps = 0;
        cutBefore = step;
    }

    /** How many steps there were, since the beginning or since {@link #cutPowerBefore}. */
    public synchronized long steps() {
        return steps;
    }

    /** The process died, and the machine did not: what was not forced is still there, and still not forced. */
    public synchronized void restartProcess() {
        isOff = false;
        cutPowerBefore(Long.MAX_VALUE);
    }

    /** The machine comes back after a power cut. */
    public synchronized ForgetfulDisk restart(final Survival survival) {
        final ForgetfulDisk disk = new ForgetfulDisk();
        disk.root = survived(root, survival, new IdentityHashMap<>());
        disk.capacity = capacity;
        disk.hasLinks = hasLinks;
        disk.forcesContents = forcesContents;
        disk.forcesNames = forcesNames;
        return disk;
    }

    /** Leaves room for so many bytes in all. */
    public synchronized ForgetfulDisk withCapacity(final long bytes) {
        capacity = bytes;
        return this;
    }

    /** A file system without second names. */
    public synchronized ForgetfulDisk withoutLinks() {
        hasLinks = false;
        return this;
    }

    /** A disk that lies: forcing a file does nothing. What passes on it tests nothing. */
    public synchronized ForgetfulDisk withoutForcingContents() {
        forcesContents = false;
        return this;
    }

    /** A disk that lies: forcing a folder does nothing. What passes on it tests nothing. */
    public synchronized ForgetfulDisk withoutForcingNames() {
        forcesNames = false;
        return this;
    }

    /** From now on, or no more, forcing fails. */
    public synchronized void failToForce(final boolean fails) {
        failsToForce = fails;
    }

    /** Puts a file there, forced. */
    public synchronized ForgetfulDisk with(final Path file, final byte[] bytes) {
        Folder folder = root;
        for (final Path name : Objects.requireNonNull(file.getParent())) {
            final Folder parent = folder;
            folder = (Folder) parent.now.computeIfAbsent(name.toString(), key -> new Folder());
            parent.forced.put(name.toString(), folder);
        }
        final Content content = new Content();
        content.now = bytes.clone();
        content.forced = content.now;
        folder.now.put(name(file), content);
        folder.forced.put(name(file), content);
        return this;
    }

    private static Folder survived(final Folder folder, final Survival survival, final Map<Node, Node> done) {
        final Folder copy = new Folder();
        final boolean names = survival != Survival.NOTHING && survival != Survival.CONTENTS;
        (names ? folder.now : folder.forced)
                .forEach((name, node) -> copy.now.put(
                        name,
                        node instanceof Folder below
                                ? survived(below, survival, done)
                                : done.computeIfAbsent(node, file -> survived((Content) file, survival))));
        copy.forced.putAll(copy.now);
        return copy;
    }

    private static Content survived(final Content file, final Survival survival) {
        final Content copy = new Content();
        final int kept = Math.min(file.forced.length, file.now.length);
        copy.now = switch (survival) {
            case OVERLAYS -> {
                final byte[] bytes = Arrays.copyOf(file.forced, Math.max(file.forced.length, file.now.length));
                System.arraycopy(file.now, 0, bytes, 0, file.now.length);
                yield bytes;
            }
            case NOTHING, NAMES -> file.forced;
            case EVERYTHING, CONTENTS -> file.now;
            case HALVES -> Arrays.copyOf(file.now, (kept + file.now.length) / 2);
            case ZEROS -> Arrays.copyOf(Arrays.copyOf(file.now, kept), file.now.length);
            case ENDS -> {
                final byte[] bytes = file.now.clone();
                Arrays.fill(bytes, kept, Math.max(kept, bytes.length - 1), (byte) 0);
                yield bytes;
            }
        };
        copy.forced = copy.now;
        return copy;
    }

    private void step() {
        requirePower();
        if (steps == cutBefore) {
            isOff = true;
            throw new PowerCut();
        }
        steps++;
    }

    private void requirePower() {
        if (isOff) {
            throw new PowerCut();
        }
    }

    private void requireForcing() throws IOException {
        if (failsToForce) {
            throw new IOException("Input/output error");
        }
    }

    private Folder folder(final Path path) throws NoSuchFileException {
        Folder folder = root;
        for (final Path name : path) {
            if (!(folder.now.get(name.toString()) instanceof Folder below)) {
                throw new NoSuchFileException(path.toString());
            }
            folder = below;
        }
        return folder;
    }

    private Folder folderOf(final Path path) throws NoSuchFileException {
        return folder(Objects.requireNonNull(path.getParent()));
    }

    private static String name(final Path path) {
        return String.valueOf(path.getFileName());
    }

    private Content content(final Path path) throws NoSuchFileException {
        if (folderOf(path).now.get(name(path)) instanceof Content content) {
            return content;
        }
        throw new NoSuchFileException(path.toString());
    }

    private void put(final Path path, final Node node) throws IOException {
        if (folderOf(path).now.putIfAbsent(name(path), node) != null) {
            throw new FileAlreadyExistsException(path.toString());
        }
    }

    private long used(final Folder folder, final Set<Node> seen) {
        long used = 0;
        for (final Node node : folder.now.values()) {
            if (node instanceof Folder below) {
                used += used(below, seen);
            } else if (seen.add(node)) {
                used += ((Content) node).now.length;
            }
        }
        return used;
    }

    @Override
    public synchronized OpenFile create(final Path file) throws IOException {
        step();
        final Content content = new Content();
        put(file, content);
        return new Open(content);
    }

    @Override
    public synchronized OpenFile open(final Path file) throws IOException {
        requirePower();
        return new Open(content(file));
    }

    @Override
    public synchronized InputStream read(final Path file) throws IOException {
        requirePower();
        return new ByteArrayInputStream(content(file).now);
    }

    @Override
    public synchronized boolean exists(final Path path) {
        requirePower();
        try {
            return folderOf(path).now.containsKey(name(path));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public synchronized List<Path> list(final Path folder) {
        requirePower();
        try {
            return folder(folder).now.keySet().stream().map(folder::resolve).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    @Override
    public synchronized void link(final Path file, final Path name) throws IOException {
        step();
        if (!hasLinks) {
            throw new FileSystemException(name.toString(), file.toString(), "Operation not permitted");
        }
        put(name, content(file));
    }

    @Override
    public synchronized void rename(final Path file, final Path name) throws IOException {
        step();
        final Content content = content(file);
        folderOf(file).now.remove(name(file));
        folderOf(name).now.put(name(name), content);
    }

    @Override
    public synchronized void remove(final Path file) throws IOException {
        step();
        content(file);
        folderOf(file).now.remove(name(file));
    }

    @Override
    public synchronized void makeFolder(final Path folder) throws IOException {
        step();
        put(folder, new Folder());
    }

    @Override
    public synchronized void forceFolder(final Path folder) throws IOException {
        step();
        requireForcing();
        final Folder found = folder(folder);
        if (forcesNames) {
            found.forced.clear();
            found.forced.putAll(found.now);
        }
    }

    @Override
    public synchronized long freeSpace(final Path folder) {
        requirePower();
        return capacity - used(root, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /** Every file that is there now, by path. */
    public synchronized Map<Path, byte[]> files() {
        final Map<Path, byte[]> files = new HashMap<>();
        collect(Path.of("/"), root, files);
        return files;
    }

    private static void collect(final Path path, final Folder folder, final Map<Path, byte[]> files) {
        folder.now.forEach((name, node) -> {
            if (node instanceof Folder below) {
                collect(path.resolve(name), below, files);
            } else {
                files.put(path.resolve(name), ((Content) node).now.clone());
            }
        });
    }

    private final class Open implements OpenFile {
        private final Content content;

        Open(final Content content) {
            this.content = content;
        }

        @Override
        public long size() {
            synchronized (ForgetfulDisk.this) {
                requirePower();
                return content.now.length;
            }
        }

        @Override
        public void append(final byte[] bytes) throws IOException {
            synchronized (ForgetfulDisk.this) {
                step();
                final int fits = (int) Math.max(0, Math.min(bytes.length, freeSpace(null)));
                final int before = content.now.length;
                content.now = Arrays.copyOf(content.now, before + fits);
                System.arraycopy(bytes, 0, content.now, before, fits);
                if (fits < bytes.length) {
                    throw new IOException("No space left on device");
                }
            }
        }

        @Override
        public void cut(final long size) {
            synchronized (ForgetfulDisk.this) {
                step();
                content.now = Arrays.copyOf(content.now, (int) size);
            }
        }

        @Override
        public void force() throws IOException {
            synchronized (ForgetfulDisk.this) {
                step();
                requireForcing();
                if (forcesContents) {
                    content.forced = content.now;
                }
            }
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
