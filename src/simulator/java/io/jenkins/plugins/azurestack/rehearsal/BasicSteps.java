package io.jenkins.plugins.azurestack.rehearsal;

import groovy.lang.Closure;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The steps that every Jenkins has, as far as a rehearsal can stand in for them. */
final class BasicSteps {
    private final Build build;
    private final Steps steps;
    private final String approver;

    private BasicSteps(final Build build, final Steps steps, final String approver) {
        this.build = build;
        this.steps = steps;
        this.approver = approver;
    }

    /** @param approver who answers an {@code input} */
    static void addTo(final Steps steps, final Build build, final String approver) {
        final BasicSteps basic = new BasicSteps(build, steps, approver);
        basic.addFlow();
        basic.addFailures();
        basic.addFiles();
        basic.addMessages();
    }

    private void addFlow() {
        steps.add(Signature.of("script").withBlock(), call -> steps.block("script", "", () -> run(call.body())));
        steps.add(
                Signature.of("stage")
                        .needs("name", String.class)
                        .takes("concurrency", Integer.class)
                        .withBlock(),
                call -> steps.stage(call.text("name"), () -> run(call.body())));
        steps.add(
                Signature.of("node").takes("label", String.class).withBlock(),
                call -> steps.node(() -> run(call.body())));
        steps.add(Signature.of("parallel").takes("failFast", boolean.class).withBranches(), call -> {
            final Map<String, Steps.Block<Object>> branches = new LinkedHashMap<>();
            call.values().forEach((name, value) -> {
                if (value instanceof Closure<?> branch) {
                    branches.put(name, () -> run(branch));
                }
            });
            return steps.branches(branches, call.flag("failFast"));
        });
        steps.add(
                Signature.of("withEnv").needs("overrides", List.class).withBlock(),
                call -> steps.withEnvironment(pairs(call), () -> run(call.body())));
        steps.add(
                Signature.of("timeout")
                        .needs("time", int.class)
                        .takes("unit", TimeUnit.class)
                        .takes("activity", boolean.class)
                        .withBlock(),
                call -> steps.timeout(duration(call, TimeUnit.MINUTES), () -> run(call.body())));
        steps.add(
                Signature.of("retry")
                        .needs("count", int.class)
                        .takes("conditions", List.class)
                        .withBlock(),
                call -> steps.retry(call.number("count", 1), () -> run(call.body())));
        steps.add(Signature.of("sleep").needs("time", int.class).takes("unit", TimeUnit.class), call -> {
            steps.sleep(duration(call, TimeUnit.SECONDS));
            return null;
        });
        steps.add(Signature.of("properties").needs("properties", List.class), call -> {
            ((List<?>) call.values().get("properties")).forEach(this::jobProperty);
            return null;
        });
    }

    private void addFailures() {
        steps.add(Signature.of("error").needs("message", String.class), call -> {
            throw new StepFailedException(call.text("message"));
        });
        steps.add(Signature.of("unstable").needs("message", String.class), call -> {
            build.console().line("WARNING: " + call.text("message"));
            mark(BuildResult.UNSTABLE, BuildResult.UNSTABLE);
            return null;
        });
        steps.add(
                Signature.of("catchError")
                        .takes("message", String.class)
                        .takes("buildResult", String.class)
                        .takes("stageResult", String.class)
                        .takes("catchInterruptions", boolean.class)
                        .withBlock(),
                call -> {
                    final BuildResult result = result(call, "buildResult", BuildResult.FAILURE);
                    return guarded("catchError", call, result, result(call, "stageResult", result));
                });
        steps.add(
                Signature.of("warnError")
                        .needs("message", String.class)
                        .takes("catchInterruptions", boolean.class)
                        .withBlock(),
                call -> guarded("warnError", call, BuildResult.UNSTABLE, BuildResult.UNSTABLE));
    }

    private void addFiles() {
        final Artifacts artifacts = new Artifacts(build);
        steps.add(Artifacts.ARCHIVE, artifacts::archive);
        steps.add(Artifacts.JUNIT, artifacts::junit);
        steps.add(
                Signature.of("writeFile")
                        .needs("file", String.class)
                        .needs("text", String.class)
                        .takes("encoding", String.class),
                call -> {
                    final Path file = inWorkspace(call.text("file"));
                    Files.createDirectories(Artifacts.folderOf(file));
                    Files.writeString(file, call.text("text"), encoding(call));
                    return null;
                });
        steps.add(
                Signature.of("readFile").needs("file", String.class).takes("encoding", String.class),
                call -> Files.readString(inWorkspace(call.text("file")), encoding(call)));
        steps.add(
                Signature.of("fileExists").needs("file", String.class),
                call -> Files.exists(inWorkspace(call.text("file"))));
    }

    private void addMessages() {
        steps.add(Signature.of("echo").needs("message", String.class), call -> {
            build.console().line(call.text("message"));
            return null;
        });
        steps.add(
                Signature.of("mail")
                        .needs("subject", String.class)
                        .needs("body", String.class)
                        .takes("to", String.class)
                        .takes("cc", String.class)
                        .takes("bcc", String.class)
                        .takes("from", String.class)
                        .takes("replyTo", String.class)
                        .takes("charset", String.class)
                        .takes("mimeType", String.class),
                this::mail);
        steps.add(
                Signature.of("emailext")
                        .needs("subject", String.class)
                        .needs("body", String.class)
                        .takes("to", String.class)
                        .takes("from", String.class)
                        .takes("replyTo", String.class)
                        .takes("mimeType", String.class)
                        .takes("attachLog", boolean.class)
                        .takes("compressLog", boolean.class)
                        .takes("attachmentsPattern", String.class)
                        .takes("recipientProviders", List.class)
                        .takes("presendScript", String.class)
                        .takes("postsendScript", String.class)
                        .takes("saveOutput", boolean.class),
                this::mail);
        steps.add(
                Signature.of("input")
                        .needs("message", String.class)
                        .takes("id", String.class)
                        .takes("ok", String.class)
                        .takes("cancel", String.class)
                        .takes("submitter", String.class)
                        .takes("submitterParameter", String.class)
                        .takes("parameters", List.class),
                this::input);
    }

    private static Object run(final Closure<?> body) {
        return ScriptBrokeException.call(body);
    }

    private Object guarded(
            final String name, final Signature.Bound call, final BuildResult result, final BuildResult stage) {
        final Object catches = call.values().getOrDefault("catchInterruptions", Boolean.TRUE);
        try {
            return steps.braces("", () -> run(call.body()));
        } catch (WrongJenkinsfileException e) {
            throw e;
        } catch (BuildInterruptedException e) {
            if (!Boolean.TRUE.equals(catches)) {
                throw e;
            }
            caught(call, e, result, stage);
        } catch (RuntimeException e) {
            caught(call, e, result, stage);
        } finally {
            steps.end(name);
        }
        return null;
    }

    private void caught(
            final Signature.Bound call,
            final RuntimeException failure,
            final BuildResult result,
            final BuildResult stage) {
        if (!call.text("message").isEmpty()) {
            build.console().line("ERROR: " + call.text("message"));
        }
        build.console().line("ERROR: " + failure.getMessage());
        mark(result, stage);
    }

    private void mark(final BuildResult result, final BuildResult stage) {
        if (result != BuildResult.SUCCESS) {
            build.worsen(result);
        }
        build.markStage(stage);
    }

    private static BuildResult result(final Signature.Bound call, final String parameter, final BuildResult otherwise) {
        final String name = call.text(parameter);
        if (name.isEmpty()) {
            return call.values().containsKey(parameter) ? BuildResult.SUCCESS : otherwise;
        }
        return BuildResult.named(name)
                .orElseThrow(() -> new WrongArgumentsException("catchError: '" + name
                        + "' is no result of a build; there are " + java.util.Arrays.toString(BuildResult.values())));
    }

    private static Duration duration(final Signature.Bound call, final TimeUnit otherwise) {
        final TimeUnit unit = call.values().get("unit") instanceof TimeUnit given ? given : otherwise;
        return Duration.of(call.number("time", 0), unit.toChronoUnit());
    }

    private static Map<String, String> pairs(final Signature.Bound call) {
        final Map<String, String> pairs = new LinkedHashMap<>();
        for (final Object pair : (List<?>) call.values().get("overrides")) {
            final String text = String.valueOf(pair);
            final int equals = text.indexOf('=');
            if (equals < 1) {
                throw new WrongArgumentsException("withEnv: '" + text + "' is not of the form NAME=value");
            }
            pairs.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return pairs;
    }

    private static Charset encoding(final Signature.Bound call) {
        return Charset.forName(call.text("encoding", StandardCharsets.UTF_8.name()));
    }

    private Path inWorkspace(final String file) throws IOException {
        final Path workspace =
                Artifacts.requireWorkspace(build).toAbsolutePath().normalize();
        final Path path = workspace.resolve(file).normalize();
        if (!path.startsWith(workspace) || path.equals(workspace)) {
            throw new IOException("'" + file + "' is outside the workspace; a rehearsal touches nothing else");
        }
        return path;
    }

    private void jobProperty(final Object property) {
        if (property instanceof Sections.Word word) {
            JobSettings.check(word);
            build.console().line("Would set the job's property " + JobSettings.text(word));
        } else {
            throw new WrongArgumentsException("properties: '" + property + "' is no property of a job");
        }
    }

    private Object mail(final Signature.Bound call) {
        build.console().line("Would send this mail (a rehearsal sends none):");
        final List<String> heads = new ArrayList<>(call.values().keySet());
        heads.remove("body");
        heads.forEach(head -> build.console().line("  " + head + ": " + call.text(head)));
        build.console().line("");
        call.text("body").lines().forEach(line -> build.console().line("  " + line));
        return null;
    }

    private Object input(final Signature.Bound call) {
        build.console().line(call.text("message"));
        build.console().line(call.text("ok", "Proceed") + " or " + call.text("cancel", "Abort"));
        final String submitters = call.text("submitter");
        build.console()
                .line("Approved by " + approver + " (the rehearsal answers every input itself"
                        + (submitters.isEmpty() ? ")" : "; in Jenkins only " + submitters + " may)"));
        build.proceedings()
                .add(new Proceedings.Approved(
                        call.text("message"), approver, submitters, build.time().now()));
        final Map<String, Object> answers = new LinkedHashMap<>();
        if (call.values().get("parameters") instanceof List<?> parameters) {
            for (final Object parameter : parameters) {
                final Optional<JobSettings.Parameter> read = JobSettings.parameter(parameter);
                read.ifPresent(p -> answers.put(p.name(), p.value()));
            }
        }
        if (!call.text("submitterParameter").isEmpty()) {
            answers.put(call.text("submitterParameter"), approver);
        }
        return answers.size() > 1
                ? answers
                : answers.values().stream().findFirst().orElse(null);
    }
}
