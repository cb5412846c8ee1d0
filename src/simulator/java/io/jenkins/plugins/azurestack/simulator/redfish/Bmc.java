package io.jenkins.plugins.azurestack.simulator.redfish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;
import io.jenkins.plugins.azurestack.simulator.http.HttpListener;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Faults;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import io.jenkins.plugins.azurestack.simulator.world.StateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The BMC of one node: a Redfish service on loopback, and the way in that the stamp itself has. Its accounts are kept,
 * its sessions end with it. Thread-safe.
 */
public final class Bmc implements AutoCloseable {
    /** What the ledger calls the connection that the stamp itself has. */
    public static final String STAMP = "stamp";

    private final Node node;
    private final Accounts accounts;
    private final Access access;
    private final Changes changes;
    private final RedfishService service;
    private final StampTime time;
    private final Faults faults;
    private final HttpListener listener;
    private final Supplier<IssuedCertificate> issued;
    private IssuedCertificate certificate;

    /**
     * @param userName of the account that the stamp uses, unless another state was kept
     * @param password of that account, not copied to anywhere but the state
     * @param issued asked once, when the first client comes
     */
    Bmc(
            final Node node,
            final String userName,
            final char[] password,
            final Supplier<IssuedCertificate> issued,
            final BmcWorld world)
            throws IOException {
        final Firmware firmware = node.flavour().firmware();
        final String section = "bmc-" + node.name();
        this.node = node;
        this.issued = issued;
        this.time = world.time();
        this.faults = world.faults();
        this.accounts = new Accounts(
                time, json -> keep(world.state(), section, json), firmware.passwordPolicy(), firmware.lockoutPolicy());
        firmware.furnish(accounts, userName, new String(password));
        world.state().read(section).ifPresent(accounts::restore);
        final Sessions sessions =
                new Sessions(time, world.random(), firmware.sessionLimit(), firmware.sessionTimeout());
        this.access = new Access(node.name(), accounts, sessions, faults);
        final Resources resources = new Resources(node, accounts, sessions, time);
        this.changes = new Changes(node, accounts, sessions, access, resources, faults);
        this.service = new RedfishService(node, accounts, sessions, access, resources, changes, world);
        this.listener = HttpListener.tls(
                "bmc " + node.name(), service, this::certificate, world.random(), this::meetsClosedDoor);
    }

    private static void keep(final StateStore state, final String section, final ObjectNode json) {
        try {
            state.write(section, json);
        } catch (IOException e) {
            throw new UncheckedIOException("What " + section + " knows can't be kept", e);
        }
    }

    private boolean meetsClosedDoor() {
        final boolean down = faults.strikes(Fault.ENDPOINT_DOWN, node.name());
        if (down) {
            service.record(time.now(), "", "", "connect", Map.of(), "endpoint down");
        }
        return down;
    }

    /** Whose BMC it is. */
    public Node node() {
        return node;
    }

    /** Where it listens, on loopback. */
    public InetSocketAddress address() {
        return listener.address();
    }

    /** What it proves itself with. */
    public synchronized IssuedCertificate certificate() {
        if (certificate == null) {
            certificate = issued.get();
        }
        return certificate;
    }

    /** Lets it prove itself with another certificate, from the next connection on. */
    public synchronized void serve(final IssuedCertificate other) {
        certificate = Objects.requireNonNull(other, "other");
    }

    /** Lets every answer take so long, by the clock outside. */
    public void setLatency(final Duration each) {
        service.setLatency(each);
    }

    /** Lets it make something else of {@code If-Match} than its vendor does; not kept. */
    public void setEtagHabit(final EtagHabit habit) {
        changes.setEtagHabit(habit);
    }

    /** What its passwords must be like. */
    public PasswordPolicy passwordPolicy() {
        return accounts.passwordPolicy();
    }

    /** Sets what its passwords must be like; those that there are stay. */
    public void setPasswordPolicy(final PasswordPolicy policy) {
        accounts.setPasswordPolicy(policy);
    }

    /** When its accounts are locked. */
    public LockoutPolicy lockoutPolicy() {
        return accounts.lockoutPolicy();
    }

    /** Sets when its accounts are locked. */
    public void setLockoutPolicy(final LockoutPolicy policy) {
        accounts.setLockoutPolicy(policy);
    }

    /**
     * The password that really opens it, seen without a logon.
     *
     * @return a copy that the caller wipes; empty if it has no such account
     */
    public Optional<char[]> password(final String userName) {
        return accounts.password(userName);
    }

    /** Whether an account is locked now, seen without a logon. */
    public boolean isLocked(final String userName) {
        return accounts.byName(userName).filter(AccountView::locked).isPresent();
    }

    /** Locks an account as its policy does. */
    public void lock(final String userName) {
        accounts.lock(userName);
    }

    /** Lets an account's password be one that must be changed before anything else. */
    public void requirePasswordChange(final String userName) {
        accounts.change(idOf(userName), account -> account.setChangeRequired(true));
    }

    /** Changes a password as if somebody had done so with the vendor's own tools, whatever the policy says. */
    public void changeElsewhere(final String userName, final char[] password) {
        access.setPassword(idOf(userName), new String(password));
    }

    private String idOf(final String userName) {
        return accounts.byName(userName)
                .orElseThrow(() -> new IllegalArgumentException(
                        "The BMC of " + node.name() + " has no account '" + userName + "'"))
                .id();
    }

    /** What came of something that the stamp did to a BMC. */
    public enum Outcome {
        DONE,
        /** A user or password that the BMC does not take. */
        REFUSED_LOGON,
        /** The account is locked, whatever the password. */
        LOCKED,
        /** The BMC does not take the new user or password. */
        REFUSED_CHANGE,
        /** Nothing came to the BMC. */
        UNREACHABLE,
        /** It is done, but the stamp can't know. */
        ANSWER_LOST
    }

    /** Tries a credential as the stamp does; a wrong one counts as it does for anybody. */
    public Outcome logOn(final String userName, final char[] password) throws InterruptedException {
        final Instant at = time.now();
        service.pause();
        return entered(at, userName, "stamp logon", isReachable() ? tried(userName, password) : Outcome.UNREACHABLE);
    }

    /**
     * Sets a credential as the stamp does ({@code Set-BmcCredential} from 1910): logs on with the one that it knows,
     * then changes it, under the same policy as anybody.
     *
     * @param newUserName the same, or what the account is called from now on
     */
    public Outcome setCredential(
            final String userName, final char[] password, final String newUserName, final char[] newPassword)
            throws InterruptedException {
        final Instant at = time.now();
        service.pause();
        Outcome outcome = isReachable() ? tried(userName, password) : Outcome.UNREACHABLE;
        if (outcome == Outcome.DONE) {
            outcome = changed(userName, newUserName, new String(newPassword));
        }
        return entered(at, userName, "stamp set credential", outcome);
    }

    private boolean isReachable() {
        return !faults.strikes(Fault.ENDPOINT_DOWN, node.name()) && !faults.strikes(Fault.RESET, node.name());
    }

    private Outcome tried(final String userName, final char[] password) {
        return switch (access.logOn(userName, new String(password)).verdict()) {
            case ACCEPTED -> Outcome.DONE;
            case LOCKED -> Outcome.LOCKED;
            case WRONG_PASSWORD, UNKNOWN_USER, DISABLED -> Outcome.REFUSED_LOGON;
        };
    }

    private Outcome changed(final String userName, final String newUserName, final String newPassword) {
        final String id = idOf(userName);
        final boolean renamed = !newUserName.equals(userName);
        if (renamed && accounts.byName(newUserName).isPresent()
                || access.violation(id, newPassword).isPresent()) {
            return Outcome.REFUSED_CHANGE;
        }
        if (renamed) {
            accounts.change(id, account -> account.setUserName(newUserName));
        }
        access.setPassword(id, newPassword);
        return faults.strikes(Fault.ANSWER_LOST, node.name()) ? Outcome.ANSWER_LOST : Outcome.DONE;
    }

    private Outcome entered(final Instant at, final String userName, final String action, final Outcome outcome) {
        final boolean proved =
                outcome == Outcome.DONE || outcome == Outcome.ANSWER_LOST || outcome == Outcome.REFUSED_CHANGE;
        final String word =
                switch (outcome) {
                    case DONE, ANSWER_LOST -> Ledger.Call.DONE;
                    case REFUSED_LOGON -> LogOn.Verdict.WRONG_PASSWORD.word();
                    case LOCKED -> LogOn.Verdict.LOCKED.word();
                    case REFUSED_CHANGE -> "refused";
                    case UNREACHABLE -> "unreachable";
                };
        final Map<String, String> details = outcome == Outcome.ANSWER_LOST
                ? Map.of("delivery", HttpAnswer.Delivery.LOST.name())
                : proved ? Map.of() : Map.of("user", userName);
        service.record(at, STAMP, proved ? userName : "", action, details, word);
        return outcome;
    }

    /** Drops every connection that is open, and goes on listening. */
    public void dropConnections() throws IOException {
        listener.dropConnections();
    }

    /** Stops listening and drops every connection. */
    @Override
    public void close() throws IOException {
        listener.close();
    }
}
