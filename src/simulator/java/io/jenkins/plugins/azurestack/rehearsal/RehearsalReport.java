package io.jenkins.plugins.azurestack.rehearsal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that is known of a rehearsal that came to its end.
 *
 * @param file what the Jenkinsfile is called
 * @param began in the rehearsed time
 * @param ended in the rehearsed time
 * @param findings what each stamp saw, by its name
 */
record RehearsalReport(
        String file,
        Rehearsal.Setting setting,
        BuildResult result,
        Instant began,
        Instant ended,
        Proceedings proceedings,
        Map<String, StampFindings> findings,
        List<SavedFile> files) {
    /** The name of the page. */
    static final String PAGE = "rehearsal.html";
    /** The name of the same as JSON. */
    static final String JSON = "rehearsal.json";

    /** What has to be said wherever a rehearsal is shown. */
    static final String OUTSIDE = "Rehearsed outside Jenkins";
    /** What a rehearsal says nothing about, in a few words each; docs/rehearsal.md says more. */
    static final List<String> NOT_PROVED = List.of(
            "what Script Security's sandbox lets the script call",
            "what the CPS transformation makes of it, and that it resumes after a restart",
            "which plugins and steps that Jenkins has, and what they do beyond their arguments",
            "agents, labels, queues, and whether a timeout is long enough",
            "who may approve, who may read which credential, and whether those of the real stamp are right",
            "the way to the real stamp, and how it behaves: the simulated one knows what is documented or recorded");

    RehearsalReport {
        files = List.copyOf(files);
    }

    /**
     * Writes the page and its JSON.
     *
     * @return the page
     */
    Path write(final Path folder) throws IOException {
        Files.write(
                folder.resolve(JSON),
                (RehearsalJson.of(this).toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
        return Files.write(folder.resolve(PAGE), RehearsalPage.bytes(this));
    }
}
