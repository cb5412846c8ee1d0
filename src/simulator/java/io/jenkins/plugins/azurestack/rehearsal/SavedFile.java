package io.jenkins.plugins.azurestack.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file that the rehearsed build left behind.
 *
 * @param path below the rehearsal's folder, with slashes
 * @param bytes its size
 */
record SavedFile(String path, long bytes) {
    /** What is in the archive, what steps keep with the build, and what lies in the workspace without being either. */
    static List<SavedFile> in(final Path folder) throws IOException {
        final List<SavedFile> saved = new ArrayList<>(below(folder, "archive"));
        saved.addAll(below(folder, "build"));
        final Set<String> known = saved.stream().map(SavedFile::withoutPart).collect(Collectors.toSet());
        below(folder, "workspace").stream()
                .filter(file -> !known.contains(file.withoutPart()))
                .forEach(saved::add);
        return saved;
    }

    private String withoutPart() {
        return path.substring(path.indexOf('/'));
    }

    private static List<SavedFile> below(final Path folder, final String part) throws IOException {
        final List<SavedFile> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder.resolve(part))) {
            for (final Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                found.add(new SavedFile(folder.relativize(file).toString().replace('\\', '/'), Files.size(file)));
            }
        }
        return found;
    }
}
