package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.change.CallListener;
import io.jenkins.plugins.azurestack.change.ChangeListener;
import io.jenkins.plugins.azurestack.journal.AuditKey;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A stamp with its BMCs and a credentials store on paper: nothing but what an update sees of them, and a ledger of what
 * was sent. It outlives the engines that come to it, and goes wrong as a test wants. Whoever waits for it lets its time
 * pass.
 */
final class PaperRack implements BmcAccess, StampCredential, StampWatch, PasswordStore {
    static final String USER = "azsbmc";
    static final String OLD = "Old-Password-01";
    static final String OLDER = "Older-Password0";
    static final int THRESHOLD = 5;
    private static final Duration LASTS = Duration.ofMinutes(10);
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

    /** What happens instead of a question or a change. */
    enum Mishap {
        NONE,
        INTERRUPT,
        KILL,
        NOT_KNOWN
    }

    /** What the stamp makes of a call. */
    enum Answer {
        RUNS,
        /** It ends with an error, and no BMC has changed. */
        FAILS,
        /** The session breaks before anything began. */
        LOSES_CALL,
        /** The session breaks before anything began, and half an hour later the call runs after all. */
        BEGINS_LATE,
        /** The session breaks, and the call runs. */
        LOSES_SESSION,
        /** No session can be had. */
        IS_AWAY
    }

    /** What the store makes of a write. */
    enum StoreFault {
        FAILS,
        LIES,
        /** It takes it, and says that it did not. */
        DENIES
    }

    /** One BMC. */
    final class Bmc {
        final BmcNode node;
        String password = OLD;
        boolean down;
        boolean rejects;
        boolean losesAnswer;
        /** It says nothing, and does what it was told some time after. */
        boolean answersLate;

        private String late = OLD;
        boolean locksNext;
        boolean tellsLock;
        PasswordRules rules = new PasswordRules(
                8,
                20,
                0,
                Duration.ZERO,
                0,
                Optional.of(THRESHOLD),
                Optional.of(Duration.ofSeconds(30)),
                Optional.of(Duration.ofSeconds(30)));
        final List<String> given = new ArrayList<>();
        int wrong;
        int mostWrong;
        int ourLogons;
        private Instant lockedUntil = Instant.MIN;

        private Bmc(final int number) {
            node = new BmcNode("node0" + number, "10.30.4." + (10 + number), Optional.empty());
        }

        private boolean isLocked() {
            return now.isBefore(lockedUntil);
        }

        private boolean takes(final String tried) {
            if (locksNext) {
                locksNext = false;
                lockedUntil = now.plus(Duration.ofSeconds(30));
            }
            if (isLocked()) {
                return false;
            }
            if (tried.equals(password)) {
                wrong = 0;
                return true;
            }
            wrong++;
            mostWrong = Math.max(mostWrong, wrong);
            if (wrong >= THRESHOLD) {
                lockedUntil = now.plus(Duration.ofSeconds(30));
            }
            return false;
        }

        void finishLate() {
            give(late);
        }

        private void give(final String next) {
            given.add(next);
            password = next;
        }
    }

    /** One run of the cmdlet. */
    private final class Plan {
        private final String id = "plan-" + (plans.size() + 1);
        private final Instant started;
        private final String gives;
        private final boolean bypass;
        private final boolean fails;
        private int done;
        private final List<String> refused = new ArrayList<>();
        private boolean over;

        Plan(final String gives, final boolean bypass, final boolean fails, final Instant started) {
            this.started = started;
            this.gives = gives;
            this.bypass = bypass || version.startsWith("1.19") && !version.startsWith("1.1910");
            this.fails = fails;
        }

        private void advance() {
            final long each = LASTS.toMillis() / (bmcs.size() + 1);
            while (!over && !now.isBefore(started.plusMillis(each * (done + 1)))) {
                if (done < bmcs.size()) {
                    if (!bypass && !fails) {
                        reach(bmcs.get(done));
                    }
                } else {
                    over = true;
                    if (refused.isEmpty() && !fails) {
                        kept = gives;
                    }
                }
                done++;
            }
        }

        private void reach(final Bmc bmc) {
            if (bmc.down || bmc.rejects || !bmc.password.equals(kept) && !bmc.password.equals(gives)) {
                refused.add(bmc.node.name());
            } else if (!bmc.password.equals(gives)) {
                bmc.give(gives);
            }
        }

        private Action.State state() {
            return !over
                    ? Action.State.RUNNING
                    : refused.isEmpty() && !fails ? Action.State.COMPLETED : Action.State.FAILED;
        }
    }

    Instant now = Instant.parse("2026-11-26T09:00:00Z");
    String version = "1.2501.1.47";
    boolean reached = true;
    Set<String> parameters = Set.of("bmcpassword", "bmcuser", "bypassbmcupdate", "verbose");
    Optional<String> rotation = Optional.empty();
    Optional<String> exclusive = Optional.empty();
    Optional<String> updating = Optional.empty();
    List<String> alerts = List.of();
    List<String> obstacles = List.of();
    boolean canBeListenedToAgain;
    boolean canBeAsked = true;
    /** Whether it says which change it speaks of. */
    boolean namesInstances = true;

    String kept = OLD;
    Optional<String> givenPassword = Optional.empty();
    /** What somebody has put there since; null if nobody has. */
    String givenNow;

    int parallel = 1;
    final List<Bmc> bmcs = new ArrayList<>();
    final Map<Generation, String> store = new EnumMap<>(Generation.class);
    /** What the store has on its disk: it shows more if it could not save that. */
    final Map<Generation, String> saved = new EnumMap<>(Generation.class);

    final Map<Generation, StoreFault> storeFaults = new EnumMap<>(Generation.class);
    final List<Answer> answers = new ArrayList<>();
    /** Every call that reached the stamp: the password, and the switch. */
    final List<String> sent = new ArrayList<>();

    final List<String> log = new ArrayList<>();
    final Map<BmcPhase, Runnable> atPhase = new EnumMap<>(BmcPhase.class);
    private final List<Plan> plans = new ArrayList<>();
    private Mishap mishap = Mishap.NONE;
    private int mishapAt;
    private boolean dead;
    int calls;

    PaperRack(final int nodes) {
        for (int i = 1; i <= nodes; i++) {
            bmcs.add(new Bmc(i));
        }
        store.put(Generation.CURRENT, OLD);
        store.put(Generation.PREVIOUS, OLDER);
        saved.putAll(store);
    }

    /** What could not be saved is not there any more. */
    void restartStore() {
        store.clear();
        store.putAll(saved);
    }

    /** Lets something happen at the n-th call from now on, from 0. */
    synchronized void at(final int call, final Mishap what) {
        calls = 0;
        mishapAt = call;
        mishap = what;
    }

    /** Lets nothing happen any more. */
    synchronized void calm() {
        mishap = Mishap.NONE;
        dead = false;
    }

    private void happen() throws InterruptedException {
        if (dead) {
            throw new Killed();
        }
        if (calls++ == mishapAt) {
            if (mishap == Mishap.KILL) {
                dead = true;
                throw new Killed();
            }
            if (mishap == Mishap.INTERRUPT) {
                throw new InterruptedException("the build was aborted");
            }
        }
    }

    private boolean isOut() {
        return calls == mishapAt + 1 && mishap == Mishap.NOT_KNOWN;
    }

    private void ask() throws NotKnownException, InterruptedException {
        happen();
        if (isOut()) {
            throw new NotKnownException("it does not answer now", "Look at the way there.");
        }
    }

    /** The store waits for nobody. */
    private void touch() throws NotKnownException {
        if (dead) {
            throw new Killed();
        }
        if (calls++ == mishapAt) {
            if (mishap == Mishap.KILL) {
                dead = true;
                throw new Killed();
            }
            if (mishap == Mishap.NOT_KNOWN) {
                throw new NotKnownException("the store does not answer now", "Look at it.");
            }
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

    static final AuditKey KEY = message -> {
        final byte[] mac = new byte[32];
        Arrays.fill(mac, (byte) Arrays.hashCode(message));
        mac[0] = (byte) (Arrays.hashCode(message) >>> 8);
        mac[1] = (byte) (Arrays.hashCode(message) >>> 16);
        return mac;
    };

    BmcWorld world(final LoginBudget budget) {
        return new BmcWorld(
                EAST,
                List.of("10.30.0.225", "10.30.0.226", "10.30.0.227"),
                List.of(),
                reached ? Optional.of(this) : Optional.empty(),
                this,
                this,
                this,
                givenPassword.map(password -> new GivenPassword() {
                    @Override
                    public String credentialsId() {
                        return "new-bmc";
                    }

                    @Override
                    public BmcLogin login() {
                        return new BmcLogin(USER, (givenNow == null ? password : givenNow).toCharArray());
                    }
                }),
                budget,
                KEY);
    }

    ChangeListener listener() {
        return new ChangeListener() {
            @Override
            public void phase(final Phase phase, final String sentence) {
                log.add(phase + " " + sentence);
                Optional.ofNullable(atPhase.remove(phase)).ifPresent(Runnable::run);
            }

            @Override
            public void line(final String text) {
                log.add(text);
            }

            @Override
            public void progress(final String what, final int done, final int of) {
                log.add(done + " of " + of + " " + what);
            }
        };
    }

    void pass(final Duration time) {
        // In small steps: what two plans do, they do in the order of their times.
        final Instant until = now.plus(time);
        while (now.isBefore(until)) {
            final Instant next = now.plusSeconds(10);
            now = next.isAfter(until) ? until : next;
            plans.forEach(Plan::advance);
        }
    }

    /** The BMCs whose password is in no generation of the store. */
    List<String> lost() {
        return bmcs.stream()
                .filter(bmc -> !store.containsValue(bmc.password))
                .map(bmc -> bmc.node.name())
                .toList();
    }

    boolean everyBmcTakes(final String password) {
        return bmcs.stream().allMatch(bmc -> bmc.password.equals(password));
    }

    Bmc bmc(final int number) {
        return bmcs.get(number - 1);
    }

    private Bmc of(final BmcNode node) {
        return bmcs.stream().filter(bmc -> bmc.node.equals(node)).findFirst().orElseThrow();
    }

    private static String text(final BmcLogin login) {
        final char[] password = login.password();
        return new String(password);
    }

    @Override
    public synchronized Logon logOn(final BmcNode node, final BmcLogin login) throws InterruptedException {
        happen();
        final Bmc bmc = of(node);
        if (bmc.down || isOut()) {
            return new Logon.NotKnown("nothing answers at " + node.address(), "Look at the way there.", false);
        }
        bmc.ourLogons++;
        final boolean taken = bmc.takes(text(login));
        happen();
        if (taken) {
            return new Logon.Accepted(bmc.rules);
        }
        return bmc.isLocked() && bmc.tellsLock
                ? new Logon.Locked("the account is locked", Optional.empty())
                : new Logon.Refused("401 Unauthorized");
    }

    @Override
    public synchronized Change change(final BmcNode node, final BmcLogin login, final BmcLogin replacement)
            throws InterruptedException {
        final Logon logon = logOn(node, login);
        if (!(logon instanceof Logon.Accepted)) {
            return new Change.NotSent(logon);
        }
        final Bmc bmc = of(node);
        if (bmc.rejects) {
            return new Change.Rejected("400 PropertyValueFormatError");
        }
        if (bmc.answersLate) {
            bmc.late = text(replacement);
            return new Change.Lost("connection reset");
        }
        bmc.give(text(replacement));
        happen();
        return bmc.losesAnswer ? new Change.Lost("connection reset") : new Change.Changed();
    }

    @Override
    public String version() throws NotKnownException, InterruptedException {
        ask();
        return version;
    }

    @Override
    public Set<String> parameters() throws NotKnownException, InterruptedException {
        ask();
        return parameters;
    }

    @Override
    public Optional<String> runningRotation() throws NotKnownException, InterruptedException {
        ask();
        return rotation;
    }

    @Override
    public boolean isUpdating() throws NotKnownException, InterruptedException {
        ask();
        return updating.isPresent();
    }

    @Override
    public Optional<String> complaint() throws NotKnownException, InterruptedException {
        ask();
        final List<String> wrong = bmcs.stream()
                .filter(bmc -> bmc.down || !bmc.password.equals(kept))
                .map(bmc -> bmc.node.name())
                .toList();
        return wrong.isEmpty() ? Optional.empty() : Optional.of("no answer from " + wrong);
    }

    @Override
    public Optional<Action> latest() throws NotKnownException, InterruptedException {
        ask();
        if (!canBeAsked) {
            throw new NotKnownException("no privileged endpoint answers", "Look at the way there.");
        }
        return plans.stream()
                .filter(plan -> !now.isBefore(plan.started))
                .reduce((first, second) -> second)
                .map(plan -> new Action(namesInstances ? plan.id : "", plan.state(), plan.id + " is " + plan.state()));
    }

    @Override
    public Outcome set(final BmcLogin login, final boolean bypass, final Duration patience, final CallListener listener)
            throws InterruptedException {
        happen();
        final Answer answer = answers.isEmpty() ? Answer.RUNS : answers.remove(0);
        if (answer == Answer.IS_AWAY || isOut()) {
            return new Outcome.NotSent("no privileged endpoint answers", "Look at the way there.");
        }
        try {
            listener.starting(Map.of("shell", "s-" + sent.size()));
        } catch (IOException e) {
            return new Outcome.NotSent("it could not be written down", "Mend the disk.");
        }
        happen();
        sent.add(text(login) + (bypass ? " bypass" : ""));
        if (answer == Answer.LOSES_CALL) {
            return new Outcome.Lost("connection reset");
        }
        if (answer == Answer.BEGINS_LATE) {
            plans.add(new Plan(text(login), bypass, false, now.plus(Duration.ofMinutes(30))));
            return new Outcome.Lost("connection reset");
        }
        plans.add(new Plan(text(login), bypass, answer == Answer.FAILS, now));
        happen();
        if (answer == Answer.LOSES_SESSION) {
            return new Outcome.Lost("connection reset");
        }
        return follow(listener);
    }

    private Outcome follow(final CallListener listener) throws InterruptedException {
        final Plan plan = plans.get(plans.size() - 1);
        listener.began(plan.id);
        pass(LASTS.dividedBy(2));
        happen();
        pass(LASTS.dividedBy(2));
        happen();
        return plan.state() == Action.State.COMPLETED
                ? new Outcome.Ran()
                : new Outcome.Failed("it failed at " + plan.refused, "Mend it.");
    }

    @Override
    public Optional<Outcome> listenAgain(
            final Map<String, String> session, final Duration patience, final CallListener listener)
            throws InterruptedException {
        happen();
        return canBeListenedToAgain && !plans.isEmpty() ? Optional.of(follow(listener)) : Optional.empty();
    }

    @Override
    public void pause(final Duration time) throws InterruptedException {
        happen();
        pass(time);
    }

    @Override
    public List<BmcNode> nodes() throws NotKnownException, InterruptedException {
        ask();
        return bmcs.stream().map(bmc -> bmc.node).toList();
    }

    @Override
    public Optional<String> exclusiveOperation() throws NotKnownException, InterruptedException {
        ask();
        return exclusive;
    }

    @Override
    public Optional<String> runningUpdate() throws NotKnownException, InterruptedException {
        ask();
        return updating;
    }

    @Override
    public List<String> bmcAlerts() throws NotKnownException, InterruptedException {
        ask();
        return alerts;
    }

    @Override
    public String name(final Generation generation) {
        return generation == Generation.CURRENT ? "east-bmc" : "east-bmc-" + generation.word();
    }

    @Override
    public Optional<BmcLogin> read(final Generation generation) throws NotKnownException {
        touch();
        return Optional.ofNullable(store.get(generation)).map(text -> new BmcLogin(USER, text.toCharArray()));
    }

    @Override
    public void write(final Generation generation, final BmcLogin login) throws NotKnownException {
        touch();
        final StoreFault fault = storeFaults.get(generation);
        if (fault == StoreFault.FAILS) {
            throw new NotKnownException("the store is read-only", "Make it writable.");
        }
        if (fault != StoreFault.LIES) {
            store.put(generation, text(login));
        }
        touch();
        if (fault == StoreFault.DENIES) {
            throw new NotKnownException("the store broke", "Look at it.");
        }
        save();
    }

    @Override
    public void delete(final Generation generation) throws NotKnownException {
        touch();
        store.remove(generation);
        touch();
        save();
    }

    /** Always all of it, as a store in one file does. */
    private void save() {
        saved.clear();
        saved.putAll(store);
    }

    @Override
    public List<String> obstacles() {
        return obstacles;
    }

    Map<String, String> passwords() {
        final Map<String, String> all = new LinkedHashMap<>();
        bmcs.forEach(bmc -> all.put(bmc.node.name(), bmc.password));
        store.forEach((generation, password) -> all.put(name(generation), password));
        return all;
    }
}
