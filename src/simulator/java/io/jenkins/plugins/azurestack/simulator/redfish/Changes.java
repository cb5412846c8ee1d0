package io.jenkins.plugins.azurestack.simulator.redfish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The requests that change something on one BMC. Each is checked whole, then done whole, one at a time. */
final class Changes {
    private static final String PASSWORD = "Password";
    private static final String USER_NAME = "UserName";
    private static final String ROLE_ID = "RoleId";
    private static final String ENABLED = "Enabled";
    private static final String CHANGE_REQUIRED = "PasswordChangeRequired";
    private static final int LONGEST_TIMEOUT = 86400;
    private static final int SHORTEST_TIMEOUT = 30;

    private final String node;
    private final Firmware firmware;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Access access;
    private final Resources resources;
    private final Faults faults;
    private EtagHabit etags;

    Changes(
            final Node node,
            final Accounts accounts,
            final Sessions sessions,
            final Access access,
            final Resources resources,
            final Faults faults) {
        this.node = node.name();
        this.firmware = node.flavour().firmware();
        this.accounts = accounts;
        this.sessions = sessions;
        this.access = access;
        this.resources = resources;
        this.faults = faults;
        this.etags = firmware.etagHabit();
    }

    synchronized void setEtagHabit(final EtagHabit habit) {
        etags = habit;
    }

    /** Makes an account. */
    synchronized Reply create(final Exchange exchange, final Caller caller) throws RefusedException {
        final Body body = Body.of(exchange.request(), firmware);
        exchange.detail("properties", String.join(",", body.properties()));
        requireAdministrator(caller);
        final String userName = body.text(USER_NAME);
        final String password = body.text(PASSWORD);
        final String role = role(body);
        requireFree(userName);
        requireGood("", password);
        if (accounts.all().size() >= firmware.accountLimit()) {
            throw firmware.refusal(Reason.CREATE_LIMIT);
        }
        final boolean enabled = body.property(ENABLED).isEmpty() || body.flag(ENABLED);
        final boolean required = body.property(CHANGE_REQUIRED).isPresent() && body.flag(CHANGE_REQUIRED);
        AccountView made = accounts.create(userName, password, role, enabled);
        if (required) {
            made = accounts.change(made.id(), account -> account.setChangeRequired(true));
        }
        final String path = firmware.accountsPath() + "/" + made.id();
        return Reply.of(201, resources.account(made)).with("Location", firmware.location(path, exchange.host()));
    }

    /** Deletes an account. */
    synchronized Reply delete(final Exchange exchange, final Caller caller, final AccountView account)
            throws RefusedException {
        requireAdministrator(caller);
        requireMatch(exchange, account);
        accounts.remove(account.id());
        sessions.closeOf(account.id());
        return Reply.of(204);
    }

    /** Changes an account, or fills or empties a slot. */
    synchronized Reply patch(final Exchange exchange, final Caller caller, final AccountView account)
            throws RefusedException {
        final Body body = Body.of(exchange.request(), firmware);
        exchange.detail("properties", String.join(",", body.properties()));
        requireMay(caller, account, body);
        requireMatch(exchange, account);
        final List<Consumer<Account>> changes = new ArrayList<>();
        for (final String property : body.properties()) {
            change(property, body, account).ifPresent(changes::add);
        }
        if (account.isEmptySlot() && body.property(USER_NAME).isEmpty()) {
            throw firmware.refusal(Reason.PROPERTY_MISSING, USER_NAME);
        }
        AccountView changed = account;
        for (final Consumer<Account> change : changes) {
            changed = accounts.change(account.id(), change);
        }
        if (body.property(PASSWORD).isPresent()) {
            changed = access.setPassword(account.id(), body.text(PASSWORD));
        }
        return withEtag(firmware.changed(resources.account(changed)), firmware.accountEtag(changed));
    }

    private Reply withEtag(final Reply reply, final String etag) {
        return firmware.sendsEtagHeader() ? reply.with("ETag", etag) : reply;
    }

    /** The change that a property stands for; none for the password, whose time has not come. */
    private Optional<Consumer<Account>> change(final String property, final Body body, final AccountView account)
            throws RefusedException {
        switch (property) {
            case PASSWORD -> {
                requireGood(account.id(), body.text(PASSWORD));
                return Optional.empty();
            }
            case USER_NAME -> {
                final String name = body.text(USER_NAME);
                if (!name.equals(account.userName())) {
                    requireFree(name);
                }
                return Optional.of(changed -> changed.setUserName(name));
            }
            case ROLE_ID -> {
                final String role = role(body);
                return Optional.of(changed -> changed.setRoleId(role));
            }
            case ENABLED -> {
                final boolean enabled = body.flag(ENABLED);
                return Optional.of(changed -> changed.setEnabled(enabled));
            }
            case CHANGE_REQUIRED -> {
                final boolean required = body.flag(CHANGE_REQUIRED);
                return Optional.of(changed -> changed.setChangeRequired(required));
            }
            case "Locked" -> {
                if (body.flag("Locked")) {
                    throw firmware.refusal(Reason.NOT_IN_LIST, "true", "Locked");
                }
                return Optional.of(Account::unlock);
            }
            case "Oem" -> {
                return Optional.empty();
            }
            default ->
                throw firmware.refusal(
                        resources.account(account).has(property)
                                ? Reason.PROPERTY_NOT_WRITABLE
                                : Reason.PROPERTY_UNKNOWN,
                        property);
        }
    }

    /** Changes attributes of a Dell BMC, of which only user 2's password is one. */
    synchronized Reply patchAttributes(final Exchange exchange, final Caller caller) throws RefusedException {
        final Body body = Body.of(exchange.request(), firmware);
        final JsonNode password = body.property("Attributes")
                .map(attributes -> attributes.get(Idrac.PASSWORD_ATTRIBUTE))
                .filter(JsonNode::isTextual)
                .orElseThrow(() -> firmware.refusal(Reason.PROPERTY_MISSING, Idrac.PASSWORD_ATTRIBUTE));
        exchange.detail("properties", Idrac.PASSWORD_ATTRIBUTE);
        requireAdministrator(caller);
        requireGood(Idrac.ATTRIBUTE_USER, password.asText());
        access.setPassword(Idrac.ATTRIBUTE_USER, password.asText());
        return firmware.changed(Firmware.object());
    }

    /** Changes when accounts are locked. */
    synchronized Reply patchAccountService(final Exchange exchange, final Caller caller) throws RefusedException {
        final Body body = Body.of(exchange.request(), firmware);
        exchange.detail("properties", String.join(",", body.properties()));
        requireAdministrator(caller);
        requireMatch(exchange, Firmware.ACCOUNT_SERVICE);
        LockoutPolicy policy = accounts.lockoutPolicy();
        for (final String property : body.properties()) {
            policy = switch (property) {
                case "AccountLockoutThreshold" ->
                    new LockoutPolicy(body.number(property), policy.duration(), policy.resetAfter());
                case "AccountLockoutDuration" ->
                    new LockoutPolicy(
                            policy.threshold(), Duration.ofSeconds(body.number(property)), policy.resetAfter());
                case "AccountLockoutCounterResetAfter" ->
                    new LockoutPolicy(policy.threshold(), policy.duration(), Duration.ofSeconds(body.number(property)));
                default -> throw notWritable(Firmware.ACCOUNT_SERVICE, property);
            };
        }
        accounts.setLockoutPolicy(policy);
        return changedService(Firmware.ACCOUNT_SERVICE);
    }

    /** Changes when sessions end. */
    synchronized Reply patchSessionService(final Exchange exchange, final Caller caller) throws RefusedException {
        final Body body = Body.of(exchange.request(), firmware);
        exchange.detail("properties", String.join(",", body.properties()));
        requireAdministrator(caller);
        requireMatch(exchange, Firmware.SESSION_SERVICE);
        for (final String property : body.properties()) {
            if (!property.equals("SessionTimeout")) {
                throw notWritable(Firmware.SESSION_SERVICE, property);
            }
        }
        final int seconds = body.number("SessionTimeout");
        if (seconds < SHORTEST_TIMEOUT || seconds > LONGEST_TIMEOUT) {
            throw firmware.refusal(Reason.PROPERTY_FORMAT, Integer.toString(seconds), "SessionTimeout");
        }
        sessions.setTimeout(Duration.ofSeconds(seconds));
        return changedService(Firmware.SESSION_SERVICE);
    }

    private Reply changedService(final String path) {
        final ObjectNode service = read(path);
        return withEtag(firmware.changed(service), Resources.etag(service));
    }

    private ObjectNode read(final String path) {
        return resources.read(path, Duration.ZERO).orElseThrow();
    }

    private RefusedException notWritable(final String path, final String property) {
        return firmware.refusal(
                read(path).has(property) ? Reason.PROPERTY_NOT_WRITABLE : Reason.PROPERTY_UNKNOWN, property);
    }

    private void requireAdministrator(final Caller caller) throws RefusedException {
        if (!caller.account().isAdministrator()) {
            throw firmware.refusal(Reason.INSUFFICIENT_PRIVILEGE);
        }
    }

    private void requireMay(final Caller caller, final AccountView account, final Body body) throws RefusedException {
        final boolean ownPassword =
                caller.owns(account.id()) && body.properties().equals(List.of(PASSWORD));
        if (!ownPassword) {
            requireAdministrator(caller);
        }
        if (firmware.isReserved(account.id())) {
            throw firmware.refusal(
                    Reason.PROPERTY_NOT_WRITABLE,
                    body.properties().isEmpty() ? "Id" : body.properties().get(0));
        }
        if (caller.account().changeRequired() && !ownPassword) {
            throw firmware.refusal(
                    Reason.PASSWORD_CHANGE_REQUIRED.status(),
                    firmware.changeRequired(firmware.link(
                            firmware.accountsPath() + "/" + caller.account().id())));
        }
    }

    private void requireFree(final String userName) throws RefusedException {
        if (accounts.byName(userName).isPresent()) {
            throw firmware.refusal(Reason.ALREADY_EXISTS, "ManagerAccount", USER_NAME, userName);
        }
        if (userName.isEmpty() && !firmware.hasSlots()) {
            throw firmware.refusal(Reason.PROPERTY_FORMAT, userName, USER_NAME);
        }
    }

    private void requireGood(final String accountId, final String password) throws RefusedException {
        final Optional<PasswordPolicy.Violation> violation = access.violation(accountId, password);
        if (violation.isPresent()) {
            throw firmware.refusal(400, firmware.rejected(violation.get(), accounts.passwordPolicy()));
        }
    }

    private String role(final Body body) throws RefusedException {
        final String role = body.text(ROLE_ID);
        if (!resources.isRole(role)) {
            throw firmware.refusal(Reason.NOT_IN_LIST, role, ROLE_ID);
        }
        return role;
    }

    private void requireMatch(final Exchange exchange, final AccountView account) throws RefusedException {
        final Optional<String> wanted = exchange.request().header("If-Match");
        if (wanted.isEmpty()) {
            if (etags == EtagHabit.REQUIRED) {
                throw firmware.refusal(Reason.PRECONDITION_REQUIRED);
            }
            return;
        }
        if (wanted.get().trim().equals("*")) {
            return;
        }
        final AccountView now =
                faults.strikes(Fault.ETAG_MISMATCH, node) ? accounts.change(account.id(), Account::touch) : account;
        requireMatch(wanted.get(), firmware.accountEtag(now), etags);
    }

    private void requireMatch(final Exchange exchange, final String path) throws RefusedException {
        final Optional<String> wanted = exchange.request().header("If-Match");
        if (wanted.isPresent() && !wanted.get().trim().equals("*")) {
            requireMatch(wanted.get(), Resources.etag(read(path)), EtagHabit.OPTIONAL);
        }
    }

    private void requireMatch(final String wanted, final String etag, final EtagHabit habit) throws RefusedException {
        final String strong = etag.startsWith("W/") ? etag.substring(2) : etag;
        for (final String one : wanted.split(",", -1)) {
            final String candidate = one.trim();
            final boolean matches = habit == EtagHabit.UNQUOTED
                    ? candidate.equals(strong.substring(1, strong.length() - 1))
                    : candidate.equals(etag) || candidate.equals(strong);
            if (matches) {
                return;
            }
        }
        throw firmware.refusal(Reason.PRECONDITION_FAILED);
    }
}
