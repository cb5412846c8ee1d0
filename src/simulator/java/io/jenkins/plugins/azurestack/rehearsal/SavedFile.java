package io.jenkins.plugins.azurestack.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file that the rehearsed build left behind.
 *
 * @param path below the rehearsal's folder, with slashes
 * @param bytes its size
 */
record SavedFile(String path, long bytes) {
    /** The archive, what steps keep with the build, and the workspace; nothing of what outlives a build. */
    static List<SavedFile> in(final Path folder) throws IOException {
        final List<SavedFile> saved = new ArrayList<>();
        for (final String part : List.of("archive", "build", "workspace")) {
            try (Stream<Path> files = Files.walk(folder.resolve(part))) {
                for (final Path file :
                        files.filter(Files::isRegularFile).sorted().toList()) {
                    saved.add(new SavedFile(folder.relativize(file).toString().replace('\\', '/'), Files.size(file)));
                }
            }
        }
        return saved;
    }
}
