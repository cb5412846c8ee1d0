package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.journal.Disk;
import io.jenkins.plugins.azurestack.journal.FileDisk;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.journal.SecretGuard;
import io.jenkins.plugins.azurestack.journal.StampFiles;
import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.pep.Logons;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.report.ReadinessLog;
import io.jenkins.plugins.azurestack.report.RotationLog;
import io.jenkins.plugins.azurestack.report.RotationMap;
import io.jenkins.plugins.azurestack.report.RunLog;
import io.jenkins.plugins.azurestack.rotation.PastRotation;
import io.jenkins.plugins.azurestack.rotation.RotationEnding;
import io.jenkins.plugins.azurestack.rotation.RotationLimits;
import io.jenkins.plugins.azurestack.rotation.RotationPlan;
import io.jenkins.plugins.azurestack.rotation.RotationPlanner;
import io.jenkins.plugins.azurestack.rotation.RotationRequest;
import io.jenkins.plugins.azurestack.rotation.RotationScope;
import io.jenkins.plugins.azurestack.rotation.SecretRotation;
import io.jenkins.plugins.azurestack.rotation.StagingShare;
import io.jenkins.plugins.azurestack.share.ShareClient;
import io.jenkins.plugins.azurestack.share.ShareLimits;
import io.jenkins.plugins.azurestack.share.UncPath;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.StoredCertificate;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * {@code azsRotateSecrets} without Jenkins: plans, carries out what was approved, goes on with what was left unfinished.
 * May be used by several threads; those that mean one rotation take turns by being refused.
 */
public final class RotateSecrets {
    /** Whose files a plan's would be: none, since a plan writes none. */
    private static final RotationId NOBODY = new RotationId("plan");

    private final OpenedWorld.Tools tools;

    /**
     * @param network the way to the stamp, the share and the authorities
     * @param random makes keys of sessions, salts, challenges and ids
     */
    public RotateSecrets(final Network network, final Clock clock, final SecureRandom random) {
        this(Route.direct(network), clock, random);
    }

    /** @param pause lets time pass between two questions to the stamp, by the same clock */
    public RotateSecrets(
            final Network network, final Clock clock, final SecureRandom random, final PepStampActions.Pause pause) {
        this(Route.direct(network), clock, random, pause);
    }

    /**
     * @param route the way to the stamp, the share and the authorities
     * @param random makes keys of sessions, salts, challenges and ids
     */
    public RotateSecrets(final Route route, final Clock clock, final SecureRandom random) {
        this(route, clock, random, time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()));
    }

    private RotateSecrets(
            final Route route, final Clock clock, final SecureRandom random, final PepStampActions.Pause pause) {
        this(new OpenedWorld.Tools(new FileDisk(), route, clock, random, pause, shares(route, random)));
    }

    /** @param shares opens certificate shares, in place of SMB */
    public RotateSecrets(
            final Network network,
            final Clock clock,
            final SecureRandom random,
            final PepStampActions.Pause pause,
            final Shares shares) {
        this(Route.simulated(network, shares), clock, random, pause);
    }

    /** Opens certificate shares. */
    @FunctionalInterface
    public interface Shares {
        /**
         * @param account stays the caller's to close
         * @param provider decides between the folders {@code AAD} and {@code ADFS}
         * @param rotation whose files those on the share are
         * @param logons keeps a refused password from being sent again
         */
        StagingShare at(
                UncPath path,
                PasswordCredentials account,
                IdentityProvider provider,
                RotationId rotation,
                Logons logons);
    }

    RotateSecrets(final OpenedWorld.Tools tools) {
        this.tools = Objects.requireNonNull(tools, "tools");
    }

    private static OpenedWorld.Shares shares(final Route route, final SecureRandom random) {
        return route.shares().<OpenedWorld.Shares>map(own -> own::at).orElseGet(() -> overSmb(route, random));
    }

    static OpenedWorld.Shares overSmb(final Route route, final SecureRandom random) {
        final ShareClient client = new ShareClient(route.network(), random, ShareLimits.USUAL);
        return (path, account, provider, rotation, logons) ->
                new SmbStaging(client, path, account, route.protection(), provider, rotation, logons);
    }

    /**
     * Does what the arguments say, on the calling thread.
     *
     * @return the step's result: maps, lists, strings, longs and booleans only, all mutable and serialisable
     * @throws Rejected if that can't be asked for: arguments, configuration, the job, or the approval; nothing was changed
     * @throws RotationStoppedException if the rotation is not complete; says what is safe and what to do
     * @throws InterruptedException if the calling thread was interrupted; what runs on the stamp runs on
     * @throws IOException if something could not be read or written down; nothing was done that was not
     */
    public Map<String, Object> run(
            final Stamp stamp,
            final Maintenance maintenance,
            final RotateSecretsArguments arguments,
            final MaintenanceEnvironment environment)
            throws IOException, InterruptedException, RotationStoppedException {
        return new Run(stamp, maintenance, arguments, environment, false).run();
    }

    /**
     * Takes up what {@link #run} with the same arguments was at when its process ended: what was sent is never sent again.
     *
     * @throws Rejected as {@link #run} does
     * @throws RotationStoppedException as {@link #run} does
     * @throws InterruptedException as {@link #run} does
     * @throws IOException as {@link #run} does
     */
    public Map<String, Object> goOn(
            final Stamp stamp,
            final Maintenance maintenance,
            final RotateSecretsArguments arguments,
            final MaintenanceEnvironment environment)
            throws IOException, InterruptedException, RotationStoppedException {
        return new Run(stamp, maintenance, arguments, environment, true).run();
    }

    /** One use of the step. */
    private final class Run {
        private final Stamp stamp;
        private final Maintenance maintenance;
        private final RotateSecretsArguments arguments;
        private final MaintenanceEnvironment environment;
        private final boolean goingOn;
        private final Disk disk = tools.disk();
        private final Clock clock = tools.clock();
        private final Heard heard;

        Run(
                final Stamp stamp,
                final Maintenance maintenance,
                final RotateSecretsArguments arguments,
                final MaintenanceEnvironment environment,
                final boolean goingOn) {
            this.goingOn = goingOn;
            this.stamp = stamp;
            this.maintenance = maintenance;
            this.arguments = arguments;
            this.environment = environment;
            this.heard = new Heard(environment, clock);
        }

        Map<String, Object> run() throws IOException, InterruptedException, RotationStoppedException {
            StampRules.requireAllowed(stamp, maintenance, environment, "change");
            return switch (arguments.asked().action()) {
                case PLAN -> plan();
                case APPLY -> apply(arguments.id());
                case RESUME -> resume(arguments.id());
            };
        }

        private Map<String, Object> plan() throws IOException, InterruptedException {
            KeptBuild.require(maintenance, environment, "azsRotateSecrets");
            final RotationScope scope = arguments.rotationScope().orElseThrow();
            environment.status("looking at stamp '" + stamp.name() + "' for a plan");
            environment.log("Planning an " + scope.word() + " rotation of stamp '" + stamp.name() + "' ("
                    + stamp.domain() + "). A plan changes nothing.");
            try (OpenedWorld opened = open(scope, Optional.empty(), arguments.certificates(), NOBODY)) {
                opened.readiness()
                        .ifPresent(readiness -> ReadinessLog.lines(readiness).forEach(environment::log));
                final RotationPlan plan = new RotationPlanner(opened.world(), clock, tools.random())
                        .plan(new RotationRequest(scope, arguments.isCompromise(), arguments.accepted()))
                        .remarking(remarks());
                removeLongExpiredPlans();
                plans().save(new SavedPlan(plan, environment.job(), environment.build(), arguments.certificates()));
                RotationLog.lines(plan).forEach(environment::log);
                final Map<String, Object> map = RotationMap.of(plan, opened.readiness());
                save(plan.id() + "-plan.json", map);
                if (!plan.isOpen() && !plan.isEmpty()) {
                    environment.mark(StepEnvironment.Outcome.UNSTABLE, plan.summary());
                }
                return map;
            }
        }

        /** What this run does besides the rotation itself. */
        private List<String> remarks() {
            return maintenance
                    .transcriptShare()
                    .map(share -> "afterwards Close-PrivilegedEndpoint moves all transcripts that are pending on the"
                            + " privileged endpoints that were used to " + share
                            + ", those of other people's sessions too")
                    .map(List::of)
                    .orElse(List.of());
        }

        private Map<String, Object> apply(final RotationId id)
                throws IOException, InterruptedException, RotationStoppedException {
            final SavedPlan saved = plans().find(id)
                    .orElseThrow(() -> new Rejected(
                            "approvedPlan",
                            "there is no plan '" + id + "' of stamp '" + stamp.name()
                                    + "'; make one with plan: true, and have it approved"));
            final RotationPlan plan = saved.plan();
            if (!saved.job().equals(environment.job())) {
                throw new Rejected(
                        "approvedPlan",
                        "'" + id + "' belongs to the job '" + Text.printable(saved.job())
                                + "', and only that one carries it out");
            }
            requireScope(plan.intent().call().scope());
            final Optional<PastRotation> past = past(id);
            if (goingOn && past.filter(PastRotation::isUnfinished).isPresent()) {
                return resume(id);
            }
            if (past.isPresent()) {
                return recorded("approvedPlan", past.get(), Optional.of(saved));
            }
            if (plan.isEmpty()) {
                environment.log(plan.summary() + ".");
                return RotationMap.of(plan, Optional.empty());
            }
            if (clock.instant().isAfter(plan.expires())) {
                throw new Rejected(
                        "approvedPlan",
                        "'" + id + "' expired at " + plan.expires() + "; make a new one, and have it approved");
            }
            final Approval approval = approval(id, plan.made());
            return inHand(id, () -> {
                try (OpenedWorld opened = open(plan.intent().call().scope(), Optional.of(plan), saved.given(), id)) {
                    return finish(
                            closed(
                                    opened,
                                    rotation(opened, plan.intent().call().scope())
                                            .apply(plan, approval, environment.build())),
                            Optional.of(saved));
                }
            });
        }

        private Map<String, Object> resume(final RotationId id)
                throws IOException, InterruptedException, RotationStoppedException {
            final Optional<SavedPlan> saved = plans().find(id);
            final Optional<PastRotation> past = past(id);
            final RotationScope scope = past.flatMap(PastRotation::scope)
                    .or(() -> saved.map(one -> one.plan().intent().call().scope()))
                    .orElseThrow(() -> new Rejected(
                            "resume",
                            "there is no rotation '" + id + "' of stamp '" + stamp.name()
                                    + "'. Nothing was changed. The id is in the log of the build that planned it"));
            requireScope(scope);
            if (past.flatMap(PastRotation::end)
                    .filter(end -> end.state().isOver())
                    .isPresent()) {
                return recorded("resume", past.get(), saved);
            }
            final Optional<Approval> again = arguments.rerun() && !wasRunAgain(past)
                    ? Optional.of(approval(id, past.flatMap(PastRotation::left).orElseGet(clock::instant)))
                    : Optional.empty();
            return inHand(id, () -> {
                try (OpenedWorld opened = open(
                        scope,
                        saved.map(SavedPlan::plan),
                        saved.map(SavedPlan::given).orElse(List.of()),
                        id)) {
                    final SecretRotation rotation = rotation(opened, scope);
                    return finish(
                            closed(
                                    opened,
                                    again.isPresent()
                                            ? rotation.rerun(id, again.get(), environment.build())
                                            : rotation.resume(id, environment.build())),
                            saved);
                }
            });
        }

        /** Once nothing runs any more of what was sent, the privileged endpoint is closed properly. */
        private End<RotationEnding> closed(final OpenedWorld opened, final End<RotationEnding> end)
                throws IOException, InterruptedException {
            final boolean runs = end.state() == RotationEnding.STILL_RUNNING || end.state() == RotationEnding.UNKNOWN;
            if (!runs
                    && past(end.rotation()).filter(past -> past.attempts() > 0).isPresent()) {
                opened.moveTranscripts().forEach(heard::note);
            }
            if (end.state().isOver()) {
                KeptBuild.keep(environment, false);
            }
            return end;
        }

        /**
         * Whether the re-run was sent before this process began, so that it is only to be followed: one that has failed, too,
         * is not sent once more for the same asking.
         */
        private boolean wasRunAgain(final Optional<PastRotation> past) {
            final boolean waits = past.flatMap(PastRotation::end)
                    .filter(end -> end.state() == RotationEnding.NEEDS_RERUN)
                    .isPresent();
            final boolean byThisBuild = past.flatMap(PastRotation::rerunBy)
                    .filter(environment.build()::equals)
                    .isPresent();
            return goingOn && (!waits || byThisBuild);
        }

        private void requireScope(final RotationScope scope) {
            if (arguments.rotationScope().filter(asked -> asked != scope).isPresent()) {
                throw new Rejected(
                        "scope",
                        "'" + arguments.scope() + "' is not the scope of '" + arguments.id() + "', which is '"
                                + scope.word() + "'");
            }
        }

        private Approval approval(final RotationId id, final Instant since) throws IOException, InterruptedException {
            return StampRules.approval(maintenance, environment, id, since, clock);
        }

        /** A plan that was carried out, or a rotation that has ended, gives what was written down then. */
        private Map<String, Object> recorded(
                final String field, final PastRotation past, final Optional<SavedPlan> saved)
                throws IOException, InterruptedException, RotationStoppedException {
            if (past.damage().isPresent()) {
                throw new IOException(past.damage().get());
            }
            if (past.isUnfinished()) {
                throw new Rejected(
                        field,
                        "the rotation of plan '" + past.rotation()
                                + "' was left unfinished. Nothing was changed now. Go on with azsRotateSecrets resume: '"
                                + past.rotation() + "'");
            }
            environment.log("Rotation " + past.rotation() + " has ended before; nothing is done again.");
            return finish(past.end().orElseThrow(), saved);
        }

        private Map<String, Object> inHand(final RotationId id, final InHand.Work work)
                throws IOException, InterruptedException, RotationStoppedException {
            return InHand.of(environment, id, work);
        }

        private OpenedWorld open(
                final RotationScope scope,
                final Optional<RotationPlan> plan,
                final List<StoredCertificate> given,
                final RotationId id)
                throws IOException, InterruptedException {
            return OpenedWorld.open(
                    tools, stamp, maintenance, environment, new OpenedWorld.Wanted(scope, plan, given, id));
        }

        private SecretRotation rotation(final OpenedWorld opened, final RotationScope scope) throws IOException {
            final RotationLimits usual = RotationLimits.of(scope);
            return new SecretRotation(
                    opened.world(),
                    files(opened.guard()),
                    arguments.asked().patience().map(usual::follow).orElse(usual),
                    clock,
                    heard);
        }

        private StampFiles files(final SecretGuard guard) throws IOException {
            return new StampFiles(disk, environment.home(), stamp.name(), environment.auditKey(), guard, clock);
        }

        private PlanFiles plans() throws IOException {
            final Path folder = environment.stampFolder(stamp.name());
            return new PlanFiles(disk, folder);
        }

        /** Tidying up fails nothing. */
        private void removeLongExpiredPlans() {
            try {
                final Set<String> begun = SecretRotation.history(files(SecretGuard.PRIVATE_KEYS)).stream()
                        .map(one -> one.rotation().value())
                        .collect(Collectors.toSet());
                plans().removeLongExpired(clock.instant(), begun);
            } catch (IOException e) {
                environment.log(
                        "WARNING: plans that expired long ago could not be removed: " + Text.printable(e.getMessage()));
            }
        }

        private Optional<PastRotation> past(final RotationId id) throws IOException {
            return SecretRotation.history(files(SecretGuard.PRIVATE_KEYS)).stream()
                    .filter(one -> one.rotation().equals(id))
                    .findFirst();
        }

        private Map<String, Object> finish(final End<RotationEnding> end, final Optional<SavedPlan> saved)
                throws IOException, InterruptedException, RotationStoppedException {
            RunLog.lines(end).forEach(environment::log);
            final Map<String, Object> map = RotationMap.of(
                    end, saved.map(SavedPlan::plan), past(end.rotation()).flatMap(PastRotation::approval), anchor());
            final Map<String, Object> evidence = new LinkedHashMap<>(map);
            evidence.put("build", environment.build());
            evidence.put("events", heard.events());
            KeptFile.save(environment, end.rotation() + "-evidence.json", evidence, map);
            if (end.state() == RotationEnding.COMPLETED) {
                return map;
            }
            throw new RotationStoppedException(
                    end.state() + ": " + end.message() + (end.advice().isEmpty() ? "" : " " + end.advice())
                            + warnings(end),
                    end);
        }

        /** Such as that keys are on the share: whoever only reads the message has to know. */
        private String warnings(final End<RotationEnding> end) {
            return end.warnings().isEmpty() ? "" : " Look at this, too: " + String.join("; ", end.warnings()) + ".";
        }

        /** Evidence never fails a rotation: what can't be read is said. */
        private String anchor() {
            try {
                return files(SecretGuard.PRIVATE_KEYS).anchor().toString();
            } catch (IOException e) {
                environment.log("ERROR: the audit trail can't be read: " + Text.printable(e.getMessage()));
                return "";
            }
        }

        private void save(final String name, final Map<String, Object> map) throws IOException, InterruptedException {
            KeptFile.save(environment, name, map, map);
        }
    }
}
