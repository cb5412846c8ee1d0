package io.jenkins.plugins.azurestack.bench;

import java.nio.file.Path;
import java.util.List;

/** One comparison. */
interface Benchmark {
    /** A short lower-case name, for {@code -Dbench=name} and as the beginning of the names of its scores. */
    String name();

    /** The Debian programs without which it can't run. */
    List<String> programs();

    /**
     * Measures.
     *
     * @param folder an empty folder of its own
     */
    void run(Path folder, Scores scores) throws Exception;
}
