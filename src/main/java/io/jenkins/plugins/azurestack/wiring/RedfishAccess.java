package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.bmc.BmcAccess;
import io.jenkins.plugins.azurestack.bmc.BmcLogin;
import io.jenkins.plugins.azurestack.bmc.BmcNode;
import io.jenkins.plugins.azurestack.bmc.PasswordRules;
import io.jenkins.plugins.azurestack.net.http.Fingerprint;
import io.jenkins.plugins.azurestack.net.http.TlsTrust;
import io.jenkins.plugins.azurestack.redfish.Account;
import io.jenkins.plugins.azurestack.redfish.AccountPolicy;
import io.jenkins.plugins.azurestack.redfish.Bmc;
import io.jenkins.plugins.azurestack.redfish.BmcAddress;
import io.jenkins.plugins.azurestack.redfish.BmcException;
import io.jenkins.plugins.azurestack.redfish.BmcSession;
import io.jenkins.plugins.azurestack.redfish.IfMatch;
import io.jenkins.plugins.azurestack.redfish.LogOn;
import io.jenkins.plugins.azurestack.redfish.PasswordChange;
import io.jenkins.plugins.azurestack.redfish.Redfish;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The BMCs as the engine wants them, over Redfish. A BMC is met once, and asked once what it wants of passwords. Safe for
 * use by several threads, of which each asks another BMC.
 */
final class RedfishAccess implements BmcAccess {
    private static final String LOOK = "Look at the way to the BMC, at its certificate and at its state.";
    /** What 'complex' asks for where it is not said how. */
    private static final int COMPLEX = 3;

    private final Redfish redfish;
    private final TlsTrust roots;
    private final SecureRandom random;
    private final Map<BmcNode, Bmc> met = new ConcurrentHashMap<>();
    private final Map<BmcNode, PasswordRules> rules = new ConcurrentHashMap<>();

    /** @param roots whom to believe where no certificate is accepted */
    RedfishAccess(final Redfish redfish, final TlsTrust roots, final SecureRandom random) {
        this.redfish = Objects.requireNonNull(redfish, "redfish");
        this.roots = Objects.requireNonNull(roots, "roots");
        this.random = Objects.requireNonNull(random, "random");
    }

    @Override
    public Logon logOn(final BmcNode node, final BmcLogin login) throws InterruptedException {
        return visit(node, login, session -> {}, logon -> logon);
    }

    @Override
    public Change change(final BmcNode node, final BmcLogin login, final BmcLogin replacement)
            throws InterruptedException {
        final Change[] change = new Change[1];
        return visit(
                node,
                login,
                session -> change[0] = changed(node, session, replacement),
                logon -> change[0] == null ? new Change.NotSent(logon) : change[0]);
    }

    /** What is done by who logged on. */
    private interface Visit {
        void by(LogOn logOn) throws BmcException, InterruptedException;
    }

    /** What is made of a logon. */
    private interface Outcome<T> {
        T of(Logon logon);
    }

    private <T> T visit(final BmcNode node, final BmcLogin login, final Visit visit, final Outcome<T> outcome)
            throws InterruptedException {
        final Bmc bmc;
        try {
            bmc = meet(node);
        } catch (BmcException e) {
            return outcome.of(new Logon.NotKnown(words(e), LOOK, false));
        }
        final char[] password = login.password();
        final LogOn logOn;
        try {
            logOn = bmc.logOn(login.user(), password);
        } finally {
            Arrays.fill(password, '\0');
        }
        if (logOn instanceof LogOn.Accepted accepted) {
            try (BmcSession session = accepted.session()) {
                final Logon known = new Logon.Accepted(rules(node, session));
                visit.by(accepted);
                return outcome.of(known);
            } catch (BmcException e) {
                return outcome.of(new Logon.NotKnown(words(e), LOOK, false));
            }
        }
        if (logOn instanceof LogOn.ChangeRequired required) {
            try (BmcSession session = required.session()) {
                Objects.requireNonNull(session, "session");
                visit.by(required);
                return outcome.of(new Logon.Accepted(PasswordRules.SILENT));
            } catch (BmcException e) {
                return outcome.of(new Logon.NotKnown(words(e), LOOK, false));
            }
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("the logon was ended");
        }
        return outcome.of(unanswered(logOn));
    }

    private Bmc meet(final BmcNode node) throws BmcException, InterruptedException {
        final Bmc known = met.get(node);
        if (known != null) {
            return known;
        }
        final TlsTrust trust = node.fingerprint().isPresent()
                ? TlsTrust.pinned(Fingerprint.parse(node.fingerprint().get()), random)
                : roots;
        final Bmc bmc = redfish.open(BmcAddress.of(node.address()), trust);
        met.put(node, bmc);
        return bmc;
    }

    private static Logon unanswered(final LogOn logOn) {
        if (logOn instanceof LogOn.Refused) {
            return new Logon.Refused(Text.printable(logOn.words()));
        }
        if (logOn instanceof LogOn.Locked) {
            return new Logon.Locked(Text.printable(logOn.words()), Optional.empty());
        }
        return new Logon.NotKnown(Text.printable(logOn.words()), LOOK, logOn.mayHaveCounted());
    }

    private static Change changed(final BmcNode node, final LogOn logOn, final BmcLogin replacement)
            throws BmcException, InterruptedException {
        final char[] password = replacement.password();
        try {
            if (logOn instanceof LogOn.ChangeRequired required) {
                return change(required.session().changeRequiredPassword(password));
            }
            final BmcSession session = ((LogOn.Accepted) logOn).session();
            final Optional<Account> account = session.account(replacement.user());
            if (account.isEmpty()) {
                return new Change.Rejected(node + " has no account '" + replacement.user() + "' that can be seen");
            }
            final PasswordChange first = session.changePassword(account.get(), password);
            // Nothing was changed by one whose precondition failed: the account is read again, once.
            return first instanceof PasswordChange.PreconditionFailed
                    ? change(session.changePassword(session.read(account.get()), password, IfMatch.USUAL))
                    : change(first);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static Change change(final PasswordChange change) {
        final String words = Text.printable(change.words());
        if (change instanceof PasswordChange.Changed) {
            return new Change.Changed();
        }
        return change instanceof PasswordChange.Unknown ? new Change.Lost(words) : new Change.Rejected(words);
    }

    private PasswordRules rules(final BmcNode node, final BmcSession session) throws InterruptedException {
        final PasswordRules known = rules.get(node);
        if (known != null) {
            return known;
        }
        try {
            final PasswordRules read = rules(session.policy());
            rules.put(node, read);
            return read;
        } catch (BmcException e) {
            // It takes the password all the same, and says by its answer to a change what it wants.
            return PasswordRules.SILENT;
        }
    }

    private static PasswordRules rules(final AccountPolicy policy) {
        return new PasswordRules(
                policy.minPasswordLength().orElse(1),
                policy.maxPasswordLength().orElse(PasswordRules.LONGEST),
                policy.complexPassword().filter(Boolean::booleanValue).isPresent() ? COMPLEX : 0,
                policy.minimumChangeInterval().orElse(Duration.ZERO),
                policy.reuseCycle().orElse(0),
                boxed(policy.lockoutThreshold()),
                policy.lockoutDuration().filter(time -> !time.isZero()),
                policy.lockoutCounterReset().filter(time -> !time.isZero()));
    }

    private static Optional<Integer> boxed(final OptionalInt number) {
        return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
    }

    private static String words(final BmcException failure) {
        return Text.printable(failure.getMessage());
    }
}
