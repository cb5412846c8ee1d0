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
import java.util.function.Function;

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
        return visit(
                node,
                login,
                (session, mustChange) -> new Logon.Accepted(mustChange ? PasswordRules.SILENT : rules(node, session)),
                logon -> logon);
    }

    @Override
    public Change change(final BmcNode node, final BmcLogin login, final BmcLogin replacement)
            throws InterruptedException {
        return visit(
                node,
                login,
                (session, mustChange) -> changed(node, session, mustChange, replacement),
                Change.NotSent::new);
    }

    /** What is done by who is logged on; an exception says that nothing was changed. */
    private interface Visit<T> {
        /** @param mustChange whether nothing but a change of the password is allowed */
        T by(BmcSession session, boolean mustChange) throws BmcException, InterruptedException;
    }

    /**
     * Logs on, once, and off again.
     *
     * @param visit while logged on
     * @param otherwise what is made of a logon that did not lead there
     */
    private <T> T visit(
            final BmcNode node, final BmcLogin login, final Visit<T> visit, final Function<Logon, T> otherwise)
            throws InterruptedException {
        final LogOn logOn;
        final char[] password = login.password();
        try {
            logOn = meet(node).logOn(login.user(), password);
        } catch (BmcException e) {
            return otherwise.apply(new Logon.NotKnown(words(e), LOOK, false));
        } finally {
            Arrays.fill(password, '\0');
        }
        final Optional<BmcSession> opened = session(logOn);
        if (opened.isPresent()) {
            try (BmcSession session = opened.get()) {
                return visit.by(session, logOn instanceof LogOn.ChangeRequired);
            } catch (BmcException e) {
                return otherwise.apply(new Logon.NotKnown(words(e), LOOK, false));
            }
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("the logon was ended");
        }
        return otherwise.apply(unanswered(logOn));
    }

    /** The session of a logon that was accepted, be it only to change the password. */
    private static Optional<BmcSession> session(final LogOn logOn) {
        if (logOn instanceof LogOn.Accepted accepted) {
            return Optional.of(accepted.session());
        }
        return logOn instanceof LogOn.ChangeRequired required ? Optional.of(required.session()) : Optional.empty();
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

    private static Change changed(
            final BmcNode node, final BmcSession session, final boolean mustChange, final BmcLogin replacement)
            throws BmcException, InterruptedException {
        final char[] password = replacement.password();
        try {
            if (mustChange) {
                return change(session.changeRequiredPassword(password));
            }
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
