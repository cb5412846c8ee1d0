package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.bmc.BmcEnding;
import io.jenkins.plugins.azurestack.bmc.BmcLimits;
import io.jenkins.plugins.azurestack.bmc.BmcLogin;
import io.jenkins.plugins.azurestack.bmc.BmcPlan;
import io.jenkins.plugins.azurestack.bmc.BmcPlanner;
import io.jenkins.plugins.azurestack.bmc.BmcRotation;
import io.jenkins.plugins.azurestack.bmc.PasswordStore.Generation;
import io.jenkins.plugins.azurestack.bmc.PastBmcRotation;
import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.journal.FileDisk;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.journal.SecretGuard;
import io.jenkins.plugins.azurestack.journal.StampFiles;
import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.report.BmcLog;
import io.jenkins.plugins.azurestack.report.BmcMap;
import io.jenkins.plugins.azurestack.stamp.BmcSettings;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@code azsUpdateBmc} without Jenkins: plans a new BMC password, carries out what was approved, goes on with what was
 * left unfinished, or takes it back. May be used by several threads; those that mean one update take turns by being
 * refused.
 */
public final class UpdateBmc {
    private final StampClients.Tools tools;

    /**
     * @param network the way to the stamp and its BMCs
     * @param random makes passwords, keys of sessions, challenges and ids
     */
    public UpdateBmc(final Network network, final Clock clock, final SecureRandom random) {
        this(network, clock, random, time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()));
    }

    /** @param pause lets time pass between two questions to the stamp, by the same clock */
    public UpdateBmc(
            final Network network, final Clock clock, final SecureRandom random, final PepStampActions.Pause pause) {
        this(new StampClients.Tools(new FileDisk(), network, clock, random, pause));
    }

    UpdateBmc(final StampClients.Tools tools) {
        this.tools = Objects.requireNonNull(tools, "tools");
    }

    /**
     * Does what the arguments say, on the calling thread.
     *
     * @return the step's result: maps, lists, strings, longs and booleans only, all mutable and serialisable
     * @throws Rejected if that can't be asked for: arguments, configuration, the job, or the approval; nothing was changed
     * @throws RotationStoppedException if the update is not complete; says what is safe and what to do
     * @throws InterruptedException if the calling thread was interrupted; what runs on the stamp runs on
     * @throws IOException if something could not be read or written down; nothing was done that was not
     */
    public Map<String, Object> run(
            final Stamp stamp,
            final Maintenance maintenance,
            final BmcSettings settings,
            final UpdateBmcArguments arguments,
            final MaintenanceEnvironment environment)
            throws IOException, InterruptedException, RotationStoppedException {
        return new Run(stamp, maintenance, settings, arguments, environment, false).run();
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
            final BmcSettings settings,
            final UpdateBmcArguments arguments,
            final MaintenanceEnvironment environment)
            throws IOException, InterruptedException, RotationStoppedException {
        return new Run(stamp, maintenance, settings, arguments, environment, true).run();
    }

    /** One use of the step. */
    private final class Run {
        private final Stamp stamp;
        private final Maintenance maintenance;
        private final BmcSettings settings;
        private final UpdateBmcArguments arguments;
        private final MaintenanceEnvironment environment;
        private final boolean goingOn;
        private final Clock clock = tools.clock();
        private final Heard heard;

        Run(
                final Stamp stamp,
                final Maintenance maintenance,
                final BmcSettings settings,
                final UpdateBmcArguments arguments,
                final MaintenanceEnvironment environment,
                final boolean goingOn) {
            this.stamp = stamp;
            this.maintenance = maintenance;
            this.settings = settings;
            this.arguments = arguments;
            this.environment = environment;
            this.goingOn = goingOn;
            this.heard = new Heard(environment, clock);
        }

        Map<String, Object> run() throws IOException, InterruptedException, RotationStoppedException {
            StampRules.requireAllowed(stamp, maintenance, environment, "change");
            return switch (arguments.asked().action()) {
                case PLAN -> plan();
                case APPLY -> apply(arguments.asked().id());
                case RESUME -> resume(arguments.asked().id());
            };
        }

        private Map<String, Object> plan() throws IOException, InterruptedException {
            KeptBuild.require(maintenance, environment, "azsUpdateBmc");
            environment.status("looking at the BMCs of stamp '" + stamp.name() + "' for a plan");
            environment.log("Planning a new BMC password for stamp '" + stamp.name() + "' (" + stamp.domain()
                    + "). A plan changes nothing"
                    + (settings.reached() ? "; it logs on to every BMC once." : "."));
            try (OpenedBmcWorld opened =
                    open(Optional.of(arguments.newCredentialsId()).filter(id -> !id.isEmpty()))) {
                final BmcPlan plan = new BmcPlanner(opened.world(), limits(), clock, tools.random(), heard)
                        .plan(arguments.accepted());
                warnOfAnotherPassword(opened);
                plans().save(new SavedBmcPlan(plan, environment.job(), environment.build()));
                BmcLog.lines(plan).forEach(environment::log);
                final Map<String, Object> map = BmcMap.of(plan);
                KeptFile.save(environment, plan.id() + "-plan.json", map, map);
                if (!plan.isOpen()) {
                    environment.mark(StepEnvironment.Outcome.UNSTABLE, plan.summary());
                }
                return map;
            }
        }

        /** A credential that something else writes, such as a reload of JCasC, comes back with an old password. */
        private void warnOfAnotherPassword(final OpenedBmcWorld opened) throws IOException {
            final Optional<BmcPasswordMemory.Known> known =
                    new BmcPasswordMemory(tools.disk(), environment.stampFolder(stamp.name())).load();
            try (BmcLogin held = opened.world().store().read(Generation.CURRENT).orElse(null)) {
                if (held != null
                        && known.filter(last -> !last.fingerprint().equals(held.fingerprint(environment.auditKey())))
                                .isPresent()) {
                    environment.log("WARNING: '" + opened.world().store().name(Generation.CURRENT)
                            + "' does not hold the password that the BMCs were given on "
                            + known.get().changed() + ". See whether a reload of the configuration wrote it.");
                }
            } catch (NotKnownException e) {
                environment.log("WARNING: " + Text.printable(e.getMessage()));
            }
        }

        private Map<String, Object> apply(final RotationId id)
                throws IOException, InterruptedException, RotationStoppedException {
            final SavedBmcPlan saved = plans().find(id)
                    .orElseThrow(() -> new Rejected(
                            "approvedPlan",
                            "there is no plan '" + id + "' for the BMC password of stamp '" + stamp.name()
                                    + "'; make one with plan: true, and have it approved"));
            final BmcPlan plan = saved.plan();
            if (!saved.job().equals(environment.job())) {
                throw new Rejected(
                        "approvedPlan",
                        "'" + id + "' belongs to the job '" + Text.printable(saved.job())
                                + "', and only that one carries it out");
            }
            final Optional<PastBmcRotation> past = past(id);
            if (goingOn && past.filter(PastBmcRotation::isUnfinished).isPresent()) {
                return resume(id);
            }
            if (past.isPresent()) {
                return recorded("approvedPlan", past.get(), Optional.of(saved));
            }
            if (clock.instant().isAfter(plan.expires())) {
                throw new Rejected(
                        "approvedPlan",
                        "'" + id + "' expired at " + plan.expires() + "; make a new one, and have it approved");
            }
            final Approval approval = approval(id, plan.made());
            return InHand.of(environment, id, () -> {
                try (OpenedBmcWorld opened = open(plan.intent().given())) {
                    return finish(rotation(opened).apply(plan, approval, environment.build()), Optional.of(saved));
                }
            });
        }

        private Map<String, Object> resume(final RotationId id)
                throws IOException, InterruptedException, RotationStoppedException {
            final Optional<SavedBmcPlan> saved = plans().find(id);
            final PastBmcRotation past = past(id).filter(one -> one.isPlanned() || saved.isPresent())
                    .orElseThrow(() -> new Rejected(
                            "resume",
                            "there is no update '" + id + "' of the BMC password of stamp '" + stamp.name()
                                    + "'. Nothing was changed. The id is in the log of the build that planned it"));
            if (!past.isUnfinished()) {
                return recorded("resume", past, saved);
            }
            final Optional<Approval> back = arguments.back()
                    ? Optional.of(approval(id, past.left().orElseGet(clock::instant)))
                    : Optional.empty();
            return InHand.of(environment, id, () -> {
                try (OpenedBmcWorld opened = open(past.given())) {
                    final BmcRotation rotation = rotation(opened);
                    return finish(
                            back.isPresent()
                                    ? rotation.back(id, back.get(), environment.build())
                                    : rotation.resume(id, environment.build()),
                            saved);
                }
            });
        }

        private Approval approval(final RotationId id, final Instant since) throws IOException, InterruptedException {
            return StampRules.approval(maintenance, environment, id, since, clock);
        }

        /** A plan that was carried out, or an update that has ended, gives what was written down then. */
        private Map<String, Object> recorded(
                final String field, final PastBmcRotation past, final Optional<SavedBmcPlan> saved)
                throws IOException, InterruptedException, RotationStoppedException {
            if (past.damage().isPresent()) {
                throw new IOException(past.damage().get());
            }
            if (past.isUnfinished()) {
                throw new Rejected(
                        field,
                        "the update of plan '" + past.rotation()
                                + "' was left unfinished. Nothing was changed now. Go on"
                                + " with azsUpdateBmc resume: '" + past.rotation() + "'");
            }
            environment.log("Update " + past.rotation() + " has ended before; nothing is done again.");
            return finish(past.end().orElseThrow(), saved);
        }

        private OpenedBmcWorld open(final Optional<String> given) throws IOException {
            return OpenedBmcWorld.open(tools, stamp, maintenance, settings, environment, given);
        }

        private BmcLimits limits() {
            return arguments.asked().patience().map(BmcLimits.USUAL::follow).orElse(BmcLimits.USUAL);
        }

        private BmcRotation rotation(final OpenedBmcWorld opened) throws IOException {
            return new BmcRotation(opened.world(), files(opened.guard()), limits(), clock, tools.random(), heard);
        }

        private StampFiles files(final SecretGuard guard) throws IOException {
            return new StampFiles(tools.disk(), environment.home(), stamp.name(), environment.auditKey(), guard, clock);
        }

        private BmcPlanFiles plans() throws IOException {
            return new BmcPlanFiles(tools.disk(), environment.stampFolder(stamp.name()));
        }

        private Optional<PastBmcRotation> past(final RotationId id) throws IOException {
            return BmcRotation.history(files(SecretGuard.PRIVATE_KEYS)).stream()
                    .filter(one -> one.rotation().equals(id))
                    .findFirst();
        }

        private Map<String, Object> finish(final End<BmcEnding> end, final Optional<SavedBmcPlan> saved)
                throws IOException, InterruptedException, RotationStoppedException {
            BmcLog.lines(end).forEach(environment::log);
            final Map<String, Object> map =
                    BmcMap.of(end, saved.map(SavedBmcPlan::plan), past(end.rotation()), anchor(), settings.reached());
            final Map<String, Object> evidence = new LinkedHashMap<>(map);
            evidence.put("build", environment.build());
            evidence.put("events", heard.events());
            KeptFile.save(environment, end.rotation() + "-evidence.json", evidence, map);
            if (end.state().isOver()) {
                KeptBuild.keep(environment, false);
            }
            if (end.state() == BmcEnding.COMPLETED) {
                remember(past(end.rotation()));
            }
            if (end.state() == BmcEnding.COMPLETED || end.state() == BmcEnding.RESTORED && arguments.back()) {
                return map;
            }
            throw new RotationStoppedException(
                    end.state() + ": " + end.message() + (end.advice().isEmpty() ? "" : " " + end.advice()));
        }

        /** By that a check knows how old it is, and whether the credential comes back with an old one. */
        private void remember(final Optional<PastBmcRotation> past) {
            try {
                final BmcPasswordMemory memory =
                        new BmcPasswordMemory(tools.disk(), environment.stampFolder(stamp.name()));
                final Optional<Instant> changed = past.flatMap(PastBmcRotation::left);
                final Optional<String> fresh = past.flatMap(PastBmcRotation::fresh);
                final boolean isNewest = memory.load()
                        .filter(known ->
                                changed.filter(known.changed()::isAfter).isPresent())
                        .isEmpty();
                if (isNewest && changed.isPresent() && fresh.isPresent()) {
                    memory.save(new BmcPasswordMemory.Known(changed.get(), fresh.get()));
                }
            } catch (IOException e) {
                environment.log("ERROR: how old the password is could not be kept: " + Text.printable(e.getMessage()));
            }
        }

        /** Evidence never fails an update: what can't be read is said. */
        private String anchor() {
            try {
                return files(SecretGuard.PRIVATE_KEYS).anchor().toString();
            } catch (IOException e) {
                environment.log("ERROR: the audit trail can't be read: " + Text.printable(e.getMessage()));
                return "";
            }
        }
    }
}
