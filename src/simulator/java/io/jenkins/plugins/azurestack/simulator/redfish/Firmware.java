package io.jenkins.plugins.azurestack.simulator.redfish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;

/**
 * What a BMC does as its vendor has it. This class does as the standard says (DSP0266, the DMTF's Base registry and
 * mock-ups); a vendor's class says what is different there. Immutable, shared by all BMCs of its kind.
 */
abstract class Firmware {
    static final String ROOT = "/redfish/v1";
    static final String ACCOUNT_SERVICE = ROOT + "/AccountService";
    static final String SESSION_SERVICE = ROOT + "/SessionService";
    static final String SESSIONS = SESSION_SERVICE + "/Sessions";
    static final String ROLES = ACCOUNT_SERVICE + "/Roles";
    static final String MANAGERS = ROOT + "/Managers";
    static final String SYSTEMS = ROOT + "/Systems";
    static final String CHASSIS = ROOT + "/Chassis";

    private static final int SESSION_LIMIT = 16;
    private static final Duration SESSION_TIMEOUT = Duration.ofMinutes(30);

    private final Make make;

    Firmware(final Make make) {
        this.make = make;
    }

    final Make make() {
        return make;
    }

    final String vendor() {
        return make.vendor();
    }

    final String model() {
        return make.model();
    }

    final String managerPath() {
        return MANAGERS + "/" + make.managerId();
    }

    /** Where the accounts are. */
    String accountsPath() {
        return ACCOUNT_SERVICE + "/Accounts";
    }

    /** How a resource is linked to. */
    String link(final String path) {
        return path.equals(ROOT) ? path + "/" : path;
    }

    /** What a header {@code Location} says about a resource. */
    String location(final String path, final String host) {
        return link(path);
    }

    abstract PasswordPolicy passwordPolicy();

    LockoutPolicy lockoutPolicy() {
        return LockoutPolicy.MOCK_UP;
    }

    int sessionLimit() {
        return SESSION_LIMIT;
    }

    Duration sessionTimeout() {
        return SESSION_TIMEOUT;
    }

    EtagHabit etagHabit() {
        return EtagHabit.OPTIONAL;
    }

    /** Whether ETags come in the header too, and not only in the resource. */
    boolean sendsEtagHeader() {
        return true;
    }

    /** Whether accounts are slots that are always there, filled and emptied, not made and deleted. */
    boolean hasSlots() {
        return false;
    }

    /** How many accounts there may be. */
    int accountLimit() {
        return SESSION_LIMIT;
    }

    /** Whether {@code $select}, {@code $expand} and {@code only} are understood. */
    boolean answersQueries() {
        return true;
    }

    String contentType() {
        return "application/json;charset=utf-8";
    }

    /** Gives a fresh BMC its accounts. */
    void furnish(final Accounts accounts, final String userName, final String password) {
        accounts.begin("1", userName, password, AccountView.ADMINISTRATOR, true);
    }

    /** Whether an account can't be changed at all. */
    boolean isReserved(final String accountId) {
        return false;
    }

    /** The ETag of an account, which changes with every change to it. */
    String accountEtag(final AccountView account) {
        return etag(account.id() + " " + account.version());
    }

    /** The ETag of something that has this content. */
    String etag(final String content) {
        return "W/\"" + digest(content) + "\"";
    }

    static String digest(final String content) {
        final CRC32 sum = new CRC32();
        sum.update(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08X", sum.getValue());
    }

    Message message(final Reason reason, final String... arguments) {
        return reason.message(make.registry(), arguments);
    }

    /** A refusal for a reason of the standard. */
    final RefusedException refusal(final Reason reason, final String... arguments) {
        return refusal(reason.status(), message(reason, arguments));
    }

    /** A refusal in the vendor's own words. */
    final RefusedException refusal(final int status, final Message message) {
        return new RefusedException(Reply.of(status, error(List.of(message))));
    }

    /** What an attempt to open a session with a wrong password, or a locked account, gets. */
    Message refusedSession(final String path) {
        return new Message(
                make.registry() + ".ResourceAtUriUnauthorized",
                "While accessing the resource at '" + path
                        + "', the service received an authorization error 'Invalid username or password'.",
                List.of(path, "Invalid username or password"),
                "Critical",
                "Ensure that the appropriate access is provided for the service in order for it to access the URI.");
    }

    /** What a request with a wrong password in itself gets, or from a locked account. */
    Message refusedBasic(final String path) {
        return message(Reason.ACCESS_DENIED, path);
    }

    /** What a request with no credential, or with a token that is no longer good, gets. */
    Message noCredential(final String path) {
        return message(Reason.NO_VALID_SESSION);
    }

    /** What a request gets while a password must be changed first. */
    Message changeRequired(final String account) {
        return message(Reason.PASSWORD_CHANGE_REQUIRED, account);
    }

    /** Whether a password that must be changed can be changed where the account is. */
    boolean changesRequiredPasswordInPlace() {
        return true;
    }

    /** What a password that breaks the policy gets; a password is never repeated. */
    Message rejected(final PasswordPolicy.Violation violation, final PasswordPolicy policy) {
        return switch (violation) {
            case TOO_SHORT, TOO_LONG -> message(Reason.PROPERTY_FORMAT, "******", "Password");
            case TOO_SIMPLE, USED_BEFORE, TOO_SOON -> message(Reason.PROPERTY_VALUE, "Password");
        };
    }

    /** A message as this vendor writes one. */
    ObjectNode written(final Message message) {
        return message.json();
    }

    /** Messages as the body of a refusal. */
    ObjectNode error(final List<Message> messages) {
        final ObjectNode body = object();
        final ObjectNode error =
                body.putObject("error").put("code", errorCode()).put("message", errorMessage());
        extendedInfo(error, messages);
        return body;
    }

    String errorCode() {
        return make.registry() + ".GeneralError";
    }

    String errorMessage() {
        return "A general error has occurred. See ExtendedInfo for more information.";
    }

    final void extendedInfo(final ObjectNode target, final List<Message> messages) {
        final ArrayNode array = target.putArray("@Message.ExtendedInfo");
        messages.forEach(message -> array.add(written(message)));
    }

    /** What a change that was made gets; the resource afterwards, unless the vendor does otherwise. */
    Reply changed(final ObjectNode resource) {
        return Reply.of(200, resource);
    }

    /** What the vendor adds to the service root. */
    void describeRoot(final ObjectNode root) {}

    /** What the vendor adds to the account service. */
    void describeAccountService(
            final ObjectNode service, final PasswordPolicy passwords, final LockoutPolicy lockout) {}

    /** What the vendor adds to an account. */
    void describeAccount(final ObjectNode json, final AccountView account) {}

    /** What the vendor adds to the BMC's own resource. */
    void describeManager(final ObjectNode manager) {}

    /**
     * Resources that only this vendor has, by path.
     *
     * @param etags tells the ETag that a resource has now, by its path
     */
    Map<String, Supplier<ObjectNode>> extras(final UnaryOperator<String> etags) {
        return Map.of();
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
