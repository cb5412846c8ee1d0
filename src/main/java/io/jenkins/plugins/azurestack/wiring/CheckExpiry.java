package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.arm.ResourceManager;
import io.jenkins.plugins.azurestack.expiry.Assessment;
import io.jenkins.plugins.azurestack.expiry.ExpiryReport;
import io.jenkins.plugins.azurestack.expiry.ExpiryScan;
import io.jenkins.plugins.azurestack.expiry.ExpirySource;
import io.jenkins.plugins.azurestack.expiry.Finding;
import io.jenkins.plugins.azurestack.expiry.Inquiry;
import io.jenkins.plugins.azurestack.expiry.Memory;
import io.jenkins.plugins.azurestack.expiry.Severity;
import io.jenkins.plugins.azurestack.expiry.Sighting;
import io.jenkins.plugins.azurestack.expiry.Target;
import io.jenkins.plugins.azurestack.expiry.Thresholds;
import io.jenkins.plugins.azurestack.journal.FileDisk;
import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.net.TlsProbe;
import io.jenkins.plugins.azurestack.report.ExpiryLog;
import io.jenkins.plugins.azurestack.report.ExpiryMap;
import io.jenkins.plugins.azurestack.report.ReportFile;
import io.jenkins.plugins.azurestack.stamp.BmcSettings;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code azsCheckExpiry} without Jenkins: asks, judges, reports, marks the build. May be used by several threads. */
public final class CheckExpiry {
    private static final BmcSettings NO_BMCS = new BmcSettings(Optional.empty(), false, List.of());
    /** How many endpoints and credentials are looked at side by side. */
    static final int THREADS = 16;
    /** How long one endpoint or credential may take. */
    static final Duration EACH = Duration.ofSeconds(15);

    private final CheckClients.Tools tools;

    /** @param random makes what TLS needs, and the labels that stand in for wildcards */
    public CheckExpiry(final Network network, final Clock clock, final SecureRandom random) {
        this(new CheckClients.Tools(network, clock, random, ResourceManager::new));
    }

    CheckExpiry(final CheckClients.Tools tools) {
        this.tools = tools;
    }

    /**
     * Runs the check on the calling thread and on some of its own, which end with it.
     *
     * @param maintenance what sources need that sign in somewhere; those for which something is missing are off
     * @return the step's result: maps, lists, strings, longs and booleans only, all mutable and serialisable
     * @throws InterruptedException if the calling thread was interrupted; nothing was saved or marked then
     * @throws IOException if the build could not be marked; everything was logged by then
     */
    public Map<String, Object> run(
            final Stamp stamp,
            final Maintenance maintenance,
            final CheckExpiryArguments arguments,
            final StepEnvironment environment)
            throws IOException, InterruptedException {
        return run(stamp, maintenance, NO_BMCS, arguments, environment);
    }

    /** @param bmcs what is configured of the stamp's BMCs; whatever is not is not looked at */
    public Map<String, Object> run(
            final Stamp stamp,
            final Maintenance maintenance,
            final BmcSettings bmcs,
            final CheckExpiryArguments arguments,
            final StepEnvironment environment)
            throws IOException, InterruptedException {
        return new Check(stamp, maintenance, bmcs, arguments, environment).run();
    }

    /** One check on its way. */
    private final class Check {
        private final Stamp stamp;
        private final Maintenance maintenance;
        private final BmcSettings bmcs;
        private final CheckExpiryArguments arguments;
        private final StepEnvironment environment;
        private final Instant began = tools.clock().instant();
        private final List<Finding> aside = new ArrayList<>();

        Check(
                final Stamp stamp,
                final Maintenance maintenance,
                final BmcSettings bmcs,
                final CheckExpiryArguments arguments,
                final StepEnvironment environment) {
            this.stamp = stamp;
            this.maintenance = maintenance;
            this.bmcs = bmcs;
            this.arguments = arguments;
            this.environment = environment;
        }

        Map<String, Object> run() throws IOException, InterruptedException {
            final CheckClients clients = new CheckClients(tools, stamp, maintenance, environment);
            try (ResourceManagerAccess manager = new ResourceManagerAccess(clients::resourceManager)) {
                return run(sources(clients, manager));
            }
        }

        private Map<String, Object> run(final ExpirySources sources) throws IOException, InterruptedException {
            aside.addAll(sources.off());
            final Map<Target, Inquiry> all = inquiries(sources.asked());
            final List<Target> excluded = all.keySet().stream()
                    .filter(target -> Assessment.isExcluded(target, stamp.excluded()))
                    .toList();
            final List<Inquiry> asked = all.entrySet().stream()
                    .filter(entry -> !excluded.contains(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
            if (asked.isEmpty()) {
                aside.add(note(
                        Finding.Kind.UNKNOWN,
                        stamp.name(),
                        "nothing was looked at: "
                                + (excluded.isEmpty()
                                        ? "the sources asked for have nothing configured"
                                        : "everything is excluded"),
                        "Ask for other sources, or correct the stamp's certificates and exclusions."));
            }
            final Optional<TrustedRoots> roots =
                    stamp.trustedCertificates().map(id -> new TrustedRoots(environment.credentials(), id));
            final List<Inquiry> inquiries = new ArrayList<>(asked);
            roots.ifPresent(inquiries::add);
            environment.log("Checking what expires on stamp '" + stamp.name() + "' (" + stamp.domain() + "): "
                    + inquiries.size() + " places to look at"
                    + (excluded.isEmpty() ? "" : ", " + excluded.size() + " excluded") + ".");
            final List<Sighting> sightings = scan().ask(inquiries, this::progress);
            final ExpiryReport report =
                    assess(sightings, roots.map(TrustedRoots::own).orElse(List.of()), all, excluded);
            return publish(report);
        }

        private Map<Target, Inquiry> inquiries(final List<ExpirySource> sources) {
            final Map<Target, Inquiry> inquiries = new LinkedHashMap<>();
            for (final ExpirySource source : sources) {
                source.inquiries().forEach(inquiry -> inquiries.put(inquiry.target(), inquiry));
            }
            return inquiries;
        }

        private ExpirySources sources(final CheckClients clients, final ResourceManagerAccess manager) {
            final ExpirySources sources = new ExpirySources(arguments.sources());
            // Without waiting for a network that is away: an endpoint's few seconds would be over, and nothing said of
            // why.
            sources.add(new EndpointSource(
                    stamp, new TlsProbe(tools.network()::connect, tools.random()), tools.random(), EACH));
            sources.add(new CredentialSource(stamp, environment.credentials()));
            if (maintenance.operator().isPresent()) {
                sources.add(AlertSource.of(stamp, manager));
                sources.add(new OperatorSource(stamp, maintenance.operator().get(), environment.credentials()));
                sources.add(ProductSource.of(stamp, manager));
                sources.add(BackupSource.of(stamp, manager));
            } else {
                sources.off(
                        List.of(AlertSource.NAME, OperatorSource.NAME, ProductSource.NAME, BackupSource.NAME),
                        "the stamp's configuration names no operatorCredentialsId, so its Resource Manager is not asked:"
                                + " nothing is known of internal secrets, nor of those of resource providers",
                        "Create a service principal with the role Reader for it, or ask for the other sources only.");
            }
            addRoot(sources, clients);
            if (bmcs.credentials().isPresent() || !bmcs.bmcs().isEmpty()) {
                sources.add(new BmcSource(
                        stamp,
                        bmcs,
                        new TlsProbe(tools.network(), tools.random()),
                        EACH,
                        maintenance.operator().map(id -> manager),
                        environment,
                        tools.clock()));
            }
            return sources;
        }

        private void addRoot(final ExpirySources sources, final CheckClients clients) {
            final List<String> root = List.of(RootSource.NAME);
            if (maintenance.privilegedEndpoints().isEmpty()
                    || maintenance.cloudAdmin().isEmpty()) {
                sources.off(
                        root,
                        "the stamp's configuration names no privilegedEndpoints or no cloudAdminCredentialsId, so nothing is"
                                + " known of its root certificate",
                        "Name both, or ask for the other sources only.");
            } else if (environment.logonKey().isEmpty()) {
                sources.off(
                        root,
                        "refused passwords can't be remembered here, so nobody is signed in at the privileged endpoint",
                        "Ask for the other sources only.");
            } else {
                sources.add(new RootSource(
                        () -> new RootMemory(new FileDisk(), environment.stampFolder(stamp.name())),
                        clients::cmdlets,
                        tools.clock()));
            }
        }

        private ExpiryScan scan() {
            return new ExpiryScan(new ExpiryScan.Limits(THREADS, EACH.plusSeconds(1), arguments.timeout()));
        }

        private void progress(final int done, final int total, final Target target, final List<Sighting> seen) {
            final Optional<Sighting> first = seen.stream()
                    .min(Comparator.comparing(sighting -> sighting.ends().orElse(Instant.MAX)));
            final String outcome = first.map(this::outcome).orElse("read");
            environment.log(ExpiryLog.progress(
                    done, total, target, seen.size() < 2 ? outcome : seen.size() + " seen, the first " + outcome));
        }

        private String outcome(final Sighting sighting) {
            if (sighting instanceof Sighting.Unknown unknown) {
                return "NOT SEEN: " + unknown.reason();
            }
            if (sighting.ends().isEmpty()) {
                return "told, without a date";
            }
            final Instant end = sighting.ends().get();
            final LocalDate day = LocalDate.ofInstant(end, ZoneOffset.UTC);
            return end.isAfter(began)
                    ? "ends " + day + ", in " + days(Thresholds.daysLeft(end, began))
                    : "ENDED " + day;
        }

        private static String days(final long count) {
            return count == 1 ? "1 day" : count + " days";
        }

        private ExpiryReport assess(
                final List<Sighting> sightings,
                final List<X509Certificate> own,
                final Map<Target, Inquiry> all,
                final List<Target> excluded) {
            final List<X509Certificate> roots = new ArrayList<>(own);
            roots.addAll(TrustedRoots.ofJvm());
            final Assessment assessment = new Assessment(
                    stamp,
                    arguments.thresholds(),
                    began,
                    remember(sightings),
                    roots,
                    !own.isEmpty(),
                    EndpointSource.NAME);
            final List<Finding> findings = new ArrayList<>(assessment.of(sightings));
            if (arguments.sources().equals(CheckExpiryArguments.SOURCES)) {
                findings.addAll(Assessment.unusedExclusions(stamp.excluded(), all.keySet()));
            }
            findings.addAll(aside);
            return new ExpiryReport(
                    stamp,
                    began,
                    Duration.between(began, tools.clock().instant()),
                    arguments.thresholds(),
                    arguments.sources(),
                    findings,
                    excluded);
        }

        /** What was known before this check; what it saw is added for the next one. */
        private Memory remember(final List<Sighting> sightings) {
            Memory before = Memory.EMPTY;
            try {
                final MemoryFile file = new MemoryFile(environment.stampFolder(stamp.name()));
                before = file.load();
                file.add(sightings, began);
            } catch (IOException e) {
                aside.add(note(
                        Finding.Kind.MEMORY,
                        stamp.name(),
                        "what earlier checks saw can't be used, so what is unknown today is judged without it: "
                                + e.getMessage(),
                        "Mend the file or the disk under the Jenkins home; the check itself is complete."));
            }
            return before;
        }

        private Finding note(final Finding.Kind kind, final String name, final String message, final String advice) {
            return new Finding(
                    kind, Severity.WARNING, name, message, advice, Optional.empty(), Optional.empty(), List.of());
        }

        private Map<String, Object> publish(final ExpiryReport report) throws IOException, InterruptedException {
            ExpiryLog.lines(report).forEach(environment::log);
            final List<String> files = new ArrayList<>();
            Optional<StepEnvironment.Outcome> outcome =
                    StepEnvironment.Outcome.of(report.severity(), arguments.unstableOn(), arguments.failOn());
            String why = "stamp '" + stamp.name() + "': " + ExpiryLog.summary(report);
            for (final ReportFile file : ReportFile.of(report)) {
                try {
                    final StepEnvironment.Saved saved = environment.save(file.name(), file.content());
                    environment.log("Report: " + saved.place());
                    if (saved.inWorkspace()) {
                        files.add(file.name());
                    }
                } catch (IOException e) {
                    why = file.name() + " could not be saved: " + Text.printable(e.getMessage())
                            + ". The findings are complete in this log.";
                    environment.log("ERROR: " + why);
                    outcome = outcome.or(() -> Optional.of(StepEnvironment.Outcome.UNSTABLE));
                }
            }
            if (outcome.isPresent()) {
                environment.mark(outcome.get(), why);
            }
            return ExpiryMap.of(report, files);
        }
    }
}
