package io.jenkins.plugins.azurestack.rehearsal;

import groovy.lang.Closure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Calls steps as Pipeline does: finds the word, binds the arguments, shows it on the console, runs it. */
final class Steps {
    /** The file name that compiled Jenkinsfiles carry, by which their lines are found in a stack trace. */
    static final String SCRIPT_NAME = "Jenkinsfile";

    /** Steps of Jenkins that a rehearsal does not run, and why. */
    static final Map<String, String> REFUSED = refused();

    /** What a step does. */
    @FunctionalInterface
    interface Action {
        Object run(Signature.Bound arguments) throws IOException, InterruptedException;
    }

    /** What is done inside a block. */
    @FunctionalInterface
    interface Block<T> {
        T run();
    }

    private record Known(Signature signature, Action action) {}

    private final Build build;
    private final Jenkinsfile file;
    private final CurrentBuild currentBuild;
    private final Map<String, Known> known = new LinkedHashMap<>();
    private final List<Mistake> mistakes = new ArrayList<>();

    Steps(final Build build, final Jenkinsfile file) {
        this.build = build;
        this.file = file;
        this.currentBuild = new CurrentBuild(build);
    }

    private static Map<String, String> refused() {
        final Map<String, String> refused = new LinkedHashMap<>();
        for (final String shell : List.of("sh", "bat", "powershell", "pwsh")) {
            refused.put(shell, "a rehearsal runs no shell; rehearse a copy of the file without this step");
        }
        return java.util.Collections.unmodifiableMap(refused);
    }

    void add(final Signature signature, final Action action) {
        known.put(signature.name(), new Known(signature, action));
    }

    Map<String, Signature> signatures() {
        return known.values().stream()
                .collect(Collectors.toMap(k -> k.signature().name(), Known::signature));
    }

    /** Mistakes that showed only while the script ran. */
    List<Mistake> mistakes() {
        return List.copyOf(mistakes);
    }

    /** Runs Declarative Pipeline. */
    void declarative(final Closure<?> pipeline) {
        new Declarative(build, this).run(pipeline);
    }

    /** What a word without a receiver stands for, besides variables of the script's own. */
    Optional<Object> variable(final String name) {
        return switch (name) {
            case "currentBuild" -> Optional.of(currentBuild);
            case "env" -> Optional.of(build.environment());
            case "params" -> Optional.of(build.parameters());
            default -> build.variable(name);
        };
    }

    /** What a script prints is an echo. */
    void print(final String text) {
        invoke("echo", text);
    }

    /** Checks one variable that is kept while a step runs. */
    void keeps(final int line, final String name, final Object value) {
        KeptValues.obstacle(value).ifPresent(obstacle -> {
            throw wrong(new Mistake(
                    line,
                    0,
                    "variable '" + name + "' is kept while this step runs, but cannot be saved: " + obstacle
                            + " is not serialisable; keep a text, number, list or map instead, or work with it in a"
                            + " @NonCPS method"));
        });
    }

    /** Calls a step by its name. */
    Object invoke(final String name, final Object... arguments) {
        final Optional<Signature> nested = StructureCheck.nested(name);
        if (!known.containsKey(name) && nested.isPresent()) {
            return new Sections.Word(name, Arrays.asList(arguments));
        }
        if (REFUSED.containsKey(name)) {
            throw wrong(here("'" + name + "' is refused: " + REFUSED.get(name)));
        }
        if (!known.containsKey(name)) {
            throw wrong(here("unknown step '" + name + "'" + Words.didYouMean(name, known.keySet())
                    + "; accepted are "
                    + known.keySet().stream().sorted().collect(Collectors.joining(", "))));
        }
        ScriptEndedError.check();
        final Known step = known.get(name);
        build.console().pipeline(name);
        try {
            final Signature.Bound bound = step.signature().bind(arguments);
            return step.signature().block() || step.signature().branches()
                    ? step.action().run(bound)
                    : noted(step, bound);
        } catch (WrongArgumentsException e) {
            throw wrong(here(e.getMessage()));
        } catch (IOException e) {
            throw new StepFailedException(name + " failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ScriptEndedError();
        }
    }

    /** Runs a step without a block, and writes down what it did. */
    private Object noted(final Known step, final Signature.Bound bound) throws IOException, InterruptedException {
        final Instant at = build.time().now();
        final int line = lineOf(new Throwable());
        final int before = build.console().size();
        Object result = null;
        boolean failed = true;
        String did = "";
        try {
            result = step.action().run(bound);
            failed = false;
            did = result instanceof Map<?, ?> map && map.get("summary") instanceof String summary ? summary : "";
            return result;
        } catch (IOException | StepFailedException e) {
            did = e.getMessage();
            throw e;
        } finally {
            final List<String> said = build.console().since(before);
            build.proceedings()
                    .add(new Proceedings.Step(
                            step.signature().name(),
                            JobSettings.arguments(bound.values()),
                            build.stagesOutermostFirst(),
                            line,
                            at,
                            did.isEmpty() ? said.stream().findFirst().orElse("") : did,
                            said,
                            failed));
        }
    }

    private WrongJenkinsfileException wrong(final Mistake mistake) {
        mistakes.add(mistake);
        return new WrongJenkinsfileException(file, List.of(mistake));
    }

    /** A mistake in the line of the script that is being run. */
    static Mistake here(final String message) {
        return new Mistake(lineOf(new Throwable()), 0, message);
    }

    /** The innermost line of the script in a stack trace; 0 if there is none. */
    static int lineOf(final Throwable failure) {
        return lineOf(failure.getStackTrace());
    }

    static int lineOf(final StackTraceElement... trace) {
        return Arrays.stream(trace)
                .filter(element -> SCRIPT_NAME.equals(element.getFileName()) && element.getLineNumber() > 0)
                .map(StackTraceElement::getLineNumber)
                .findFirst()
                .orElse(0);
    }

    /** Runs a block with the marks that the console shows around one. */
    <T> T block(final String name, final String label, final Block<T> body) {
        try {
            return braces(label, body);
        } finally {
            end(name);
        }
    }

    /** Runs a block with its braces only; a step that runs it more than once, or talks afterwards, ends it itself. */
    <T> T braces(final String label, final Block<T> body) {
        build.console().pipeline(label.isEmpty() ? "{" : "{ (" + label + ")");
        try {
            return body.run();
        } finally {
            build.console().pipeline("}");
        }
    }

    void end(final String name) {
        build.console().pipeline("// " + name);
    }

    /** The same, where Declarative and not the script calls the step. */
    <T> T step(final String name, final String label, final Block<T> body) {
        build.console().pipeline(name);
        return block(name, label, body);
    }

    <T> T stage(final String name, final Block<T> body) {
        build.stages().push(name);
        final int number = build.proceedings().begin(build.stagesOutermostFirst());
        final String before = build.environment().put("STAGE_NAME", name);
        RuntimeException failure = null;
        try {
            return block("stage", name, body);
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        } finally {
            build.proceedings()
                    .end(
                            number,
                            build.markOf(name).or(Declarative.resultOf(failure)),
                            failure == null ? "" : String.valueOf(failure.getMessage()));
            build.stages().pop();
            restore("STAGE_NAME", before);
        }
    }

    <T> T node(final Block<T> body) {
        build.console().line("Running on a rehearsed agent in " + build.workspaceFolder());
        final Optional<java.nio.file.Path> outer = build.workspace();
        build.workspace(build.workspaceFolder());
        final String before =
                build.environment().put("WORKSPACE", build.workspaceFolder().toString());
        try {
            return block("node", "", body);
        } finally {
            build.workspace(outer.orElse(null));
            restore("WORKSPACE", before);
        }
    }

    <T> T withEnvironment(final Map<String, String> variables, final Block<T> body) {
        final Map<String, String> before = new LinkedHashMap<>();
        variables.keySet().forEach(name -> before.put(name, build.environment().get(name)));
        build.environment().putAll(variables);
        try {
            return block("withEnv", "", body);
        } finally {
            before.forEach(this::restore);
        }
    }

    private void restore(final String variable, final String before) {
        if (before == null) {
            build.environment().remove(variable);
        } else {
            build.environment().put(variable, before);
        }
    }

    /** A time limit; only rehearsed sleeps use time up. */
    <T> T timeout(final Duration limit, final Block<T> body) {
        build.console().line("Timeout set to expire in " + Durations.text(limit));
        build.deadlines().push(build.slept().plus(limit));
        try {
            return block("timeout", "", body);
        } finally {
            build.deadlines().pop();
        }
    }

    /** Puts the clock forward, as far as the nearest time limit allows. */
    void sleep(final Duration time) {
        build.console().line("Sleeping for " + Durations.text(time) + " (a rehearsal only puts its clock forward)");
        build.sleep(time);
        if (build.deadlines().stream().anyMatch(deadline -> deadline.compareTo(build.slept()) <= 0)) {
            build.console().line("Cancelling nested steps due to timeout");
            throw new BuildInterruptedException("Timeout has been exceeded");
        }
    }

    <T> T retry(final int count, final Block<T> body) {
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    return braces("", body);
                } catch (WrongJenkinsfileException | BuildInterruptedException e) {
                    throw e;
                } catch (RuntimeException e) {
                    if (attempt >= count) {
                        throw e;
                    }
                    build.console().line("ERROR: " + e.getMessage());
                    build.console().line("Retrying");
                }
            }
        } finally {
            end("retry");
        }
    }

    /**
     * Runs what a Jenkins runs side by side: here one after the other, so that a rehearsal always says the same.
     *
     * @param failFast whether the first failure ends the rest
     * @return what each branch gave
     */
    Map<String, Object> branches(final Map<String, Block<Object>> branches, final boolean failFast) {
        final Map<String, Object> results = new LinkedHashMap<>();
        RuntimeException first = null;
        build.console().pipeline("{");
        for (final Map.Entry<String, Block<Object>> branch : branches.entrySet()) {
            if (first != null && failFast) {
                build.console().line("Branch '" + branch.getKey() + "' is not run: another one has failed");
                continue;
            }
            try {
                results.put(branch.getKey(), braces("Branch: " + branch.getKey(), branch.getValue()));
            } catch (WrongJenkinsfileException e) {
                throw e;
            } catch (RuntimeException e) {
                build.console().line("Failed in branch " + branch.getKey());
                first = first == null ? e : first;
            }
        }
        build.console().pipeline("}");
        end("parallel");
        if (first != null) {
            throw first;
        }
        return results;
    }

    /** Runs a closure of Declarative with nothing but the script behind it. */
    static Object call(final Closure<?> closure) {
        final Closure<?> own = (Closure<?>) closure.clone();
        own.setDelegate(own.getThisObject());
        own.setResolveStrategy(Closure.DELEGATE_ONLY);
        return ScriptBrokeException.call(own);
    }
}
