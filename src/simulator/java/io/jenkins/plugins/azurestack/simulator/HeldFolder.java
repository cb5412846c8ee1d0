package io.jenkins.plugins.azurestack.simulator;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Sees to it that one simulator at a time has a folder of state. The system lets go of it when a process dies. */
final class HeldFolder {
    private static final String FILE = "in-use.lock";

    private HeldFolder() {}

    /** What is done while the folder is held. */
    interface Work {
        void done() throws IOException, InterruptedException;
    }

    /**
     * Holds a folder while something is done.
     *
     * @param folder made if it is missing
     * @throws IOException if another simulator has it; nothing was done
     */
    static void during(final Path folder, final Work work) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        try (FileChannel channel =
                FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            require(channel, folder);
            work.done();
        }
    }

    /** The lock is let go with its channel. */
    private static void require(final FileChannel channel, final Path folder) throws IOException {
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // In this very process, which comes to the same.
        }
        if (lock == null) {
            throw new IOException("the state in " + folder + " is another simulator's that runs. Stop that, or name"
                    + " another folder.");
        }
    }
}
