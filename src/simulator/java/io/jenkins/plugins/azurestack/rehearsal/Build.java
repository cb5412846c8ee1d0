package io.jenkins.plugins.azurestack.rehearsal;

import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The state of the build that is rehearsed. Used by the thread that runs the Jenkinsfile only. */
final class Build {
    /** It has one predecessor where one is assumed, so that conditions on change mean something. */
    static final int NUMBER = 2;

    static final String JOB = "rehearsal";

    private final Console console;
    private final StampTime time;
    private final Optional<BuildResult> previous;
    private final Map<String, String> given;
    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private final Deque<Duration> deadlines = new ArrayDeque<>();
    private final Deque<String> stages = new ArrayDeque<>();
    private final Map<String, BuildResult> stageMarks = new HashMap<>();
    private final Proceedings proceedings = new Proceedings();
    private Duration slept = Duration.ZERO;
    private BuildResult result;
    private Path workspace;

    /**
     * @param given values of build parameters, in place of their defaults
     * @param folder where the workspace, the archive and the build's own files go
     */
    Build(
            final Console console,
            final StampTime time,
            final Optional<BuildResult> previous,
            final Map<String, String> given,
            final Path folder) {
        this.console = console;
        this.time = time;
        this.previous = previous;
        this.given = Map.copyOf(given);
        this.folder = folder;
        environment.put("JOB_NAME", JOB);
        environment.put("JOB_BASE_NAME", JOB);
        environment.put("BUILD_NUMBER", String.valueOf(NUMBER));
        environment.put("BUILD_ID", String.valueOf(NUMBER));
        environment.put("BUILD_DISPLAY_NAME", "#" + NUMBER);
        environment.put("BUILD_TAG", "jenkins-" + JOB + "-" + NUMBER);
        environment.put("JENKINS_URL", "https://jenkins.example/");
        environment.put("JOB_URL", "https://jenkins.example/job/" + JOB + "/");
        environment.put("BUILD_URL", "https://jenkins.example/job/" + JOB + "/" + NUMBER + "/");
    }

    Console console() {
        return console;
    }

    /** The one time that there is, on the stamp and in the build. */
    StampTime time() {
        return time;
    }

    Optional<BuildResult> previous() {
        return previous;
    }

    Map<String, String> environment() {
        return environment;
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    /** The values that build parameters were given, in place of their defaults. */
    Map<String, String> given() {
        return given;
    }

    /** What was slept may not reach any of these: time limits count rehearsed sleeps only. */
    Deque<Duration> deadlines() {
        return deadlines;
    }

    /** How long the build has slept. */
    Duration slept() {
        return slept;
    }

    /** Puts the time forward instead of waiting. */
    void sleep(final Duration duration) {
        slept = slept.plus(duration);
        time.advance(duration);
    }

    /** What went on so far. */
    Proceedings proceedings() {
        return proceedings;
    }

    Deque<String> stages() {
        return stages;
    }

    /** Where the build keeps what steps save with it. */
    Path ownFolder() {
        return folder.resolve("build");
    }

    Path archive() {
        return folder.resolve("archive");
    }

    /** Where things are kept that outlive a build. */
    Path lasting() {
        return folder.resolve("home");
    }

    Path workspaceFolder() {
        return folder.resolve("workspace");
    }

    /** The workspace, while there is one. */
    Optional<Path> workspace() {
        return Optional.ofNullable(workspace);
    }

    /** @param entered null where a node is left */
    void workspace(final Path entered) {
        this.workspace = entered;
    }

    /** The result if one was set. */
    Optional<BuildResult> result() {
        return Optional.ofNullable(result);
    }

    /** The result so far; success as long as nothing else was set. */
    BuildResult current() {
        return result().orElse(BuildResult.SUCCESS);
    }

    /** Sets the result; like Jenkins it can only get worse. */
    void worsen(final BuildResult to) {
        result = current().or(to);
    }

    /**
     * Lets a post condition see the result that the build will have, and takes it back afterwards unless something
     * else became of it meanwhile, as Declarative does.
     */
    void during(final BuildResult logical, final Runnable condition) {
        final BuildResult original = result;
        result = logical;
        condition.run();
        if (result == logical && logical != original) {
            result = original;
        }
    }

    /** Marks the innermost stage that runs. */
    void markStage(final BuildResult with) {
        if (!stages.isEmpty()) {
            stageMarks.merge(stages.element(), with, BuildResult::or);
        }
    }

    BuildResult markOf(final String stage) {
        return stageMarks.getOrDefault(stage, BuildResult.SUCCESS);
    }

    /** Names of variables that a script may use without {@code env.} or {@code params.} in front. */
    Optional<Object> variable(final String name) {
        if (parameters.containsKey(name)) {
            return Optional.ofNullable(parameters.get(name));
        }
        return Optional.ofNullable(environment.get(name));
    }

    List<String> stagesOutermostFirst() {
        final java.util.ArrayList<String> names = new java.util.ArrayList<>();
        stages.descendingIterator().forEachRemaining(names::add);
        return names;
    }
}
