package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.bmc.LiveCheck.Candidate;
import io.jenkins.plugins.azurestack.bmc.PasswordStore.Generation;
import io.jenkins.plugins.azurestack.change.Gate;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import io.jenkins.plugins.azurestack.stamp.StampVersion;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Looks at every condition of a new BMC password. Looking changes nothing but what the accounts of the BMCs are asked,
 * which is counted; a condition that can't be seen is unknown, and never met by that.
 */
final class Gates {
    /** From this release on the stamp gives its BMCs the new password itself (rotation page). */
    static final int STAMP_WRITES = 1910;

    private final BmcWorld world;
    private final Set<BmcCondition> accepted;
    private final Optional<String> own;
    private final Fleet fleet;
    private final List<Gate> gates = new ArrayList<>();
    private StampVersion version = StampVersion.UNKNOWN;
    private String versionText = "unknown";
    private List<BmcNode> nodes = List.of();
    private Map<BmcNode, Live> live = Map.of();
    private PasswordRules rules = PasswordRules.SILENT;

    private Gates(
            final BmcWorld world, final Set<BmcCondition> accepted, final Optional<String> own, final Fleet fleet) {
        this.world = world;
        this.accepted = accepted;
        this.own = own;
        this.fleet = fleet;
    }

    /**
     * Looks at all of them, and never stops at one that is not met.
     *
     * @param accepted conditions whose being unknown is accepted
     * @param own the fingerprint of a pending password that this very update has put there, and given to nobody yet
     * @throws IOException if it could not be written down what the BMCs are asked; they were not asked
     */
    static Observation observe(
            final BmcWorld world, final Set<BmcCondition> accepted, final Optional<String> own, final Fleet fleet)
            throws IOException, InterruptedException {
        return new Gates(world, accepted, own, fleet).observe();
    }

    private Observation observe() throws IOException, InterruptedException {
        version();
        nodes();
        rotation();
        add(world.watch().noUpdate(BmcCondition.UPDATE, world.cmdlets()::isUpdating));
        add(world.watch().noExclusiveOperation(BmcCondition.EXCLUSIVE_OPERATION));
        alerts();
        final Optional<String> latest = latest();
        try (Passwords passwords = Passwords.read(world.store())) {
            return observe(passwords, latest);
        } catch (NotKnownException e) {
            add(Gate.unknown(BmcCondition.STORE, e));
            return seen("", "", PasswordSource.GENERATED, Optional.empty(), latest);
        }
    }

    private Observation observe(final Passwords passwords, final Optional<String> latest)
            throws IOException, InterruptedException {
        store(passwords);
        final Optional<BmcLogin> foreign =
                passwords.pending().filter(pending -> !own.equals(Optional.of(pending.fingerprint(world.key()))));
        final PasswordSource source = foreign.isPresent()
                ? PasswordSource.PENDING
                : world.given().isPresent() ? PasswordSource.GIVEN : PasswordSource.GENERATED;
        final Optional<BmcLogin> given = given();
        try {
            final List<Candidate> candidates =
                    foreign.isPresent() ? passwords.candidates() : passwords.candidates(given);
            bmcs(candidates);
            final Optional<BmcLogin> fresh = foreign.or(() -> given);
            password(passwords, foreign, given);
            final Observation seen = seen(
                    passwords.current().user(),
                    passwords.current().fingerprint(world.key()),
                    source,
                    fresh.map(login -> login.fingerprint(world.key())),
                    latest);
            cmdlet(seen.way());
            summary(seen.way());
            return seen(seen.user(), seen.before(), source, seen.fingerprint(), latest);
        } finally {
            given.ifPresent(BmcLogin::close);
        }
    }

    private Observation seen(
            final String user,
            final String before,
            final PasswordSource source,
            final Optional<String> fingerprint,
            final Optional<String> latest) {
        gates.sort(Gate.IN_ORDER);
        return new Observation(
                gates, versionText, nodes, live, rules, user, before, source, fingerprint, way(), latest);
    }

    private BmcWay way() {
        if (version.isKnown() && version.isBefore(STAMP_WRITES)) {
            return BmcWay.BMCS_FIRST;
        }
        return live.values().stream()
                        .anyMatch(one -> one.holds() == Live.Holds.NEW || one.holds() == Live.Holds.PREVIOUS)
                ? BmcWay.BYPASS
                : BmcWay.STAMP;
    }

    private void version() throws InterruptedException {
        try {
            versionText = world.cmdlets().version();
            version = StampVersion.parse(versionText);
            if (!version.isKnown()) {
                add(Gate.failed(
                        BmcCondition.VERSION,
                        "the stamp's version '" + versionText + "' can't be read, so the order of things is not known",
                        "Look at the version in the administrator portal, and report it to the plugin's maintainers."));
            } else if (version.isBefore(STAMP_WRITES) && world.bmcs().isEmpty()) {
                add(
                        Gate.failed(
                                BmcCondition.VERSION,
                                "the stamp is " + version
                                        + ", which does not write to its BMCs, and this Jenkins does not reach"
                                        + " them",
                                "Update the stamp to 1910 or later first; or let Jenkins reach the BMCs (bmcAccess: redfish)."));
            } else {
                add(Gate.passed(BmcCondition.VERSION, "the stamp is " + version));
            }
        } catch (NotKnownException e) {
            add(Gate.unknown(BmcCondition.VERSION, e));
        }
    }

    private void nodes() throws InterruptedException {
        if (world.bmcs().isEmpty()) {
            return;
        }
        if (!world.configured().isEmpty()) {
            nodes = world.configured();
            add(Gate.passed(BmcCondition.NODES, "the configuration names " + nodes.size() + " BMCs"));
            return;
        }
        try {
            nodes = world.watch().nodes();
            add(
                    nodes.isEmpty()
                            ? Gate.failed(
                                    BmcCondition.NODES,
                                    "Resource Manager names no node",
                                    "Name the BMCs in the stamp's configuration.")
                            : Gate.passed(BmcCondition.NODES, "Resource Manager names " + nodes.size() + " nodes"));
        } catch (NotKnownException e) {
            add(Gate.unknown(
                    BmcCondition.NODES,
                    e.getMessage(),
                    "Mend the way there, or name the BMCs in the stamp's configuration."));
        }
    }

    private void rotation() throws InterruptedException {
        try {
            add(world.cmdlets()
                    .runningRotation()
                    .map(words -> Gate.failed(
                            BmcCondition.ROTATION,
                            "a rotation of secrets runs: " + words,
                            "Wait for its end, and plan again."))
                    .orElseGet(() -> Gate.passed(BmcCondition.ROTATION, "no rotation of secrets runs")));
        } catch (NotKnownException e) {
            add(Gate.unknown(BmcCondition.ROTATION, e));
        }
    }

    private void alerts() throws InterruptedException {
        try {
            final List<String> alerts = world.watch().bmcAlerts();
            add(
                    alerts.isEmpty()
                            ? Gate.passed(BmcCondition.ALERTS, "no alert says that the stamp does not reach a BMC")
                            : Gate.unknown(
                                    BmcCondition.ALERTS,
                                    "the stamp does not reach every BMC, say alerts: " + Text.some(alerts),
                                    "Mend that first; or accept it, if a new password is what mends it."));
        } catch (NotKnownException e) {
            add(Gate.unknown(BmcCondition.ALERTS, e));
        }
    }

    private Optional<String> latest() throws InterruptedException {
        try {
            final Optional<StampCredential.Action> latest = world.cmdlets().latest();
            latest.flatMap(Gates::underWay).ifPresent(this::overrideRotation);
            return latest.map(StampCredential.Action::instance);
        } catch (NotKnownException e) {
            overrideRotation(Gate.unknown(BmcCondition.ROTATION, e));
            return Optional.empty();
        }
    }

    private static Optional<Gate> underWay(final StampCredential.Action action) {
        return switch (action.state()) {
            case RUNNING ->
                Optional.of(Gate.failed(
                        BmcCondition.ROTATION,
                        "an update of the BMC password runs: " + action.words(),
                        "Wait for its end, and plan again."));
            case NOT_UNDERSTOOD ->
                Optional.of(Gate.unknown(
                        BmcCondition.ROTATION,
                        "what the stamp says of the latest update of the BMC password is not understood: "
                                + action.words(),
                        "Look at Get-ActionStatus yourself, and report its words to the plugin's maintainers."));
            case COMPLETED, FAILED -> Optional.empty();
        };
    }

    /** Where a rotation of secrets runs, that is worse. */
    private void overrideRotation(final Gate gate) {
        gates.replaceAll(one -> one.condition() == BmcCondition.ROTATION && one.isOpen() ? gate : one);
    }

    private void store(final Passwords passwords) {
        final List<String> obstacles = new ArrayList<>(world.store().obstacles());
        final int user = passwords.current().user().length();
        if (user == 0 || user > PasswordRules.LONGEST) {
            obstacles.add(
                    "the user name in it has " + user + " characters, and a stamp takes 1 to " + PasswordRules.LONGEST);
        }
        passwords
                .pending()
                .filter(pending -> !pending.user().equals(passwords.current().user()))
                .ifPresent(pending -> obstacles.add("'" + world.store().name(Generation.PENDING)
                        + "' is of another user, '" + pending.user() + "'"));
        final String name = world.store().name(Generation.CURRENT);
        add(
                obstacles.isEmpty()
                        ? Gate.passed(
                                BmcCondition.STORE, "'" + name + "' can be read, and all three generations written")
                        : Gate.failed(
                                BmcCondition.STORE,
                                "'" + name + "' can't be used: " + Text.some(obstacles),
                                "Mend that, and plan again; the new password has to be kept before a BMC gets it."));
    }

    private Optional<BmcLogin> given() {
        if (world.given().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(world.given().get().login());
        } catch (NotKnownException e) {
            add(Gate.unknown(BmcCondition.PASSWORD, e));
            return Optional.empty();
        }
    }

    private void bmcs(final List<Candidate> candidates) throws IOException, InterruptedException {
        if (world.bmcs().isEmpty() || nodes.isEmpty()) {
            return;
        }
        live = new LinkedHashMap<>(new LiveCheck(world.bmcs().get(), world.budget(), fleet).look(nodes, candidates));
        rules = PasswordRules.together(
                live.values().stream().flatMap(one -> one.rules().stream()).toList());
        final List<BmcNode> unknown =
                nodes.stream().filter(node -> !live.get(node).holds().isKnown()).toList();
        final List<String> touchy = nodes.stream()
                .filter(node ->
                        !live.get(node).rules().map(LoginBudget::leavesRoom).orElse(true))
                .map(BmcNode::toString)
                .toList();
        if (!touchy.isEmpty()) {
            add(Gate.failed(
                    BmcCondition.BMCS,
                    "their account is locked after one or two wrong passwords, which leaves no room for a mistake: "
                            + Text.some(touchy),
                    "Let them allow three at least for the time being, and plan again; or let the stamp alone speak with"
                            + " them (bmcAccess: stamp, 1910 and later)."));
            return;
        }
        add(
                unknown.isEmpty()
                        ? Gate.passed(
                                BmcCondition.BMCS, "all " + nodes.size() + " BMCs take a known password: " + counts())
                        : Gate.unknown(
                                BmcCondition.BMCS,
                                Text.some(unknown.stream()
                                        .map(node ->
                                                node + ": " + live.get(node).words())
                                        .toList()),
                                unknown.stream()
                                        .map(node -> live.get(node).advice())
                                        .filter(advice -> !advice.isEmpty())
                                        .findFirst()
                                        .orElse("Mend the way there, and plan again: no BMC is left behind.")));
        if (unknown.isEmpty()) {
            wayBack();
        }
    }

    private String counts() {
        return live.values().stream()
                .collect(Collectors.groupingBy(Live::holds, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getValue() + " the " + entry.getKey().word())
                .collect(Collectors.joining(", "));
    }

    private void wayBack() {
        final List<String> forbidding = nodes.stream()
                .filter(node -> live.get(node)
                        .rules()
                        .filter(PasswordRules::forbidsTheWayBack)
                        .isPresent())
                .map(node -> node + words(live.get(node).rules().get()))
                .toList();
        add(
                forbidding.isEmpty()
                        ? Gate.passed(BmcCondition.WAY_BACK, "no BMC forbids to change the password back at once")
                        : Gate.unknown(
                                BmcCondition.WAY_BACK,
                                "it may not be changed back at once at " + Text.some(forbidding),
                                "Change that policy for the time being; or accept it: if something goes wrong in the"
                                        + " middle there is only the way on."));
    }

    private static String words(final PasswordRules rules) {
        return rules.keptFor().isZero()
                ? ", which remembers " + rules.remembered() + " passwords"
                : ", where a password is kept for " + rules.keptFor().toHours() + " hours at least";
    }

    private void password(final Passwords passwords, final Optional<BmcLogin> foreign, final Optional<BmcLogin> given) {
        if (gates.stream().anyMatch(gate -> gate.condition() == BmcCondition.PASSWORD)) {
            return;
        }
        if (foreign.isPresent()
                && given.filter(login -> !login.isSame(foreign.get())).isPresent()) {
            add(Gate.failed(
                    BmcCondition.PASSWORD,
                    "'" + world.store().name(Generation.PENDING)
                            + "' holds another one than the given, and some BMC may" + " take it",
                    "Go on with that one first, with generate: true, which takes what is pending."));
            return;
        }
        if (foreign.filter(passwords.current()::isSame).isPresent()) {
            final String pending = world.store().name(Generation.PENDING);
            add(Gate.failed(
                    BmcCondition.PASSWORD,
                    "'" + pending + "' holds the very password of '"
                            + world.store().name(Generation.CURRENT) + "'",
                    "Resume the update that left it; if there is none, delete '" + pending + "', and plan again."));
            return;
        }
        final Optional<BmcLogin> fresh = foreign.or(() -> given);
        final List<String> objections = fresh.isPresent()
                ? objections(fresh.get(), passwords.current())
                : PasswordRecipe.obstacle(rules).map(List::of).orElse(List.of());
        add(
                objections.isEmpty()
                        ? Gate.passed(
                                BmcCondition.PASSWORD,
                                fresh.isPresent()
                                        ? "it satisfies the stamp and every BMC that was asked"
                                        : "one can be made that satisfies the stamp and every BMC that was asked")
                        : Gate.failed(
                                BmcCondition.PASSWORD, Text.some(objections), "Give another one, as a credential."));
    }

    private List<String> objections(final BmcLogin fresh, final BmcLogin current) {
        final char[] password = fresh.password();
        try {
            final List<String> objections = rules.objections(password);
            if (!fresh.user().equals(current.user())) {
                objections.add("it is of user '" + fresh.user() + "', and the account of the BMCs is '" + current.user()
                        + "'; the user name is kept");
            }
            if (fresh.isSame(current)) {
                objections.add("it is the current one");
            }
            return objections;
        } finally {
            PasswordRules.wipe(password);
        }
    }

    private void cmdlet(final BmcWay way) throws InterruptedException {
        try {
            final Set<String> parameters = world.cmdlets().parameters();
            final List<String> missing = StampCredential.needed(way.bypasses()).stream()
                    .filter(parameter -> !parameters.contains(parameter))
                    .toList();
            add(
                    missing.isEmpty()
                            ? Gate.passed(BmcCondition.CMDLET, "Set-BmcCredential takes what the call gives it")
                            : Gate.failed(
                                    BmcCondition.CMDLET,
                                    "Set-BmcCredential of this stamp has no parameter " + String.join(", ", missing),
                                    "Look at Get-Command Set-BmcCredential on the privileged endpoint, and report it to"
                                            + " the plugin's maintainers."));
        } catch (NotKnownException e) {
            add(Gate.unknown(BmcCondition.CMDLET, e));
        }
    }

    /** The test logs on to every BMC with what the stamp keeps: not done where that is known to be wrong. */
    private void summary(final BmcWay way) throws InterruptedException {
        if (way == BmcWay.BYPASS) {
            add(Gate.passed(BmcCondition.SUMMARY, "not asked, since BMCs take another password than the stamp keeps"));
            return;
        }
        try {
            add(world.cmdlets()
                    .complaint()
                    .map(words -> Gate.failed(
                            BmcCondition.SUMMARY,
                            "AzsStampBMCSummary does not pass: " + words,
                            "The stamp does not get on with its BMCs as they are: mend that first. Which one it is says, at"
                                    + " the privileged endpoint, Test-AzureStack -Include AzsStampBMCSummary"
                                    + " -DetailedResults."))
                    .orElseGet(() -> Gate.passed(BmcCondition.SUMMARY, "AzsStampBMCSummary passes")));
        } catch (NotKnownException e) {
            add(Gate.unknown(BmcCondition.SUMMARY, e));
        }
    }

    private void add(final Gate gate) {
        gates.add(gate.accepting(accepted));
    }
}
