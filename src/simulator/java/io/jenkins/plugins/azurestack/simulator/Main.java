package io.jenkins.plugins.azurestack.simulator;

import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Faults;
import io.jenkins.plugins.azurestack.simulator.world.StateStore;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.ResourceProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A simulated stamp from the command line, on loopback only, until its time is over or it is stopped. */
public final class Main {
    private static final int WENT_WELL = 0;
    private static final int NOT_RUN = 2;
    private static final int MOST_NODES = 200;
    private static final int MOST_FACTOR = 100_000;
    private static final String FQDN = "azurestack.contoso.com";

    private static final String USAGE = String.join(
            System.lineSeparator(),
            "A simulated Azure Stack Hub stamp on loopback: privileged endpoints, TLS front ends, Resource Manager, BMCs.",
            "",
            "  java -jar azure-stack-hub-simulator.jar [options]",
            "",
            "  --name NAME            its name, and its region (default: east)",
            "  --fqdn DOMAIN          its external domain without the region (default: " + FQDN + ")",
            "  --identity AAD|ADFS    its identity provider (default: AAD)",
            "  --providers A,B|all    its resource providers (default: none)",
            "  --version V            its version, which decides what it can do (default: "
                    + SimulatedStampBuilder.USUAL_VERSION + ")",
            "  --nodes N              how many scale unit nodes it has (default: 4)",
            "  --bmc KIND[,KIND..]    what their BMCs are, in turn (default: idrac-9); there are",
            "                         "
                    + Arrays.stream(Flavour.values()).map(Flavour::word).collect(Collectors.joining(", ")),
            "  --time-factor F        how many seconds go by on it in one outside (default: 1)",
            "  --share DIR            the folder behind its certificate share (default: one that is forgotten)",
            "  --state DIR            where it keeps what survives a restart (default: nowhere)",
            "  --ledger FILE          every call it receives, as lines of JSON",
            "  --describe FILE        writes where it listens and who may use it, as JSON; beside it, ending in .yaml,",
            "                         configuration of a Jenkins; both hold the simulation's passwords",
            "  --fault NAME[@WHEN]    what is to go wrong; may be given more than once. WHEN is 'always' (the default),",
            "                         or an occasion and, as wanted, #first, xTimes and +duration: answer-lost@PATCH#2,",
            "                         endpoint-down@10.30.0.226, action-plan-fails@3. There are",
            faults(),
            "  --for DURATION         stops by itself after that: 90S, 15M, 2H30M (default: when it is told to)",
            "",
            "Exit status: 0 when it was stopped or its time was over; 2 if it could not be started.");

    private final CommandLine words;
    private final List<String> faults = new ArrayList<>();
    private String name = "east";
    private String fqdn = FQDN;
    private IdentityProvider identity = IdentityProvider.AAD;
    private Set<ResourceProvider> providers = Set.of();
    private String version = SimulatedStampBuilder.USUAL_VERSION;
    private int nodes = 4;
    private List<Flavour> kinds = List.of(Flavour.IDRAC_9);
    private int factor = 1;
    private Optional<Path> share = Optional.empty();
    private Optional<Path> state = Optional.empty();
    private Optional<Path> ledger = Optional.empty();
    private Optional<Path> description = Optional.empty();
    private Optional<Duration> duration = Optional.empty();

    private Main(final String... arguments) {
        this.words = new CommandLine(arguments);
    }

    /** Runs a stamp until it is told to stop. */
    public static void main(final String[] arguments) throws InterruptedException {
        final int status = run(System.out, Clock.systemUTC(), arguments);
        if (status != WENT_WELL) {
            System.exit(status);
        }
    }

    /** Runs a stamp, and says how that went. */
    static int run(final PrintStream out, final Clock clock, final String... arguments) throws InterruptedException {
        if (List.of(arguments).contains("--help")) {
            out.println(USAGE);
            return WENT_WELL;
        }
        final Main main = new Main(arguments);
        try {
            main.parse();
            if (main.state.isPresent()) {
                HeldFolder.during(main.state.get(), () -> main.simulate(out, clock));
            } else {
                main.simulate(out, clock);
            }
            return WENT_WELL;
        } catch (IllegalArgumentException | IOException e) {
            out.println("Not started: " + e.getMessage());
            out.println("--help shows what can be given.");
            return NOT_RUN;
        }
    }

    private void parse() {
        while (words.hasNext()) {
            final String option = words.next();
            switch (option) {
                case "--name" -> name = words.value(option);
                case "--fqdn" -> fqdn = words.value(option);
                case "--identity" -> identity = words.identityProvider(option);
                case "--providers" -> providers = words.resourceProviders(option);
                case "--version" -> version = version(words.value(option));
                case "--nodes" -> nodes = words.number(option, "nodes", 1, MOST_NODES);
                case "--bmc" ->
                    kinds = Arrays.stream(words.value(option).split(",", -1))
                            .map(String::strip)
                            .map(Flavour::of)
                            .toList();
                case "--time-factor" -> factor = words.number(option, "seconds", 1, MOST_FACTOR);
                case "--share" -> share = Optional.of(Path.of(words.value(option)));
                case "--state" -> state = Optional.of(Path.of(words.value(option)));
                case "--ledger" -> ledger = Optional.of(Path.of(words.value(option)));
                case "--describe" -> description = Optional.of(Path.of(words.value(option)));
                case "--fault" -> faults.add(Faults.require(words.value(option)));
                case "--for" -> duration = Optional.of(words.duration(option));
                default -> throw new Rejected("command line", "'" + option + "' is not understood");
            }
        }
    }

    private static String version(final String text) {
        if (!text.matches("[0-9]+([.][0-9]+){3}")) {
            throw new Rejected("--version", "'" + text + "' is no version; write one such as 1.2108.2.65");
        }
        return text;
    }

    private void simulate(final PrintStream out, final Clock clock) throws IOException, InterruptedException {
        try (SimulatedStamp simulated = builder().clock(clock).start()) {
            out.println("A simulated " + identity + " stamp '" + name + "' ("
                    + simulated.stamp().domain() + ", " + version + ") is ready:");
            out.println("  front ends, by name: " + text(simulated.frontEndAddress()));
            simulated
                    .routes()
                    .forEach((place, to) -> out.println("  " + place.host() + ":" + place.port() + " is " + text(to)));
            out.println("  " + simulated.certificatesPath() + " is "
                    + simulated.share().resolve("Certificates"));
            if (description.isPresent()) {
                final Path yaml = new Description(simulated).write(description.get());
                out.println("  described in " + description.get() + " and " + yaml);
            }
            out.flush();
            if (duration.isPresent()) {
                TimeUnit.MILLISECONDS.sleep(duration.get().toMillis());
            } else {
                Thread.currentThread().join();
            }
            out.println("Its time is over.");
        }
    }

    private SimulatedStampBuilder builder() {
        final List<Flavour> bmcs = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            bmcs.add(kinds.get(i % kinds.size()));
        }
        final SimulatedStampBuilder builder = SimulatedStamp.of(new Stamp(
                        name, name, fqdn, identity, providers, List.of(), Optional.empty(), Optional.empty(), Set.of()))
                .version(version)
                .nodes(bmcs)
                .timeFactor(factor);
        faults.forEach(builder::fault);
        share.ifPresent(builder::share);
        state.ifPresent(folder -> builder.state(StateStore.in(folder)));
        ledger.ifPresent(builder::ledger);
        return builder;
    }

    private static String faults() {
        final StringBuilder lines = new StringBuilder();
        String line = "                         ";
        for (final Fault fault : Fault.values()) {
            if (line.length() + fault.word().length() > 110) {
                lines.append(line).append(System.lineSeparator());
                line = "                         ";
            }
            line += fault.word() + " ";
        }
        return lines.append(line.stripTrailing()).toString();
    }

    private static String text(final InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
