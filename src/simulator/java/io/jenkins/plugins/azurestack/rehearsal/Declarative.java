package io.jenkins.plugins.azurestack.rehearsal;

import groovy.lang.Closure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs a Declarative Pipeline, whose structure has been checked, in the order in which Declarative does. */
final class Declarative {
    /** What makes a {@code when} decide before the stage's input is asked for. */
    private static final List<String> BEFORE_INPUT = List.of("beforeInput", "beforeOptions");

    private static final String POST = "Declarative: Post Actions";

    private final Build build;
    private final Steps steps;
    private boolean skipAfterUnstable;

    Declarative(final Build build, final Steps steps) {
        this.build = build;
        this.steps = steps;
    }

    void run(final Closure<?> pipeline) {
        final Sections sections = Sections.of(pipeline);
        sections.word("options").ifPresent(this::options);
        sections.word("triggers").ifPresent(this::settings);
        sections.word("parameters").ifPresent(this::parameters);
        build.given().keySet().stream()
                .filter(name -> !build.parameters().containsKey(name))
                .forEach(name ->
                        build.console().line("(No build parameter is called '" + name + "': --param sets none.)"));
        final RuntimeException[] first = {null};
        inAgent(
                sections,
                () -> inEnvironment(
                        sections,
                        () -> inWrappers(sections, () -> {
                            first[0] = attempt(() -> stages(sections));
                            first[0] = postStage(sections, first[0]);
                            if (first[0] != null) {
                                throw first[0];
                            }
                            return null;
                        })));
    }

    private static RuntimeException attempt(final Runnable work) {
        try {
            work.run();
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    private void options(final Sections.Word options) {
        for (final Sections.Word option : settings(options)) {
            skipAfterUnstable |= "skipStagesAfterUnstable".equals(option.name());
        }
    }

    private List<Sections.Word> settings(final Sections.Word section) {
        final List<Sections.Word> words = Sections.of(section.block()).words();
        words.forEach(JobSettings::check);
        return words;
    }

    private void parameters(final Sections.Word section) {
        for (final Sections.Word word : settings(section)) {
            JobSettings.parameter(word).ifPresent(parameter -> build.parameters()
                    .put(
                            parameter.name(),
                            build.given().containsKey(parameter.name())
                                    ? JobSettings.given(word, build.given().get(parameter.name()))
                                    : parameter.value()));
        }
    }

    private <T> T inAgent(final Sections sections, final Steps.Block<T> body) {
        final Optional<Sections.Word> agent = sections.word("agent");
        if (agent.isEmpty() || agent.get().arguments().contains("none")) {
            return body.run();
        }
        build.console().pipeline("node");
        return steps.node(body);
    }

    private <T> T inEnvironment(final Sections sections, final Steps.Block<T> body) {
        final Optional<Sections.Word> section = sections.word("environment");
        if (section.isEmpty()) {
            return body.run();
        }
        final Map<String, String> variables = new LinkedHashMap<>();
        Sections.assignments(section.get().block())
                .forEach((name, value) -> variables.put(name, String.valueOf(value)));
        build.console().pipeline("withEnv");
        return steps.withEnvironment(variables, body);
    }

    /** The options that are wrappers, the first one outermost. */
    private <T> T inWrappers(final Sections sections, final Steps.Block<T> body) {
        Steps.Block<T> wrapped = body;
        final List<Sections.Word> options =
                sections.word("options").map(this::settings).orElse(List.of());
        for (int i = options.size() - 1; i >= 0; i--) {
            wrapped = wrapper(options.get(i), wrapped);
        }
        return wrapped.run();
    }

    private <T> Steps.Block<T> wrapper(final Sections.Word option, final Steps.Block<T> body) {
        final Signature.Bound bound = JobSettings.check(option);
        return switch (option.name()) {
            case "timeout" ->
                () -> {
                    final TimeUnit unit =
                            bound.values().get("unit") instanceof TimeUnit given ? given : TimeUnit.MINUTES;
                    build.console().pipeline("timeout");
                    return steps.timeout(Duration.of(bound.number("time", 0), unit.toChronoUnit()), body);
                };
            case "retry" ->
                () -> {
                    build.console().pipeline("retry");
                    return steps.retry(bound.number("count", 1), body);
                };
            case "timestamps" -> () -> steps.step("timestamps", "", body);
            default -> body;
        };
    }

    /** What a stage holds. */
    private void content(final Sections sections) {
        if (sections.word("steps").isPresent()) {
            Steps.call(sections.word("steps").get().block());
        } else if (sections.word("parallel").isPresent()) {
            parallel(sections, sections.word("parallel").get());
        } else {
            stages(sections);
        }
    }

    private void parallel(final Sections sections, final Sections.Word parallel) {
        final Map<String, Steps.Block<Object>> branches = new LinkedHashMap<>();
        for (final Sections.Word stage : Sections.of(parallel.block()).words()) {
            branches.put(String.valueOf(stage.arguments().get(0)), () -> {
                stage(stage, null);
                return null;
            });
        }
        build.console().pipeline("parallel");
        final boolean failFast = sections.word("failFast")
                .filter(word -> List.of(true).equals(word.arguments()))
                .isPresent();
        steps.branches(branches, failFast);
    }

    private void stages(final Sections parent) {
        RuntimeException first = null;
        for (final Sections.Word stage :
                Sections.of(parent.word("stages").orElseThrow().block()).words()) {
            final RuntimeException before = first;
            final RuntimeException failure = attempt(() -> stage(stage, before));
            first = first == null ? failure : first;
        }
        if (first != null) {
            throw first;
        }
    }

    private void stage(final Sections.Word stage, final RuntimeException earlier) {
        final String name = String.valueOf(stage.arguments().get(0));
        build.console().pipeline("stage");
        steps.stage(name, () -> {
            final Sections sections = Sections.of(stage.block());
            if (earlier != null) {
                skip(name, "due to earlier failure(s)");
            } else if (skipAfterUnstable && build.current() == BuildResult.UNSTABLE) {
                skip(name, "due to earlier stage(s) marking the build as unstable");
            } else if (sections.word("input").isPresent() && !decidesBeforeInput(sections)) {
                inWrappers(
                        sections, () -> answered(sections, () -> when(name, sections, () -> entered(name, sections))));
            } else {
                when(
                        name,
                        sections,
                        () -> inWrappers(sections, () -> answered(sections, () -> entered(name, sections))));
            }
            return null;
        });
    }

    private Object entered(final String name, final Sections sections) {
        return inAgent(sections, () -> inEnvironment(sections, () -> inside(name, sections)));
    }

    private Object when(final String name, final Sections sections, final Steps.Block<Object> body) {
        if (holds(sections)) {
            return body.run();
        }
        skip(name, "due to when conditional");
        return null;
    }

    private void skip(final String name, final String why) {
        build.console().line("Stage \"" + name + "\" skipped " + why);
        build.proceedings().skip(build.stagesOutermostFirst(), why);
    }

    private static boolean decidesBeforeInput(final Sections sections) {
        return sections.word("when").stream()
                .flatMap(when -> Sections.of(when.block()).words().stream())
                .anyMatch(word ->
                        BEFORE_INPUT.contains(word.name()) && List.of(true).equals(word.arguments()));
    }

    /** Asks what the stage's input asks; its answers are environment variables of the stage. */
    private <T> T answered(final Sections sections, final Steps.Block<T> body) {
        final Optional<Sections.Word> input = sections.word("input");
        if (input.isEmpty()) {
            return body.run();
        }
        final Map<String, Object> arguments = new LinkedHashMap<>();
        final List<String> names = new ArrayList<>();
        for (final Sections.Word field : Sections.of(input.get().block()).words()) {
            if (field.hasBlock()) {
                final List<Sections.Word> asked = Sections.of(field.block()).words();
                asked.forEach(one -> JobSettings.parameter(one).ifPresent(parameter -> names.add(parameter.name())));
                arguments.put(field.name(), asked);
            } else {
                arguments.put(field.name(), field.arguments().get(0));
            }
        }
        if (arguments.containsKey("submitterParameter")) {
            names.add(String.valueOf(arguments.get("submitterParameter")));
        }
        final Object answer = steps.invoke("input", arguments);
        if (names.isEmpty()) {
            return body.run();
        }
        final Map<String, String> variables = new LinkedHashMap<>();
        names.forEach(name ->
                variables.put(name, String.valueOf(answer instanceof Map<?, ?> many ? many.get(name) : answer)));
        build.console().pipeline("withEnv");
        return steps.withEnvironment(variables, body);
    }

    private Object inside(final String name, final Sections sections) {
        final RuntimeException failure = attempt(() -> content(sections));
        RuntimeException first = failure;
        if (!satisfied(sections, failure, name).isEmpty()) {
            build.console().line("Post stage");
            first = post(sections, failure, name);
        }
        if (first != null) {
            throw first;
        }
        return null;
    }

    private boolean holds(final Sections sections) {
        return sections.word("when").map(when -> all(when.block())).orElse(true);
    }

    private boolean all(final Closure<?> conditions) {
        return Sections.of(conditions).words().stream().allMatch(this::holds);
    }

    private boolean holds(final Sections.Word condition) {
        if (condition.hasBlock()) {
            return switch (condition.name()) {
                case "expression" -> truth(Steps.call(condition.block()));
                case "not" -> !all(condition.block());
                case "anyOf" -> Sections.of(condition.block()).words().stream().anyMatch(this::holds);
                default -> all(condition.block());
            };
        }
        final Signature.Bound bound = Words.WHEN_CONDITIONS.stream()
                .filter(signature -> signature.name().equals(condition.name()))
                .findFirst()
                .orElseThrow()
                .bind(condition.arguments().toArray());
        return switch (condition.name()) {
            case "environment" -> bound.text("value").equals(build.environment().get(bound.text("name")));
            case "equals" ->
                java.util.Objects.equals(
                        bound.values().get("expected"), bound.values().get("actual"));
            case "triggeredBy" -> "TimerTrigger".equals(bound.text("type"));
            case "branch" -> false;
            default -> true;
        };
    }

    private static boolean truth(final Object value) {
        return org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation.castToBoolean(value);
    }

    private RuntimeException postStage(final Sections sections, final RuntimeException failure) {
        if (satisfied(sections, failure, null).isEmpty()) {
            return failure;
        }
        build.console().pipeline("stage");
        return steps.stage(POST, () -> post(sections, failure, null));
    }

    /** The conditions that are met now, in the order in which they run. */
    private List<String> satisfied(final Sections sections, final RuntimeException failure, final String stage) {
        final Optional<Sections.Word> post = sections.word("post");
        if (post.isEmpty()) {
            return List.of();
        }
        final Sections conditions = Sections.of(post.get().block());
        return Words.POST_CONDITIONS.stream()
                .filter(name -> conditions.word(name).isPresent() && meets(name, failure, stage))
                .toList();
    }

    private RuntimeException post(final Sections sections, final RuntimeException failure, final String stage) {
        final Sections conditions =
                Sections.of(sections.word("post").orElseThrow().block());
        RuntimeException first = failure;
        for (final String name : Words.POST_CONDITIONS) {
            final Optional<Sections.Word> condition = conditions.word(name);
            if (condition.isEmpty() || !meets(name, first, stage)) {
                continue;
            }
            final BuildResult logical =
                    stage == null ? combined(first) : combined(first).or(build.markOf(stage));
            final RuntimeException[] thrown = {null};
            build.during(
                    logical,
                    () -> thrown[0] = attempt(() -> Steps.call(condition.get().block())));
            final RuntimeException failed = thrown[0];
            if (failed != null) {
                build.console().line("Error when executing " + name + " post condition:");
                build.console().line(String.valueOf(failed.getMessage()));
                first = first == null ? failed : first;
            }
        }
        return first;
    }

    /** The conditions as the classes of Declarative's package {@code model.conditions} define them. */
    private boolean meets(final String condition, final RuntimeException failure, final String stage) {
        final BuildResult build = combined(failure);
        final BuildResult here = stage == null ? build : build.or(this.build.markOf(stage));
        final Optional<BuildResult> previous = this.build.previous();
        return switch (condition) {
            case "changed" -> previous.isEmpty() || previous.get() != build;
            case "fixed" ->
                build == BuildResult.SUCCESS
                        && previous.filter(result -> result == BuildResult.FAILURE || result == BuildResult.UNSTABLE)
                                .isPresent();
            case "regression" -> previous.filter(build::isWorseThan).isPresent();
            case "success" -> here == BuildResult.SUCCESS;
            case "unsuccessful" -> here != BuildResult.SUCCESS;
            case "unstable" -> here == BuildResult.UNSTABLE;
            case "failure" -> here == BuildResult.FAILURE;
            case "aborted" -> here == BuildResult.ABORTED;
            case "notBuilt" -> here == BuildResult.NOT_BUILT;
            default -> true;
        };
    }

    private BuildResult combined(final RuntimeException failure) {
        return build.current().or(resultOf(failure));
    }

    /** What an error that nobody caught makes of a build. */
    static BuildResult resultOf(final RuntimeException failure) {
        if (failure == null) {
            return BuildResult.SUCCESS;
        }
        return failure instanceof BuildInterruptedException ? BuildResult.ABORTED : BuildResult.FAILURE;
    }
}
