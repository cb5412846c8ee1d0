package io.jenkins.plugins.azurestack.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder that a rehearsal writes to: emptied before each one, but only if a rehearsal made it. */
final class RehearsalFolder {
    private static final String MARK = ".rehearsal";
    private static final List<String> OWN = List.of("archive", "build", "home", "stamps", "workspace");

    private RehearsalFolder() {}

    /**
     * Makes the folder ready.
     *
     * @throws IOException if it holds something that no rehearsal put there
     */
    static void prepare(final Path folder) throws IOException {
        Files.createDirectories(folder);
        final Path mark = folder.resolve(MARK);
        if (!Files.exists(mark)) {
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw new IOException(folder + " holds files that no rehearsal made, and nothing was changed;"
                            + " give a new or empty folder with --out");
                }
            }
            Files.createFile(mark);
        }
        Files.deleteIfExists(folder.resolve(RehearsalReport.PAGE));
        Files.deleteIfExists(folder.resolve(RehearsalReport.JSON));
        for (final String own : OWN) {
            empty(folder.resolve(own));
            Files.createDirectories(folder.resolve(own));
        }
    }

    private static void empty(final Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
