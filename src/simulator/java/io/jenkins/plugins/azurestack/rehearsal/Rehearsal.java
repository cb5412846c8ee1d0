package io.jenkins.plugins.azurestack.rehearsal;

import groovy.lang.GroovyShell;
import groovy.lang.Script;
import groovy.transform.ThreadInterrupt;
import io.jenkins.plugins.azurestack.jenkins.step.AzsCertificateRequestsStep;
import io.jenkins.plugins.azurestack.jenkins.step.AzsCheckExpiryStep;
import io.jenkins.plugins.azurestack.jenkins.step.AzsRotateSecretsStep;
import io.jenkins.plugins.azurestack.jenkins.step.AzsUpdateBmcStep;
import io.jenkins.plugins.azurestack.jenkins.step.Via;
import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.wiring.CertificateRequests;
import io.jenkins.plugins.azurestack.wiring.CheckExpiry;
import io.jenkins.plugins.azurestack.wiring.RotationStoppedException;
import io.jenkins.plugins.azurestack.wiring.Route;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.customizers.ASTTransformationCustomizer;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.runtime.MethodClosure;

/** Runs one Jenkinsfile against simulated stamps, and shows what the console of a Jenkins would. */
public final class Rehearsal {
    /** What a script throws to fail its build; anything else that comes out of it is its own mistake. */
    private static final Set<Class<?>> ON_PURPOSE =
            Set.of(StepFailedException.class, BuildInterruptedException.class, Exception.class, RuntimeException.class);

    private final Setting setting;
    private final Clock clock;
    private final SecureRandom random;
    private final PrintStream out;

    /**
     * What is rehearsed against.
     *
     * @param simulations the stamps there are, at least one, of different names and with the same time factor
     * @param folder where the build's files go; whatever an earlier rehearsal left there is replaced
     * @param previous the result of the build before, for conditions on change; empty for a first build
     * @param approver who is said to have answered an {@code input}
     * @param parameters build parameters, in place of their defaults
     * @param limit how long the script may run in real time
     */
    public record Setting(
            List<Simulation> simulations,
            Path folder,
            Optional<BuildResult> previous,
            String approver,
            Map<String, String> parameters,
            Duration limit) {
        public Setting {
            simulations = List.copyOf(simulations);
            Objects.requireNonNull(folder, "folder");
            Objects.requireNonNull(previous, "previous");
            Objects.requireNonNull(approver, "approver");
            parameters = Map.copyOf(parameters);
            Objects.requireNonNull(limit, "limit");
        }

        /** How many seconds go by in one real one. */
        int timeFactor() {
            return simulations.get(0).timeFactor();
        }
    }

    /**
     * How the build ended.
     *
     * @param result as Jenkins would show it
     * @param console every line of the console
     * @param report the last HTML page that a step saved
     * @param page what all of it is told on; its JSON is beside it
     */
    public record Outcome(BuildResult result, List<String> console, Optional<Path> report, Path page) {
        public Outcome {
            console = List.copyOf(console);
        }
    }

    /**
     * @param clock what time it is when the rehearsal begins, on the stamp and in the build, and how it goes on outside
     * @param random makes the labels that stand in for wildcards
     * @param out where the console is shown
     */
    public Rehearsal(final Setting setting, final Clock clock, final SecureRandom random, final PrintStream out) {
        this.setting = setting;
        this.clock = clock;
        this.random = random;
        this.out = out;
    }

    /**
     * Checks the file, starts the stamps that it uses, and runs the build.
     *
     * @throws WrongJenkinsfileException if a Jenkins would not accept the file, or its own code broke, or went on for
     *     longer than it may
     * @throws IOException if the folder cannot be used, or loopback
     */
    public Outcome run(final Jenkinsfile file) throws IOException {
        RehearsalFolder.prepare(setting.folder());
        final Console console = new Console(out);
        final StampTime time = new StampTime(clock, clock.instant(), setting.timeFactor());
        final Instant began = time.now();
        final Build build = new Build(console, time, setting.previous(), setting.parameters(), setting.folder());
        final Steps steps = new Steps(build, file);
        BasicSteps.addTo(steps, build, setting.approver());
        try (RehearsedStamps stamps = new RehearsedStamps(setting.simulations(), time, console, random)) {
            final List<Path> saved = new ArrayList<>();
            addCheckExpiry(steps, build, stamps, saved);
            addRotateSecrets(steps, build, stamps, saved);
            addUpdateBmc(steps, build, stamps, saved);
            addCertificateRequests(steps, build, stamps, saved);
            check(file, steps.signatures());
            final JenkinsfileScript script = compile(file, steps);
            script.bind(steps);
            final Optional<RuntimeException> failure = inTime(file, () -> run(script, build));
            final List<Mistake> mistakes = mistakes(failure, steps);
            if (!mistakes.isEmpty()) {
                throw new WrongJenkinsfileException(file, mistakes);
            }
            final RehearsalReport report = new RehearsalReport(
                    file.name(),
                    setting,
                    build.current(),
                    began,
                    time.now(),
                    build.proceedings(),
                    stamps.findings(),
                    SavedFile.in(setting.folder()));
            return new Outcome(build.current(), console.lines(), lastPage(saved), report.write(setting.folder()));
        }
    }

    private void addCheckExpiry(
            final Steps steps, final Build build, final RehearsedStamps stamps, final List<Path> saved) {
        final StepClass<AzsCheckExpiryStep> type = StepClass.of(AzsCheckExpiryStep.class);
        steps.add(type.signature(), call -> {
            final AzsCheckExpiryStep step = type.instantiate(call.values());
            requireAgent(type, step.getVia(), build);
            return run(
                    type,
                    step.getStamp(),
                    step::toArguments,
                    build,
                    stamps,
                    saved,
                    (stamp, arguments, environment) -> new CheckExpiry(
                                    stamp.simulated().network(), build.time().clock(), random)
                            .run(
                                    stamp.simulated().stamp(),
                                    stamp.maintenance(environment.job()),
                                    RehearsedCredentials.bmcSettings(
                                            stamp.simulated().stamp()),
                                    arguments,
                                    environment));
        });
    }

    private void addRotateSecrets(
            final Steps steps, final Build build, final RehearsedStamps stamps, final List<Path> saved) {
        final StepClass<AzsRotateSecretsStep> type = StepClass.of(AzsRotateSecretsStep.class);
        steps.add(type.signature(), call -> {
            final AzsRotateSecretsStep step = type.instantiate(call.values());
            requireAgent(type, step.getVia(), build);
            final String stampName = arguments(type.signature().name(), step::stampName);
            return run(type, stampName, step::toArguments, build, stamps, saved, (stamp, arguments, environment) -> {
                try {
                    return stamp.rotate(arguments, environment);
                } catch (RotationStoppedException e) {
                    throw new StepFailedException(e.getMessage(), e);
                }
            });
        });
    }

    private void addUpdateBmc(
            final Steps steps, final Build build, final RehearsedStamps stamps, final List<Path> saved) {
        final StepClass<AzsUpdateBmcStep> type = StepClass.of(AzsUpdateBmcStep.class);
        steps.add(type.signature(), call -> {
            final AzsUpdateBmcStep step = type.instantiate(call.values());
            requireAgent(type, step.getVia(), build);
            final String stampName = arguments(type.signature().name(), step::stampName);
            return run(type, stampName, step::toArguments, build, stamps, saved, (stamp, arguments, environment) -> {
                try {
                    return stamp.updateBmc(arguments, environment);
                } catch (RotationStoppedException e) {
                    throw new StepFailedException(e.getMessage(), e);
                }
            });
        });
    }

    private void addCertificateRequests(
            final Steps steps, final Build build, final RehearsedStamps stamps, final List<Path> saved) {
        final StepClass<AzsCertificateRequestsStep> type = StepClass.of(AzsCertificateRequestsStep.class);
        steps.add(type.signature(), call -> {
            final AzsCertificateRequestsStep step = type.instantiate(call.values());
            requireAgent(type, step.getVia(), build);
            return run(
                    type,
                    step.getStamp(),
                    step::toArguments,
                    build,
                    stamps,
                    saved,
                    (stamp, arguments, environment) -> new CertificateRequests(
                                    Route.direct(stamp.simulated().network()),
                                    build.time().clock(),
                                    random)
                            .run(
                                    stamp.simulated().stamp(),
                                    stamp.maintenance(environment.job()),
                                    arguments,
                                    environment));
        });
    }

    /** What a step of the plugin does with its stamp and its arguments. */
    private interface Work<A> {
        Map<String, Object> with(RehearsedStamp stamp, A arguments, RehearsedEnvironment environment)
                throws IOException, InterruptedException;
    }

    private <A> Map<String, Object> run(
            final StepClass<?> type,
            final String stampName,
            final Supplier<A> read,
            final Build build,
            final RehearsedStamps stamps,
            final List<Path> saved,
            final Work<A> work)
            throws IOException, InterruptedException {
        final String step = type.signature().name();
        final RehearsedStamp stamp = stamps.named(step, stampName);
        final A arguments = arguments(step, read);
        final RehearsedEnvironment environment = new RehearsedEnvironment(build, stamp.credentials());
        try {
            final Map<String, Object> result = work.with(stamp, arguments, environment);
            requireSerialisable(step, result);
            return result;
        } catch (Rejected e) {
            throw new StepFailedException(step + ": " + e.getMessage(), e);
        } finally {
            saved.addAll(environment.saved());
        }
    }

    /** The rehearsed stamp is reached directly in any case; here it only matters that there is an agent. */
    private static void requireAgent(final StepClass<?> type, final String via, final Build build) {
        if (via.equals(Via.AGENT) && build.workspace().isEmpty()) {
            final Rejected rejected = Via.outsideNode();
            throw new StepFailedException(type.signature().name() + ": " + rejected.getMessage(), rejected);
        }
    }

    private static <A> A arguments(final String step, final Supplier<A> read) {
        try {
            return read.get();
        } catch (Rejected e) {
            throw new WrongArgumentsException(step + ": " + e.getMessage());
        }
    }

    private static void requireSerialisable(final String step, final Map<String, Object> result) {
        KeptValues.obstacle(result).ifPresent(obstacle -> {
            throw new IllegalStateException("The result of " + step + " cannot be saved: " + obstacle);
        });
    }

    /** Parses the file and looks at its structure; runs nothing. */
    static void check(final Jenkinsfile file, final Map<String, Signature> steps) {
        final CompilationUnit unit = new CompilationUnit(configuration());
        unit.addSource(Steps.SCRIPT_NAME, file.source());
        final List<Mistake> mistakes;
        try {
            unit.compile(Phases.CONVERSION);
            mistakes = new StructureCheck(steps, Steps.REFUSED)
                    .mistakes(unit.getAST().getModules().get(0));
        } catch (MultipleCompilationErrorsException e) {
            throw new WrongJenkinsfileException(file, syntax(e));
        }
        if (!mistakes.isEmpty()) {
            throw new WrongJenkinsfileException(file, mistakes);
        }
    }

    /** Without {@code @Grab}, which would fetch code from the network while it is compiled. */
    private static CompilerConfiguration configuration() {
        final CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setDisabledGlobalASTTransformations(Set.of("groovy.grape.GrabAnnotationTransformation"));
        return configuration;
    }

    private static List<Mistake> syntax(final MultipleCompilationErrorsException failure) {
        final List<?> errors = failure.getErrorCollector().getErrors();
        return errors.stream()
                .map(error -> error instanceof SyntaxErrorMessage message
                        ? new Mistake(
                                message.getCause().getLine(),
                                message.getCause().getStartColumn(),
                                message.getCause().getOriginalMessage())
                        : new Mistake(0, 0, String.valueOf(error)))
                .toList();
    }

    private <T> T inTime(final Jenkinsfile file, final Callable<T> script) throws IOException {
        try {
            return new Watchdog(setting.limit()).run(script);
        } catch (OverdueException e) {
            throw new WrongJenkinsfileException(
                    file,
                    List.of(
                            new Mistake(
                                    e.line(),
                                    0,
                                    "here the rehearsal ended the script, which had run for "
                                            + Durations.text(setting.limit())
                                            + "; timeouts of the file do not end what never sleeps (--limit gives more time)")));
        }
    }

    private static Optional<RuntimeException> run(final JenkinsfileScript script, final Build build) {
        build.console().line("Started by timer");
        build.console().pipeline("Start of Pipeline");
        RuntimeException failure = null;
        try {
            ScriptBrokeException.call(new MethodClosure(script, "run"));
        } catch (RuntimeException e) {
            failure = e;
            build.worsen(Declarative.resultOf(e));
        } catch (ScriptEndedError e) {
            build.console().line("ERROR: " + e.getMessage());
            throw e;
        }
        build.console().pipeline("End of Pipeline");
        if (failure != null) {
            build.console().line(shown(failure));
        }
        build.console().line("Finished: " + build.current());
        return Optional.ofNullable(failure);
    }

    private static JenkinsfileScript compile(final Jenkinsfile file, final Steps steps) {
        final Refusals refusals = new Refusals();
        final CompilerConfiguration configuration = configuration();
        configuration.setScriptBaseClass(JenkinsfileScript.class.getName());
        configuration.addCompilationCustomizers(
                new KeptValues(steps.signatures().keySet()),
                refusals,
                new ASTTransformationCustomizer(ThreadInterrupt.class));
        try {
            final Script script = new GroovyShell(Rehearsal.class.getClassLoader(), configuration)
                    .parse(file.source(), Steps.SCRIPT_NAME);
            if (!refusals.mistakes().isEmpty()) {
                throw new WrongJenkinsfileException(file, refusals.mistakes());
            }
            return (JenkinsfileScript) script;
        } catch (MultipleCompilationErrorsException e) {
            throw new WrongJenkinsfileException(file, syntax(e));
        } catch (CompilationFailedException e) {
            throw new WrongJenkinsfileException(file, List.of(new Mistake(0, 0, e.getMessage())));
        }
    }

    private static String shown(final RuntimeException failure) {
        if (failure instanceof StepFailedException || failure instanceof BuildInterruptedException) {
            return "ERROR: " + failure.getMessage();
        }
        return failure instanceof WrongJenkinsfileException
                ? "ERROR: the Jenkinsfile is wrong"
                : String.valueOf(ScriptBrokeException.thrown(failure));
    }

    /** Mistakes that steps saw, or else what ended the build if that was no step: the script's own code then broke. */
    private static List<Mistake> mistakes(final Optional<RuntimeException> failure, final Steps steps) {
        if (!steps.mistakes().isEmpty() || failure.isEmpty()) {
            return steps.mistakes();
        }
        final RuntimeException end = failure.get();
        final Throwable thrown = ScriptBrokeException.thrown(end);
        if (ON_PURPOSE.contains(thrown.getClass()) || thrown instanceof AssertionError) {
            return List.of();
        }
        return List.of(new Mistake(
                Steps.lineOf(thrown),
                0,
                thrown.getMessage() + " (" + thrown.getClass().getName() + ")"));
    }

    private static Optional<Path> lastPage(final List<Path> saved) {
        return saved.stream().filter(file -> file.toString().endsWith(".html")).reduce((first, second) -> second);
    }
}
