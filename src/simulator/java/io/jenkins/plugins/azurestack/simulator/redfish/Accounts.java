package io.jenkins.plugins.azurestack.simulator.redfish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The accounts of one BMC and its two policies. Every change is kept before the method that makes it returns.
 * Thread-safe.
 */
final class Accounts {
    /** The instant that a new account's password is said to be from: no interval holds it back. */
    private static final Duration LONG_AGO = Duration.ofDays(365);

    private final StampTime time;
    private final Consumer<ObjectNode> kept;
    private final List<Account> accounts = new ArrayList<>();
    private PasswordPolicy passwords;
    private LockoutPolicy lockout;

    /** @param kept gets all there is to keep after each change */
    Accounts(
            final StampTime time,
            final Consumer<ObjectNode> kept,
            final PasswordPolicy passwords,
            final LockoutPolicy lockout) {
        this.time = time;
        this.kept = kept;
        this.passwords = passwords;
        this.lockout = lockout;
    }

    /** Adds an account without keeping it: a fresh BMC has the same ones again. */
    synchronized void begin(
            final String id, final String userName, final String password, final String roleId, final boolean enabled) {
        accounts.add(
                new Account(id, userName, password, roleId, enabled, time.now().minus(LONG_AGO)));
    }

    /** Takes over what was kept. */
    synchronized void restore(final JsonNode json) {
        accounts.clear();
        json.get("accounts").forEach(account -> accounts.add(Account.read(account)));
        passwords = new PasswordPolicy(
                json.get("minLength").asInt(),
                json.get("maxLength").asInt(),
                json.get("kinds").asInt(),
                json.get("remembered").asInt(),
                Duration.parse(json.get("changeInterval").asText()));
        lockout = new LockoutPolicy(
                json.get("lockoutThreshold").asInt(),
                Duration.parse(json.get("lockoutDuration").asText()),
                Duration.parse(json.get("lockoutResetAfter").asText()));
    }

    private void keep() {
        final ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("minLength", passwords.minLength())
                .put("maxLength", passwords.maxLength())
                .put("kinds", passwords.kinds())
                .put("remembered", passwords.remembered())
                .put("changeInterval", passwords.changeInterval().toString())
                .put("lockoutThreshold", lockout.threshold())
                .put("lockoutDuration", lockout.duration().toString())
                .put("lockoutResetAfter", lockout.resetAfter().toString());
        final ArrayNode all = json.putArray("accounts");
        accounts.forEach(account -> all.add(account.json()));
        kept.accept(json);
    }

    synchronized PasswordPolicy passwordPolicy() {
        return passwords;
    }

    synchronized LockoutPolicy lockoutPolicy() {
        return lockout;
    }

    synchronized void setPasswordPolicy(final PasswordPolicy policy) {
        passwords = policy;
        keep();
    }

    synchronized void setLockoutPolicy(final LockoutPolicy policy) {
        lockout = policy;
        keep();
    }

    synchronized List<AccountView> all() {
        final Instant now = time.now();
        return accounts.stream().map(account -> account.view(now)).toList();
    }

    Optional<AccountView> byId(final String id) {
        return view(account -> account.id().equals(id));
    }

    Optional<AccountView> byName(final String userName) {
        return view(named(userName));
    }

    private synchronized Optional<AccountView> view(final Predicate<Account> wanted) {
        return find(wanted).map(account -> account.view(time.now()));
    }

    private Optional<Account> find(final Predicate<Account> wanted) {
        return accounts.stream().filter(wanted).findFirst();
    }

    /** The password that an account has, as a copy; empty if nobody is called that. */
    synchronized Optional<char[]> password(final String userName) {
        return find(named(userName)).map(account -> account.password().toCharArray());
    }

    private static Predicate<Account> named(final String userName) {
        return account -> !userName.isEmpty() && account.userName().equals(userName);
    }

    /** Tries to log on, which counts. */
    synchronized LogOn logOn(final String userName, final String password) {
        final Instant now = time.now();
        final LockoutPolicy policy = lockout;
        final Optional<Account> named = find(named(userName));
        return new LogOn(
                named.map(account -> judge(account, password, now, policy)).orElse(LogOn.Verdict.UNKNOWN_USER),
                named.map(account -> account.view(now)));
    }

    private LogOn.Verdict judge(
            final Account account, final String password, final Instant now, final LockoutPolicy policy) {
        if (account.isLocked(now)) {
            return LogOn.Verdict.LOCKED;
        }
        if (!account.password().equals(password)) {
            account.refuse(now, policy);
            keep();
            return LogOn.Verdict.WRONG_PASSWORD;
        }
        if (!account.isEnabled()) {
            return LogOn.Verdict.DISABLED;
        }
        if (account.accept()) {
            keep();
        }
        return LogOn.Verdict.ACCEPTED;
    }

    /** Locks an account as the policy does, if there is one of that name. */
    synchronized void lock(final String userName) {
        final Duration duration = lockout.duration();
        find(named(userName)).ifPresent(account -> {
            account.lock(time.now(), duration);
            keep();
        });
    }

    /**
     * What speaks against a password for an account.
     *
     * @param id of the account; an unknown one stands for an account that is to be
     */
    synchronized Optional<PasswordPolicy.Violation> violation(final String id, final String password) {
        final Instant now = time.now();
        return find(account -> account.id().equals(id))
                .filter(account -> !account.userName().isEmpty())
                .map(account -> account.violation(passwords, password, now))
                .orElseGet(() -> passwords.violation(password, List.of(), LONG_AGO));
    }

    /**
     * Applies a change to an account and keeps it.
     *
     * @param id of an account that there is
     * @return the account afterwards
     */
    synchronized AccountView change(final String id, final Consumer<Account> change) {
        final Account account = find(one -> one.id().equals(id)).orElseThrow();
        change.accept(account);
        keep();
        return account.view(time.now());
    }

    /** Applies a password to an account, with the time that it is now. */
    AccountView setPassword(final String id, final String password) {
        return change(id, account -> account.setPassword(password, time.now()));
    }

    /** Adds an account under the lowest number that is free. */
    synchronized AccountView create(
            final String userName, final String password, final String roleId, final boolean enabled) {
        int id = 1;
        while (isTaken(Integer.toString(id))) {
            id++;
        }
        final Account account = new Account(Integer.toString(id), userName, password, roleId, enabled, time.now());
        accounts.add(account);
        keep();
        return account.view(time.now());
    }

    private boolean isTaken(final String id) {
        return find(account -> account.id().equals(id)).isPresent();
    }

    synchronized void remove(final String id) {
        accounts.removeIf(account -> account.id().equals(id));
        keep();
    }
}
