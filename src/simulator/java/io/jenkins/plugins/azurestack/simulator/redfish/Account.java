package io.jenkins.plugins.azurestack.simulator.redfish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An account or an empty slot of a BMC. Not thread-safe: {@link Accounts} guards it. */
final class Account {
    /** More than any policy remembers. */
    private static final int KEPT = 10;

    private final String id;
    private final List<String> passwords = new ArrayList<>();
    private String userName;
    private String roleId;
    private boolean enabled;
    private boolean changeRequired;
    private int version = 1;
    private Instant changedAt;
    private int failures;
    private Instant lastFailure = Instant.EPOCH;
    private Instant lockedUntil = Instant.EPOCH;

    /**
     * @param password its first one; empty for an empty slot
     * @param changedAt when it got it
     */
    Account(
            final String id,
            final String userName,
            final String password,
            final String roleId,
            final boolean enabled,
            final Instant changedAt) {
        this.id = id;
        this.userName = userName;
        this.passwords.add(password);
        this.roleId = roleId;
        this.enabled = enabled;
        this.changedAt = changedAt;
    }

    /** An account as it was written by {@link #json}. */
    static Account read(final JsonNode json) {
        final Account account = new Account(
                json.get("id").asText(),
                json.get("userName").asText(),
                "",
                json.get("roleId").asText(),
                json.get("enabled").asBoolean(),
                Instant.parse(json.get("changedAt").asText()));
        account.passwords.clear();
        json.get("passwords").forEach(password -> account.passwords.add(password.asText()));
        account.changeRequired = json.get("changeRequired").asBoolean();
        account.version = json.get("version").asInt();
        account.failures = json.get("failures").asInt();
        account.lastFailure = Instant.parse(json.get("lastFailure").asText());
        account.lockedUntil = Instant.parse(json.get("lockedUntil").asText());
        return account;
    }

    /** All of it, the passwords too. */
    ObjectNode json() {
        final ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("userName", userName)
                .put("roleId", roleId)
                .put("enabled", enabled)
                .put("changeRequired", changeRequired)
                .put("version", version)
                .put("changedAt", changedAt.toString())
                .put("failures", failures)
                .put("lastFailure", lastFailure.toString())
                .put("lockedUntil", lockedUntil.toString());
        passwords.forEach(json.putArray("passwords")::add);
        return json;
    }

    AccountView view(final Instant now) {
        return new AccountView(id, userName, roleId, enabled, isLocked(now), changeRequired, version);
    }

    String id() {
        return id;
    }

    String userName() {
        return userName;
    }

    String password() {
        return passwords.get(0);
    }

    boolean isEnabled() {
        return enabled;
    }

    boolean isLocked(final Instant now) {
        return now.isBefore(lockedUntil);
    }

    Optional<PasswordPolicy.Violation> violation(
            final PasswordPolicy policy, final String password, final Instant now) {
        return policy.violation(password, passwords, Duration.between(changedAt, now));
    }

    void setPassword(final String password, final Instant now) {
        passwords.add(0, password);
        if (passwords.size() > KEPT) {
            passwords.remove(KEPT);
        }
        changedAt = now;
        changeRequired = false;
        touch();
    }

    void setUserName(final String name) {
        userName = name;
        touch();
    }

    void setRoleId(final String role) {
        roleId = role;
        touch();
    }

    void setEnabled(final boolean yes) {
        enabled = yes;
        touch();
    }

    void setChangeRequired(final boolean yes) {
        changeRequired = yes;
        touch();
    }

    /** As if somebody else had changed something that nobody looks at. */
    void touch() {
        version++;
    }

    void lock(final Instant now, final Duration duration) {
        // A lock without an end is lifted by an administrator only.
        lockedUntil = duration.isZero() ? Instant.MAX : now.plus(duration);
        failures = 0;
    }

    void unlock() {
        lockedUntil = Instant.EPOCH;
        failures = 0;
    }

    /** A wrong password was given. */
    void refuse(final Instant now, final LockoutPolicy policy) {
        if (!now.isBefore(lastFailure.plus(policy.resetAfter()))) {
            failures = 0;
        }
        failures++;
        lastFailure = now;
        if (policy.threshold() > 0 && failures >= policy.threshold()) {
            lock(now, policy.duration());
        }
    }

    /**
     * The right password was given.
     *
     * @return whether that changed anything
     */
    boolean accept() {
        final boolean changed = failures > 0;
        failures = 0;
        return changed;
    }

    @Override
    public String toString() {
        return "account " + id;
    }
}
