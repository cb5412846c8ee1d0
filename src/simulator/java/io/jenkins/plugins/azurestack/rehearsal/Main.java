package io.jenkins.plugins.azurestack.rehearsal;

import io.jenkins.plugins.azurestack.simulator.CommandLine;
import io.jenkins.plugins.azurestack.simulator.SimulatedStampBuilder;
import io.jenkins.plugins.azurestack.simulator.world.Faults;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.ResourceProvider;
import io.jenkins.plugins.azurestack.stamp.StampVersion;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rehearses a Jenkinsfile from the command line. */
public final class Main {
    /** The Jenkinsfile was rehearsed to its end, whatever the result of the rehearsed build. */
    static final int WENT_WELL = 0;
    /** The Jenkinsfile is wrong. */
    static final int WRONG = 1;
    /** The command line is wrong, or the rehearsal could not be set up. */
    static final int NOT_RUN = 2;

    private static final int MOST_MINUTES = 9999;
    private static final int MOST_NODES = 200;
    private static final int MOST_FACTOR = 100_000;
    private static final Path SHIPPED = Path.of("docs", "pipelines", "expiry.Jenkinsfile");
    private static final String USAGE = String.join(
            System.lineSeparator(),
            "Rehearses a Jenkinsfile against simulated Azure Stack Hub stamps on loopback.",
            "",
            "  mvn -q compile exec:java [-Dexec.args=\"[options] [Jenkinsfile]\"]",
            "",
            "  Jenkinsfile            default: docs/pipelines/expiry.Jenkinsfile",
            "  --stamp NAME           name of the simulated stamp (default: east); may be given more than once, for",
            "                         several stamps, which are alike in everything else",
            "  --identity AAD|ADFS    its identity provider (default: AAD)",
            "  --providers A,B|all    its resource providers: AppServices, ContainerRegistry, EventHubs,",
            "                         MySQLAdapter, SQLAdapter, SQLRP (default: none)",
            "  --version V            its version, which decides what it can do (default: "
                    + SimulatedStampBuilder.USUAL_VERSION + ")",
            "  --nodes N              how many scale unit nodes it has (default: 4)",
            "  --time-factor F        how many seconds go by, on it and in the build, in a real one (default: 600)",
            "  --fault NAME[@WHEN]    what is to go wrong, such as action-plan-fails@1.3; may be given more than once;",
            "                         docs/simulator.md lists them",
            "  --ledger FILE          every call that the stamp receives, as lines of JSON; continued if it is there",
            "  --previous RESULT      result of the build before: SUCCESS, UNSTABLE, FAILURE, ABORTED,",
            "                         NOT_BUILT, or NONE for a first build (default: SUCCESS)",
            "  --approver NAME        who answers an input step (default: rehearsal)",
            "  --param NAME=VALUE     a build parameter, in place of its default; may be given more than once",
            "  --limit MINUTES        how long the script may run, in real minutes (default: 10)",
            "  --out DIR              where the build's files go (default: target/rehearsal)",
            "",
            "Exit status: 0 if it was rehearsed to its end, whatever the build's result; 1 if the Jenkinsfile is",
            "wrong; 2 if the rehearsal could not be set up.");

    private final CommandLine arguments;
    private Path file = SHIPPED;
    private final Set<String> stamps = new LinkedHashSet<>();
    private IdentityProvider identity = IdentityProvider.AAD;
    private Set<ResourceProvider> providers = Set.of();
    private String version = SimulatedStampBuilder.USUAL_VERSION;
    private int nodes = Simulation.USUAL_NODES;
    private int timeFactor = Simulation.USUAL_FACTOR;
    private final List<String> faults = new ArrayList<>();
    private Optional<Path> ledger = Optional.empty();
    private Optional<BuildResult> previous = Optional.of(BuildResult.SUCCESS);
    private String approver = "rehearsal";
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private Duration limit = Duration.ofMinutes(10);
    private Path folder = Path.of("target", "rehearsal");

    private Main(final String... arguments) {
        this.arguments = new CommandLine(arguments);
    }

    /** Runs a rehearsal and ends the Java process only if it did not go well. */
    public static void main(final String[] arguments) {
        final int status = run(System.out, Clock.systemUTC(), new SecureRandom(), arguments);
        if (status != WENT_WELL) {
            System.exit(status);
        }
    }

    /** Runs a rehearsal and says how it went. */
    static int run(final PrintStream out, final Clock clock, final SecureRandom random, final String... arguments) {
        if (List.of(arguments).contains("--help")) {
            out.println(USAGE);
            return WENT_WELL;
        }
        final Main main = new Main(arguments);
        try {
            main.parse();
            main.rehearse(out, clock, random);
            return WENT_WELL;
        } catch (WrongJenkinsfileException e) {
            out.println();
            out.println(e.getMessage());
            out.println();
            out.println("The Jenkinsfile is wrong: exit status " + WRONG + ". Rehearsed outside Jenkins.");
            return WRONG;
        } catch (IllegalArgumentException | IOException e) {
            out.println("Not rehearsed: " + e.getMessage());
            out.println("--help shows what can be given.");
            return NOT_RUN;
        }
    }

    private void rehearse(final PrintStream out, final Clock clock, final SecureRandom random) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("there is no readable file " + file);
        }
        out.println("Rehearsing " + file + " against "
                + (stamps.size() == 1 ? "a simulated " + identity + " stamp" : "simulated " + identity + " stamps")
                + " '"
                + String.join("', '", stamps) + "' on loopback; the build before is taken to be "
                + previous.map(Enum::name).orElse("none") + ".");
        if (timeFactor > 1) {
            out.println("A second here is " + timeFactor
                    + " seconds there: every time and duration of the build below is in the stamp's time.");
        }
        out.println();
        final Rehearsal.Outcome outcome = new Rehearsal(
                        new Rehearsal.Setting(
                                stamps.stream()
                                        .map(stamp -> new Simulation(
                                                stamp, identity, providers, version, nodes, timeFactor, faults, ledger))
                                        .toList(),
                                folder,
                                previous,
                                approver,
                                parameters,
                                limit),
                        clock,
                        random,
                        out)
                .run(Jenkinsfile.read(file));
        out.println();
        out.println(outcome.report()
                .map(report -> "Report: " + report.toAbsolutePath().normalize())
                .orElse("No step saved an HTML report."));
        out.println("All on one page: " + outcome.page().toAbsolutePath().normalize());
        out.println("Rehearsed to its end (exit status 0). The build's result is " + outcome.result()
                + (outcome.result() == BuildResult.SUCCESS ? "." : ": the console above says which step made it so."));
        out.println("Rehearsed outside Jenkins: docs/rehearsal.md says what that does not prove.");
    }

    private void parse() {
        boolean given = false;
        while (arguments.hasNext()) {
            final String argument = arguments.next();
            switch (argument) {
                case "--stamp" -> stamps.add(arguments.value(argument));
                case "--identity" -> identity = arguments.identityProvider(argument);
                case "--providers" -> providers = arguments.resourceProviders(argument);
                case "--version" -> version = version(arguments.value(argument));
                case "--nodes" -> nodes = arguments.number(argument, "nodes", 1, MOST_NODES);
                case "--time-factor" -> timeFactor = arguments.number(argument, "seconds", 1, MOST_FACTOR);
                case "--fault" -> faults.add(Faults.require(arguments.value(argument)));
                case "--ledger" -> ledger = Optional.of(Path.of(arguments.value(argument)));
                case "--previous" -> previous = previous(arguments.value(argument));
                case "--approver" -> approver = arguments.value(argument);
                case "--param" -> parameter(arguments.value(argument));
                case "--limit" -> limit = Duration.ofMinutes(arguments.number(argument, "minutes", 1, MOST_MINUTES));
                case "--out" -> folder = Path.of(arguments.value(argument));
                default -> {
                    if (argument.startsWith("--") || given) {
                        throw new Rejected("command line", "'" + argument + "' is not understood");
                    }
                    given = true;
                    file = Path.of(argument);
                }
            }
        }
        stampsAsGiven();
    }

    private void stampsAsGiven() {
        if (stamps.isEmpty()) {
            stamps.add("east");
        }
        if (stamps.size() > 1 && ledger.isPresent()) {
            throw new Rejected(
                    "--ledger", "one file can't hold the ledgers of several stamps; rehearse with one --stamp");
        }
    }

    private void parameter(final String pair) {
        final int equals = pair.indexOf('=');
        if (equals < 1) {
            throw new Rejected("--param", "'" + pair + "' is not of the form NAME=VALUE");
        }
        parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
    }

    private static String version(final String digits) {
        if (!StampVersion.parse(digits).isKnown()) {
            throw new Rejected("--version", "'" + digits + "' is no version such as 1.2108.2.65");
        }
        return digits;
    }

    private static Optional<BuildResult> previous(final String name) {
        if ("NONE".equalsIgnoreCase(name)) {
            return Optional.empty();
        }
        return Optional.of(BuildResult.named(name)
                .orElseThrow(() -> new Rejected(
                        "--previous",
                        "'" + name + "' is none of " + Arrays.toString(BuildResult.values()) + " and NONE")));
    }
}
