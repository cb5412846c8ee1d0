package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.change.ChangeListener;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A stamp with its share on paper: nothing but what a rotation sees of it, and a ledger of what was sent. It outlives the
 * engines that come to it, and goes wrong as a test wants. Whoever waits for it lets its time pass.
 */
final class PaperStamp implements StampActions, StampOperations {
    static final String SHARE = "\\\\10.30.0.50\\rotation\\Certificates";
    static final Map<CertificateFolder, String> SET =
            Map.of(CertificateFolder.ARM_ADMIN, "aa11", CertificateFolder.ARM_PUBLIC, "bb22");
    private static final Duration LASTS = Duration.ofHours(1);
    private static final Stamp EAST = new Stamp(
            "east",
            "east",
            "azurestack.contoso.com",
            IdentityProvider.AAD,
            Set.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Set.of());

    /** The engine was killed: no error that anybody catches. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** What the stamp makes of a call. */
    enum Answer {
        COMPLETES,
        FAILS,
        REJECTS,
        /** The session breaks before anything began. */
        LOSES_CALL,
        /** The session breaks, and the rotation runs. */
        LOSES_SESSION,
        /** The session breaks, and the rotation fails later. */
        LOSES_SESSION_AND_FAILS,
        /** No session can be had. */
        IS_AWAY,
        /** Somebody else's rotation began a moment before: the call is rejected. */
        IS_BUSY
    }

    /** What happens instead of a question or a change. */
    enum Mishap {
        NONE,
        INTERRUPT,
        KILL,
        NOT_KNOWN
    }

    /** One rotation on the stamp. */
    private static final class Plan {
        private final String id;
        private final Instant started;
        private final Instant ends;
        private final boolean fails;
        private final Optional<Map<CertificateFolder, String>> brings;

        Plan(
                final String id,
                final Instant started,
                final boolean fails,
                final Optional<Map<CertificateFolder, String>> brings) {
            this.id = id;
            this.started = started;
            this.ends = started.plus(LASTS);
            this.fails = fails;
            this.brings = brings;
        }
    }

    Instant now = Instant.parse("2026-11-26T09:00:00Z");
    String version = "1.2501.1.47";
    boolean ready = true;
    boolean namesInstances = true;
    boolean publishes = true;
    boolean canBeListenedToAgain;
    Optional<Instant> root = Optional.of(Instant.parse("2030-01-01T00:00:00Z"));
    Optional<Instant> nextRoot = Optional.of(Instant.parse("2035-01-01T00:00:00Z"));
    Optional<Boolean> updating = Optional.of(false);
    Optional<String> exclusive = Optional.empty();
    boolean dark;
    boolean shareStuck;
    boolean shareGone;
    /** Whether files read back differently from what was written. */
    boolean shareGarbles;

    boolean endpointsHidden;
    String sharePath = SHARE;
    Map<CertificateFolder, String> set = new EnumMap<>(SET);
    List<String> obstacles = List.of();
    List<Alert> alerts = List.of();
    List<Alert> closed = List.of();
    final Map<String, String> share = new LinkedHashMap<>();
    final Map<CertificateFolder, String> served = new EnumMap<>(CertificateFolder.class);
    final List<RotationCall> ledger = new ArrayList<>();
    final List<String> log = new ArrayList<>();
    final List<Answer> answers = new ArrayList<>();
    private final List<Plan> plans = new ArrayList<>();
    private Mishap mishap = Mishap.NONE;
    private int mishapAt;
    private Runnable deed = () -> {};
    int calls;
    /** How many changes of stamp or share were begun. */
    int changes;
    /** How many calls there had been when the latest rotation was to be sent. */
    int startedAt;

    private Optional<RejectedException> rejection = Optional.empty();

    PaperStamp() {
        SET.keySet().forEach(folder -> served.put(folder, "0000"));
    }

    /** Lets something happen at the n-th call from now on, from 0. */
    void at(final int call, final Mishap what) {
        calls = 0;
        mishapAt = call;
        mishap = what;
    }

    /** Lets somebody do something at the n-th call from now on, from 0. */
    void at(final int call, final Runnable what) {
        at(call, Mishap.NONE);
        deed = what;
    }

    /** Lets nothing happen any more. */
    void calm() {
        mishap = Mishap.NONE;
        deed = () -> {};
    }

    private void happen() throws InterruptedException {
        if (calls++ == mishapAt) {
            deed.run();
            if (mishap == Mishap.KILL) {
                throw new Killed();
            }
            if (mishap == Mishap.INTERRUPT) {
                throw new InterruptedException("the build was aborted");
            }
        }
    }

    private void ask() throws NotKnownException, InterruptedException {
        happen();
        if (calls == mishapAt + 1 && mishap == Mishap.NOT_KNOWN) {
            throw new NotKnownException("it does not answer now", "Look at the way there.");
        }
    }

    Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(final ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    RotationWorld world(final RotationScope scope) {
        final boolean external = scope == RotationScope.EXTERNAL;
        return new RotationWorld(
                EAST,
                List.of("10.30.0.225", "10.30.0.226", "10.30.0.227"),
                this,
                this,
                this::served,
                external ? Optional.of(new PaperSet()) : Optional.empty(),
                external && !shareGone ? Optional.of(new PaperShare()) : Optional.empty());
    }

    ChangeListener listener() {
        return new ChangeListener() {
            @Override
            public void phase(final Phase phase, final String sentence) {
                log.add(phase + " " + sentence);
            }

            @Override
            public void line(final String text) {
                log.add(text);
            }

            @Override
            public void step(final String name, final String status) {
                log.add(name + " " + status);
            }
        };
    }

    long fresh() {
        return ledger.stream().filter(call -> !call.rerun()).count();
    }

    long again() {
        return ledger.size() - fresh();
    }

    /** How many of the rotations that somebody of us began have failed by now. */
    long failures() {
        return plans.stream()
                .filter(plan -> plan.fails && !plan.id.startsWith("foreign") && !now.isBefore(plan.ends))
                .count();
    }

    /** Somebody else's rotation begins now. */
    void foreign(final boolean fails) {
        plans.add(new Plan("foreign-" + plans.size(), now, fails, Optional.empty()));
    }

    /** Somebody else runs the latest rotation again, which keeps its id. */
    void foreignRerun() {
        final Plan failed = plans.remove(plans.size() - 1);
        plans.add(new Plan(failed.id, now, false, failed.brings));
    }

    void pass(final Duration time) {
        now = now.plus(time);
        for (final Plan plan : plans) {
            if (!plan.fails && !now.isBefore(plan.ends)) {
                plan.brings.ifPresent(served::putAll);
                if (plan.brings.isEmpty() && !plan.id.startsWith("foreign")) {
                    root = nextRoot;
                }
            }
        }
    }

    @Override
    public StampFacts facts() throws NotKnownException, InterruptedException {
        ask();
        return new StampFacts(version, root);
    }

    @Override
    public Optional<Action> latest() throws NotKnownException, InterruptedException {
        ask();
        return plans.isEmpty() ? Optional.empty() : Optional.of(action(plans.get(plans.size() - 1)));
    }

    private Action action(final Plan plan) {
        final Action.State state = now.isBefore(plan.ends)
                ? Action.State.RUNNING
                : plan.fails ? Action.State.FAILED : Action.State.COMPLETED;
        return new Action(
                namesInstances ? Optional.of(plan.id) : Optional.empty(),
                namesInstances ? Optional.of(plan.started) : Optional.empty(),
                state,
                plan.id + " is " + state);
    }

    @Override
    public TestResult readiness() throws NotKnownException, InterruptedException {
        ask();
        return new TestResult(ready, List.of());
    }

    @Override
    public boolean isUpdating() throws NotKnownException, InterruptedException {
        ask();
        return updating.orElseThrow(() -> new NotKnownException("nobody says", "Look."));
    }

    @Override
    public Optional<TestResult> externalCertificates() throws NotKnownException, InterruptedException {
        ask();
        return Optional.of(new TestResult(true, List.of()));
    }

    @Override
    public void start(final RotationCall call, final Duration patience, final Listener listener)
            throws RejectedException, OutcomeUnknownException, NotKnownException, InterruptedException {
        changes++;
        startedAt = calls;
        ask();
        final Answer answer = answers.isEmpty() ? Answer.COMPLETES : answers.remove(0);
        if (answer == Answer.IS_AWAY) {
            throw new NotKnownException("no privileged endpoint answers", "Look at the way there.");
        }
        rejection = Optional.empty();
        try {
            listener.starting(Map.of("shell", "s-" + ledger.size()));
        } catch (IOException e) {
            throw new NotKnownException("it could not be written down", "Mend the disk.", e);
        }
        happen();
        ledger.add(call);
        if (answer == Answer.LOSES_CALL) {
            throw new OutcomeUnknownException("connection reset", null);
        }
        if (answer == Answer.REJECTS || answer == Answer.IS_BUSY) {
            if (answer == Answer.IS_BUSY) {
                foreign(false);
            }
            rejection =
                    Optional.of(new RejectedException("The layout is wrong", "Wrong,Start-SecretRotation", "Mend."));
            happen();
            throw rejection.get();
        }
        final boolean fails = answer == Answer.FAILS || answer == Answer.LOSES_SESSION_AND_FAILS;
        plans.add(new Plan(
                "plan-" + plans.size(),
                now,
                fails,
                call.scope() == RotationScope.EXTERNAL ? Optional.of(staged()) : Optional.empty()));
        happen();
        if (answer == Answer.LOSES_SESSION || answer == Answer.LOSES_SESSION_AND_FAILS) {
            throw new OutcomeUnknownException("connection reset", null);
        }
        follow(plans.get(plans.size() - 1), listener);
    }

    private void follow(final Plan plan, final Listener listener) throws RejectedException, InterruptedException {
        listener.began(plan.id);
        listener.step("Import external certificates", "InProgress");
        happen();
        pass(LASTS);
        if (plan.fails) {
            throw new RejectedException("step 1.5 failed", "Failed,Start-SecretRotation", "Run it again.");
        }
        listener.ended(action(plan));
    }

    private Map<CertificateFolder, String> staged() {
        final Map<CertificateFolder, String> staged = new EnumMap<>(CertificateFolder.class);
        set.forEach((folder, fingerprint) -> {
            if (publishes && share.containsKey(new PaperShare().pathOf(folder))) {
                staged.put(folder, fingerprint);
            }
        });
        return staged;
    }

    @Override
    public boolean reattach(final Map<String, String> session, final Duration patience, final Listener listener)
            throws RejectedException, OutcomeUnknownException, InterruptedException {
        happen();
        if (!canBeListenedToAgain) {
            return false;
        }
        if (rejection.isPresent()) {
            throw rejection.get();
        }
        if (plans.isEmpty() || !plans.get(plans.size() - 1).id.startsWith("plan")) {
            return false;
        }
        follow(plans.get(plans.size() - 1), listener);
        return true;
    }

    @Override
    public void pause(final Duration time) throws InterruptedException {
        happen();
        pass(time);
    }

    @Override
    public Optional<String> exclusiveOperation() throws NotKnownException, InterruptedException {
        requireLight();
        return exclusive;
    }

    @Override
    public Optional<String> runningUpdate() throws NotKnownException, InterruptedException {
        requireLight();
        return updating.filter(Boolean::booleanValue).map(runs -> "1.2501.1.60");
    }

    @Override
    public List<Alert> activeAlerts() throws NotKnownException, InterruptedException {
        requireLight();
        return alerts;
    }

    @Override
    public List<Alert> closedAlerts(final Instant since) throws NotKnownException, InterruptedException {
        requireLight();
        return closed;
    }

    private void requireLight() throws NotKnownException, InterruptedException {
        ask();
        if (dark) {
            throw new NotKnownException("Resource Manager does not answer", "Accept it by name.");
        }
    }

    private Map<String, ServedCertificates.Served> served(final Collection<CertificateFolder> folders)
            throws InterruptedException {
        happen();
        final Map<String, ServedCertificates.Served> seen = new LinkedHashMap<>();
        folders.forEach(folder -> seen.put(
                folder.folderName() + ":443",
                new ServedCertificates.Served(
                        folder,
                        endpointsHidden ? Optional.empty() : Optional.of(served.get(folder)),
                        endpointsHidden ? "nothing answers" : "")));
        return seen;
    }

    static String path(final CertificateFolder folder) {
        return "AAD/" + folder.folderName() + "/east.pfx";
    }

    private final class PaperSet implements CertificateSet {
        @Override
        public Map<CertificateFolder, String> fingerprints() {
            return set;
        }

        @Override
        public List<String> obstacles() {
            return obstacles;
        }

        @Override
        public List<String> remarks() {
            return List.of();
        }

        @Override
        public byte[] pfx(final CertificateFolder folder) {
            return ("pfx of " + set.get(folder)).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            // Paper.
        }
    }

    private final class PaperShare implements StagingShare {
        @Override
        public String path() {
            return sharePath;
        }

        @Override
        public Map<String, String> look() throws NotKnownException, InterruptedException {
            ask();
            return new LinkedHashMap<>(share);
        }

        @Override
        public List<String> obstacles(final long bytes) throws NotKnownException, InterruptedException {
            ask();
            return List.of();
        }

        @Override
        public String pathOf(final CertificateFolder folder) {
            return PaperStamp.path(folder);
        }

        @Override
        public String stage(final CertificateFolder folder, final byte[] pfx)
                throws NotKnownException, InterruptedException {
            changes++;
            ask();
            if (share.putIfAbsent(pathOf(folder), Staging.sha256(pfx)) != null) {
                throw new NotKnownException(pathOf(folder) + " is there already", "Look.");
            }
            happen();
            return shareGarbles ? "ff" : Staging.sha256(pfx);
        }

        @Override
        public Map<String, String> remove(final List<String> paths, final List<String> folders)
                throws NotKnownException, InterruptedException {
            changes++;
            ask();
            final Map<String, String> left = new LinkedHashMap<>();
            for (final String path : paths) {
                if (shareStuck && share.containsKey(path)) {
                    left.put(path, "somebody has it open");
                } else {
                    share.remove(path);
                }
                happen();
            }
            return left;
        }
    }

    static RotationId id(final RotationPlan plan) {
        return new RotationId(plan.id());
    }
}
