package io.jenkins.plugins.azurestack.simulator.redfish;

import static io.jenkins.plugins.azurestack.simulator.redfish.Firmware.object;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What can be read from one BMC, made at each reading. Thread-safe. */
final class Resources {
    private static final String DATE_TIME = "DateTime";
    private static final String ETAG = "@odata.etag";
    private static final Map<String, List<String>> ROLES = Map.of(
            AccountView.ADMINISTRATOR,
            List.of("Login", "ConfigureManager", "ConfigureUsers", "ConfigureSelf", "ConfigureComponents"),
            "Operator",
            List.of("Login", "ConfigureSelf", "ConfigureComponents"),
            "ReadOnly",
            List.of("Login", "ConfigureSelf"),
            "None",
            List.of());

    private final Node node;
    private final Firmware firmware;
    private final Accounts accounts;
    private final Sessions sessions;
    private final StampTime time;
    private final Map<String, Supplier<ObjectNode>> fixed = new HashMap<>();

    Resources(final Node node, final Accounts accounts, final Sessions sessions, final StampTime time) {
        this.node = node;
        this.firmware = node.flavour().firmware();
        this.accounts = accounts;
        this.sessions = sessions;
        this.time = time;
        fixed.put(Firmware.ROOT, this::root);
        fixed.put(Firmware.ROOT + "/odata", this::odata);
        fixed.put(Firmware.SESSION_SERVICE, this::sessionService);
        fixed.put(Firmware.SESSIONS, this::sessionCollection);
        fixed.put(Firmware.ACCOUNT_SERVICE, this::accountService);
        fixed.put(firmware.accountsPath(), this::accountCollection);
        fixed.put(Firmware.ROLES, this::roleCollection);
        fixed.put(Firmware.MANAGERS, () -> collection(Firmware.MANAGERS, "Manager", List.of(firmware.managerPath())));
        fixed.put(firmware.managerPath(), this::manager);
        fixed.put(Firmware.SYSTEMS, () -> collection(Firmware.SYSTEMS, "ComputerSystem", List.of(systemPath())));
        fixed.put(systemPath(), this::system);
        fixed.put(Firmware.CHASSIS, () -> collection(Firmware.CHASSIS, "Chassis", List.of(chassisPath())));
        fixed.put(chassisPath(), this::chassis);
        if (firmware instanceof Idrac) {
            fixed.put(Idrac.ATTRIBUTES, this::attributes);
        }
        fixed.putAll(firmware.extras(path -> etag(read(path, Duration.ZERO).orElseThrow())));
    }

    /** The names of the roles, as accounts may have them. */
    boolean isRole(final String name) {
        return ROLES.containsKey(name) && (firmware.hasSlots() || !name.equals("None"));
    }

    /**
     * Reads a resource.
     *
     * @param path without a slash at the end
     * @param skew how far the BMC's clock is off
     */
    Optional<ObjectNode> read(final String path, final Duration skew) {
        final Optional<ObjectNode> resource = Optional.ofNullable(fixed.get(path))
                .map(Supplier::get)
                .or(() -> member(
                        path, firmware.accountsPath(), id -> accounts.byId(id).map(this::account)))
                .or(() ->
                        member(path, Firmware.SESSIONS, id -> sessions.byId(id).map(this::session)))
                .or(() -> member(path, Firmware.ROLES, id -> Optional.of(id)
                        .filter(this::isRole)
                        .map(this::role)));
        resource.ifPresent(json -> {
            if (!json.has(ETAG)) {
                json.put(ETAG, firmware.etag(json.toString()));
            }
            if (path.equals(firmware.managerPath())) {
                json.put(DATE_TIME, now().plus(skew).toString());
            }
        });
        return resource;
    }

    /** The ETag that a resource has, as read. */
    static String etag(final ObjectNode resource) {
        return resource.get(ETAG).asText();
    }

    private Instant now() {
        return time.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private static Optional<ObjectNode> member(
            final String path, final String collection, final Function<String, Optional<ObjectNode>> read) {
        return path.startsWith(collection + "/")
                ? read.apply(path.substring(collection.length() + 1))
                : Optional.empty();
    }

    private String systemPath() {
        return Firmware.SYSTEMS + "/" + firmware.make().systemId();
    }

    private String chassisPath() {
        return Firmware.CHASSIS + "/" + firmware.make().systemId();
    }

    private ObjectNode resource(final String path, final String type, final String id, final String name) {
        return object().put("@odata.id", firmware.link(path))
                .put("@odata.type", type)
                .put("Id", id)
                .put("Name", name);
    }

    private void link(final ObjectNode from, final String name, final String path) {
        from.putObject(name).put("@odata.id", firmware.link(path));
    }

    private ObjectNode collection(final String path, final String type, final List<String> members) {
        final ObjectNode collection = object().put("@odata.id", firmware.link(path))
                .put("@odata.type", "#" + type + "Collection." + type + "Collection")
                .put("Name", type + " Collection");
        final ArrayNode links = collection.putArray("Members");
        members.forEach(member -> links.addObject().put("@odata.id", firmware.link(member)));
        return collection.put("Members@odata.count", members.size());
    }

    private ObjectNode root() {
        final ObjectNode root = resource(
                        Firmware.ROOT, "#ServiceRoot.v1_6_0.ServiceRoot", "RootService", "Root Service")
                .put("RedfishVersion", firmware.make().redfish());
        firmware.describeRoot(root);
        link(root, "AccountService", Firmware.ACCOUNT_SERVICE);
        link(root, "SessionService", Firmware.SESSION_SERVICE);
        link(root, "Managers", Firmware.MANAGERS);
        link(root, "Systems", Firmware.SYSTEMS);
        link(root, "Chassis", Firmware.CHASSIS);
        link(root.putObject("Links"), "Sessions", Firmware.SESSIONS);
        final boolean queries = firmware.answersQueries();
        final ObjectNode features = root.putObject("ProtocolFeaturesSupported");
        features.putObject("ExpandQuery")
                .put("ExpandAll", queries)
                .put("Levels", queries)
                .put("Links", queries)
                .put("NoLinks", queries)
                .put("MaxLevels", 1);
        features.put("FilterQuery", false).put("OnlyMemberQuery", queries).put("SelectQuery", queries);
        return root;
    }

    private ObjectNode odata() {
        final ObjectNode document = object().put("@odata.context", Firmware.ROOT + "/$metadata");
        final ArrayNode values = document.putArray("value");
        List.of("AccountService", "SessionService", "Managers", "Systems", "Chassis")
                .forEach(name -> values.addObject()
                        .put("name", name)
                        .put("kind", "Singleton")
                        .put("url", firmware.link(Firmware.ROOT + "/" + name)));
        return document;
    }

    private ObjectNode sessionService() {
        final ObjectNode service = resource(
                        Firmware.SESSION_SERVICE,
                        "#SessionService.v1_1_8.SessionService",
                        "SessionService",
                        "Session Service")
                .put("ServiceEnabled", true)
                .put("SessionTimeout", sessions.timeout().toSeconds());
        link(service, "Sessions", Firmware.SESSIONS);
        return service;
    }

    private ObjectNode sessionCollection() {
        return collection(
                Firmware.SESSIONS,
                "Session",
                sessions.all().stream()
                        .map(session -> Firmware.SESSIONS + "/" + session.id())
                        .toList());
    }

    /** One session, without what opens it. */
    ObjectNode session(final Sessions.Session session) {
        final ObjectNode json = resource(
                        Firmware.SESSIONS + "/" + session.id(), "#Session.v1_3_0.Session", session.id(), "User Session")
                .put("UserName", session.userName())
                .put(
                        "CreatedTime",
                        session.created().truncatedTo(ChronoUnit.SECONDS).toString());
        json.putNull("Password");
        return json;
    }

    private ObjectNode accountService() {
        final PasswordPolicy passwords = accounts.passwordPolicy();
        final LockoutPolicy lockout = accounts.lockoutPolicy();
        final ObjectNode service = resource(
                        Firmware.ACCOUNT_SERVICE,
                        "#AccountService.v1_5_0.AccountService",
                        "AccountService",
                        "Account Service")
                .put("ServiceEnabled", true)
                .put("MinPasswordLength", passwords.minLength())
                .put("MaxPasswordLength", passwords.maxLength())
                .put("AccountLockoutThreshold", lockout.threshold())
                .put("AccountLockoutDuration", lockout.duration().toSeconds())
                .put("AccountLockoutCounterResetAfter", lockout.resetAfter().toSeconds());
        link(service, "Accounts", firmware.accountsPath());
        link(service, "Roles", Firmware.ROLES);
        firmware.describeAccountService(service, passwords, lockout);
        return service;
    }

    private ObjectNode accountCollection() {
        return collection(
                firmware.accountsPath(),
                "ManagerAccount",
                accounts.all().stream()
                        .map(account -> firmware.accountsPath() + "/" + account.id())
                        .toList());
    }

    /** One account; its password is always null. */
    ObjectNode account(final AccountView account) {
        final ObjectNode json = resource(
                        firmware.accountsPath() + "/" + account.id(),
                        "#ManagerAccount.v1_4_0.ManagerAccount",
                        account.id(),
                        "User Account")
                .put(ETAG, firmware.accountEtag(account))
                .put("UserName", account.userName());
        json.putNull("Password");
        json.put("RoleId", account.roleId())
                .put("Enabled", account.enabled())
                .put("Locked", account.locked())
                .put("PasswordChangeRequired", account.changeRequired());
        link(json.putObject("Links"), "Role", Firmware.ROLES + "/" + account.roleId());
        firmware.describeAccount(json, account);
        return json;
    }

    private ObjectNode roleCollection() {
        return collection(
                Firmware.ROLES,
                "Role",
                ROLES.keySet().stream()
                        .filter(this::isRole)
                        .sorted()
                        .map(role -> Firmware.ROLES + "/" + role)
                        .toList());
    }

    private ObjectNode role(final String name) {
        final ObjectNode role = resource(Firmware.ROLES + "/" + name, "#Role.v1_2_4.Role", name, "User Role")
                .put("IsPredefined", true)
                .put("RoleId", name);
        ROLES.get(name).forEach(role.putArray("AssignedPrivileges")::add);
        return role;
    }

    private ObjectNode manager() {
        final Make make = firmware.make();
        final ObjectNode manager = resource(
                        firmware.managerPath(), "#Manager.v1_5_1.Manager", make.managerId(), "Manager")
                .put("ManagerType", "BMC")
                .put("Model", make.managerModel())
                .put("FirmwareVersion", make.firmware());
        healthy(manager);
        firmware.describeManager(manager);
        final ObjectNode links = manager.withObject("/Links");
        reference(links, "ManagerForServers", systemPath());
        reference(links, "ManagerForChassis", chassisPath());
        return manager;
    }

    private ObjectNode system() {
        final ObjectNode system = resource(
                        systemPath(),
                        "#ComputerSystem.v1_10_0.ComputerSystem",
                        firmware.make().systemId(),
                        "System")
                .put("SystemType", "Physical")
                .put("Manufacturer", node.vendor())
                .put("Model", node.model())
                .put("SerialNumber", node.serialNumber())
                .put("HostName", node.name())
                .put("PowerState", "On");
        // None: what can be done with a server is no business of its accounts, but clients expect the properties.
        system.putObject("Actions");
        system.putObject("Boot").put("BootSourceOverrideEnabled", "Disabled").put("BootSourceOverrideTarget", "None");
        healthy(system);
        final ObjectNode links = system.putObject("Links");
        reference(links, "Chassis", chassisPath());
        reference(links, "ManagedBy", firmware.managerPath());
        return system;
    }

    private ObjectNode chassis() {
        final ObjectNode chassis = resource(
                        chassisPath(),
                        "#Chassis.v1_10_2.Chassis",
                        firmware.make().systemId(),
                        "Chassis")
                .put("ChassisType", "RackMount")
                .put("Manufacturer", node.vendor())
                .put("Model", node.model())
                .put("SerialNumber", node.serialNumber())
                .put("PowerState", "On");
        healthy(chassis);
        final ObjectNode links = chassis.putObject("Links");
        reference(links, "ComputerSystems", systemPath());
        reference(links, "ManagedBy", firmware.managerPath());
        return chassis;
    }

    private void reference(final ObjectNode links, final String name, final String path) {
        links.putArray(name).addObject().put("@odata.id", firmware.link(path));
    }

    private static void healthy(final ObjectNode resource) {
        resource.putObject("Status").put("State", "Enabled").put("Health", "OK");
    }

    private ObjectNode attributes() {
        final ObjectNode json = resource(
                Idrac.ATTRIBUTES, "#DellAttributes.v1_0_0.DellAttributes", "iDRACAttributes", "OEMAttributeRegistry");
        final ObjectNode attributes = json.putObject("Attributes");
        accounts.byId(Idrac.ATTRIBUTE_USER).ifPresent(root -> attributes
                .put("Users.2.UserName", root.userName())
                .put("Users.2.Enable", root.enabled() ? "Enabled" : "Disabled")
                .putNull(Idrac.PASSWORD_ATTRIBUTE));
        return json;
    }
}
