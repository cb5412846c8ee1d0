package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.change.ChangeListener;
import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.journal.FileDisk;
import io.jenkins.plugins.azurestack.journal.LockedException;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.journal.SecretGuard;
import io.jenkins.plugins.azurestack.journal.StampFiles;
import io.jenkins.plugins.azurestack.journal.StampLocks;
import io.jenkins.plugins.azurestack.net.TlsProbe;
import io.jenkins.plugins.azurestack.pep.Logons;
import io.jenkins.plugins.azurestack.pep.PrivilegedEndpoints;
import io.jenkins.plugins.azurestack.pep.StampCmdlets;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.wiring.PepStampActions;
import io.jenkins.plugins.azurestack.wiring.ProbedCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The engine at a simulated stamp: over real sessions and handshakes, with two sets that are served in turn. */
final class Bench implements AutoCloseable {
    static final String START = "Start-SecretRotation";

    final SimulatedStamp stamp;
    private Optional<Duration> follow = Optional.empty();
    final List<String> log = new ArrayList<>();
    private final WorldOperations operations;
    private final List<IssuedSet> sets;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<RotationPhase, Runnable> atPhase = new ConcurrentHashMap<>();
    private final Map<String, Runnable> atStep = new ConcurrentHashMap<>();
    private StampFiles files;
    private IssuedSet set;
    private int from;

    Bench(final SimulatedStamp stamp, final Path home) {
        this.stamp = stamp;
        this.operations = new WorldOperations(stamp.world());
        this.sets = List.of(new IssuedSet(stamp), new IssuedSet(stamp));
        this.clock = stamp.world().time().clock();
        begin(home);
    }

    static Stamp east(final IdentityProvider provider) {
        return new Stamp(
                "east",
                "east",
                "azurestack.contoso.com",
                provider,
                Set.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Set.of());
    }

    /** Another Jenkins home and a set that is not served; the stamp is the same. */
    void begin(final Path home) {
        files = new StampFiles(
                new FileDisk(), home.resolve("azs"), "east", message -> new byte[32], SecretGuard.PRIVATE_KEYS, clock);
        set = sets.stream()
                .filter(one -> !one.fingerprints()
                        .get(CertificateFolder.ARM_ADMIN)
                        .equals(IssuedSet.sha256(
                                stamp.served().get(CertificateFolder.ARM_ADMIN).leaf())))
                .findFirst()
                .orElseThrow();
        from = stamp.ledger().entries().size();
        log.clear();
        atPhase.clear();
        atStep.clear();
    }

    void at(final RotationPhase phase, final Runnable what) {
        atPhase.put(phase, what);
    }

    void atStep(final Runnable what) {
        atStep.put("Import external certificates", what);
    }

    void goDark() {
        operations.goDark();
    }

    RotationWorld world(final RotationScope scope) {
        final PasswordCredentials admin = new PasswordCredentials(
                "AZURESTACK\\CloudAdmin",
                stamp.world().identity().cloudAdminPassword().toCharArray());
        final PasswordCredentials share = new PasswordCredentials(
                stamp.world().identity().shareUser(),
                stamp.world().identity().sharePassword().toCharArray());
        final boolean external = scope == RotationScope.EXTERNAL;
        return new RotationWorld(
                stamp.stamp(),
                World.PRIVILEGED_ENDPOINTS,
                new PepStampActions(
                        new StampCmdlets(new PrivilegedEndpoints(
                                World.PRIVILEGED_ENDPOINTS,
                                Optional.empty(),
                                admin,
                                Logons.FORGETFUL,
                                stamp.network(),
                                clock,
                                random)),
                        Optional.of(new StampCmdlets.ExternalSet(
                                SimulatedStamp.SHARE, share, IssuedSet.PASSWORD.toCharArray())),
                        time -> stamp.world().time().awaitUntil(clock.instant().plus(time))),
                operations,
                new ProbedCertificates(
                        stamp.stamp(), new TlsProbe(stamp.network(), random), random, Duration.ofSeconds(20)),
                external ? Optional.of(set) : Optional.empty(),
                external ? Optional.of(new DirectoryStaging(stamp)) : Optional.empty());
    }

    private ChangeListener listener() {
        return new ChangeListener() {
            @Override
            public void phase(final Phase phase, final String sentence) {
                log.add("== " + phase + " " + sentence);
                Optional.ofNullable(atPhase.remove(phase)).ifPresent(Runnable::run);
            }

            @Override
            public void line(final String text) {
                log.add(text);
            }

            @Override
            public void step(final String name, final String status) {
                log.add("step " + name + " " + status);
                Optional.ofNullable(atStep.remove(name)).ifPresent(Runnable::run);
            }
        };
    }

    /** How long a rotation is waited for; as usual if that is never said. */
    void follow(final Duration limit) {
        follow = Optional.of(limit);
    }

    SecretRotation engine(final RotationScope scope) {
        final RotationLimits usual = RotationLimits.of(scope);
        return new SecretRotation(world(scope), files, follow.map(usual::follow).orElse(usual), clock, listener());
    }

    RotationPlan plan(final RotationScope scope, final RotationCondition... accepted) throws InterruptedException {
        return new RotationPlanner(world(scope), clock, random)
                .plan(new RotationRequest(scope, scope == RotationScope.INTERNAL, Set.of(accepted)));
    }

    End<RotationEnding> apply(final RotationPlan plan) throws IOException, LockedException, InterruptedException {
        return engine(plan.intent().call().scope()).apply(plan, approval(plan), "job #1");
    }

    End<RotationEnding> resume(final RotationPlan plan) throws IOException, LockedException, InterruptedException {
        return engine(plan.intent().call().scope()).resume(new RotationId(plan.id()), "job #2");
    }

    End<RotationEnding> rerun(final RotationPlan plan) throws IOException, LockedException, InterruptedException {
        return engine(plan.intent().call().scope()).rerun(new RotationId(plan.id()), approval(plan), "job #3");
    }

    private Approval approval(final RotationPlan plan) {
        return new Approval(plan.id(), "board", clock.instant(), "on the plan's page");
    }

    StampLocks locks() {
        return files.locks();
    }

    /** The calls since {@link #begin} that reached the cmdlet, whatever became of them. */
    long sent(final boolean rerun) {
        return calls().stream()
                .filter(call ->
                        call.service() == Ledger.Service.CMDLET && call.action().equals(START))
                .filter(call -> call.details().toString().contains("ReRun") == rerun)
                .count();
    }

    /** The action plans of ours that began since {@link #begin}. */
    long began(final boolean rerun) {
        return calls().stream()
                .filter(call ->
                        call.service() == Ledger.Service.ENGINE && call.action().equals(START))
                .filter(call ->
                        call.outcome().equals("started") && !call.identity().endsWith("SecondCloudAdmin"))
                .filter(call -> call.details().containsKey("rerunOf") == rerun)
                .count();
    }

    /** How many of our rotations failed since {@link #begin}, as the stamp's engine says. */
    long failures() {
        return calls().stream()
                .filter(call ->
                        call.service() == Ledger.Service.ENGINE && call.action().equals(START))
                .filter(call -> call.outcome().startsWith("failed"))
                .count();
    }

    /** The stops, and the deletions of the sessions that rotations ran in while they ran. */
    List<Ledger.Call> harm() {
        final List<Ledger.Call> harm = new ArrayList<>();
        final List<Ledger.Call> calls = calls();
        for (int i = 0; i < calls.size(); i++) {
            final Ledger.Call call = calls.get(i);
            if (call.service() == Ledger.Service.WSMAN
                    && (call.action().equals("Delete") && isRunning(calls.subList(0, i), call)
                            || call.action().equals("Signal")
                                    && !call.details().get("code").equalsIgnoreCase("terminate"))) {
                harm.add(call);
            }
        }
        return harm;
    }

    /** Whether the session that is deleted is the one whose call an action plan runs of. */
    private static boolean isRunning(final List<Ledger.Call> before, final Ledger.Call delete) {
        String shell = "";
        boolean running = false;
        String lastCommand = "";
        for (final Ledger.Call call : before) {
            if (call.service() == Ledger.Service.WSMAN && call.details().containsKey("command")) {
                lastCommand = call.details().get("shell");
            }
            if (call.service() == Ledger.Service.ENGINE
                    && call.action().equals(START)
                    && !call.identity().endsWith("SecondCloudAdmin")) {
                running = call.outcome().equals("started");
                shell = lastCommand;
            }
        }
        return running && shell.equals(delete.details().get("shell"));
    }

    List<Ledger.Call> calls() {
        final List<Ledger.Entry> all = stamp.ledger().entries();
        return all.subList(from, all.size()).stream()
                .filter(Ledger.Call.class::isInstance)
                .map(Ledger.Call.class::cast)
                .toList();
    }

    @Override
    public void close() throws IOException {
        stamp.close();
    }
}
