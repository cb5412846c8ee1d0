package io.jenkins.plugins.azurestack.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The folders of a job's builds, looked through for checks without loading a build. Immutable. */
public final class CheckedBuilds {
    private final Path builds;
    private final String evidence;

    /**
     * @param builds has a folder for each build, by its number; may be missing
     * @param evidence what a build's folder of evidence is called
     */
    public CheckedBuilds(final Path builds, final String evidence) {
        this.builds = Objects.requireNonNull(builds, "builds");
        this.evidence = Objects.requireNonNull(evidence, "evidence");
    }

    /** Whether one of the latest builds has checked a stamp. */
    public boolean any(final int latest) throws IOException {
        if (!Files.isDirectory(builds)) {
            return false;
        }
        for (final int number : numbers(latest)) {
            if (new EvidenceFolder(builds.resolve(Integer.toString(number)).resolve(evidence)).hasCheck()) {
                return true;
            }
        }
        return false;
    }

    private List<Integer> numbers(final int latest) throws IOException {
        try (Stream<Path> folders = Files.list(builds)) {
            return folders.map(folder -> String.valueOf(folder.getFileName()))
                    .filter(name -> name.matches("[0-9]{1,9}"))
                    .map(Integer::valueOf)
                    .sorted(Comparator.reverseOrder())
                    .limit(latest)
                    .toList();
        }
    }
}
