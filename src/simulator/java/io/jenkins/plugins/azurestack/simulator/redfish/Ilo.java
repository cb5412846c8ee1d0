package io.jenkins.plugins.azurestack.simulator.redfish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What HPE's have in common (HPE's iLO reference, python-ilorest-library): links end in a slash, messages are an id and
 * arguments without a text, a change answers 200 with such a message, and accounts carry a display name and privileges.
 */
abstract class Ilo extends Firmware {
    private static final String SCHEMAS = ROOT + "/JsonSchemas";
    private static final String REGISTRIES = ROOT + "/Registries";
    private static final String DIRECTORY = ROOT + "/ResourceDirectory";
    private static final int ACCOUNTS = 12;
    private static final List<String> PRIVILEGES = List.of(
            "HostBIOSConfigPriv",
            "HostNICConfigPriv",
            "HostStorageConfigPriv",
            "LoginPriv",
            "RemoteConsolePriv",
            "SystemRecoveryConfigPriv",
            "UserConfigPriv",
            "VirtualMediaPriv",
            "VirtualPowerAndResetPriv",
            "iLOConfigPriv");

    private final String iloRegistry;

    /** @param iloRegistry iLO's own message registry, with version */
    Ilo(final Make make, final String iloRegistry) {
        super(make);
        this.iloRegistry = iloRegistry;
    }

    @Override
    String link(final String path) {
        return path + "/";
    }

    /** With the host, unlike others. */
    @Override
    String location(final String path, final String host) {
        return "https://" + host + link(path);
    }

    @Override
    int accountLimit() {
        return ACCOUNTS;
    }

    @Override
    PasswordPolicy passwordPolicy() {
        return new PasswordPolicy(8, 39, 3, 0, Duration.ZERO);
    }

    @Override
    Message refusedSession(final String path) {
        return ilo(
                "UnauthorizedLoginAttempt",
                "The login was not successful, because the supplied credentials could not be authorized.",
                "Warning");
    }

    @Override
    Message refusedBasic(final String path) {
        return noCredential(path);
    }

    private Message ilo(final String id, final String text, final String severity, final String... arguments) {
        return new Message(iloRegistry + "." + id, text, List.of(arguments), severity, "");
    }

    @Override
    Message rejected(final PasswordPolicy.Violation violation, final PasswordPolicy policy) {
        return switch (violation) {
            case TOO_SHORT, TOO_LONG ->
                ilo(
                        "InvalidPasswordLength",
                        "A valid password must contain between %1 to %2 characters.",
                        "Critical",
                        Integer.toString(policy.minLength()),
                        Integer.toString(policy.maxLength()));
            case TOO_SIMPLE ->
                ilo(
                        "InvalidPasswordComplexity",
                        "A valid password must contain three of the following: uppercase, lowercase, numerals, and other.",
                        "Critical");
            case USED_BEFORE, TOO_SOON -> super.rejected(violation, policy);
        };
    }

    @Override
    ObjectNode written(final Message message) {
        final ObjectNode json = object();
        if (!message.arguments().isEmpty()) {
            message.arguments().forEach(json.putArray("MessageArgs")::add);
        }
        return json.put("MessageId", message.id());
    }

    @Override
    String errorCode() {
        return "iLO.0.10.ExtendedInfo";
    }

    @Override
    String errorMessage() {
        return "See @Message.ExtendedInfo for more information.";
    }

    @Override
    Reply changed(final ObjectNode resource) {
        return Reply.of(200, error(List.of(message(Reason.ACCOUNT_MODIFIED))));
    }

    @Override
    void describeRoot(final ObjectNode root) {
        final ObjectNode hpe = root.putObject("Oem").putObject("Hpe");
        hpe.put("@odata.type", "#HpeiLOServiceExt.v2_4_0.HpeiLOServiceExt");
        hpe.putArray("Manager")
                .addObject()
                .put("ManagerType", make().managerModel())
                .put("ManagerFirmwareVersion", make().firmware())
                .put("FQDN", "");
        hpe.putObject("Sessions").put("LoginFailureDelay", 0).put("LocalLoginEnabled", true);
        hpe.putObject("Links").putObject("ResourceDirectory").put("@odata.id", link(DIRECTORY));
        root.put("Vendor", "HPE").put("Product", make().model());
        root.putObject("JsonSchemas").put("@odata.id", link(SCHEMAS));
        root.putObject("Registries").put("@odata.id", link(REGISTRIES));
    }

    @Override
    Map<String, Supplier<ObjectNode>> extras(final UnaryOperator<String> etags) {
        return Map.of(
                DIRECTORY, () -> directory(etags),
                SCHEMAS, () -> empty(SCHEMAS, "#JsonSchemaFileCollection.JsonSchemaFileCollection"),
                REGISTRIES, () -> empty(REGISTRIES, "#MessageRegistryFileCollection.MessageRegistryFileCollection"));
    }

    private ObjectNode directory(final UnaryOperator<String> etags) {
        final ObjectNode directory = object().put("@odata.id", link(DIRECTORY))
                .put("@odata.type", "#HpeiLOResourceDirectory.v2_0_0.HpeiLOResourceDirectory")
                .put("Id", "ResourceDirectory")
                .put("Name", "Resource Directory");
        final ArrayNode instances = directory.putArray("Instances");
        Map.of(
                        "#AccountService.v1_5_0.AccountService",
                        ACCOUNT_SERVICE,
                        "#SessionService.v1_1_8.SessionService",
                        SESSION_SERVICE,
                        "#Manager.v1_5_1.Manager",
                        managerPath(),
                        "#ComputerSystem.v1_10_0.ComputerSystem",
                        SYSTEMS + "/" + make().systemId(),
                        "#Chassis.v1_10_2.Chassis",
                        CHASSIS + "/" + make().systemId())
                .forEach((type, path) -> instances
                        .addObject()
                        .put("@odata.id", link(path))
                        .put("@odata.type", type)
                        .put("ETag", etags.apply(path)));
        return directory;
    }

    private ObjectNode empty(final String path, final String type) {
        final ObjectNode collection = object().put("@odata.id", link(path))
                .put("@odata.type", type)
                .put("Name", path.substring(path.lastIndexOf('/') + 1));
        collection.putArray("Members");
        return collection.put("Members@odata.count", 0);
    }

    @Override
    void describeAccountService(final ObjectNode service, final PasswordPolicy passwords, final LockoutPolicy lockout) {
        service.putObject("Oem")
                .putObject("Hpe")
                .put("AuthFailureDelayTimeSeconds", 10)
                .put("AuthFailuresBeforeDelay", 1)
                .put("EnforcePasswordComplexity", passwords.kinds() > 0)
                .put("MinPasswordLength", passwords.minLength());
    }

    @Override
    void describeAccount(final ObjectNode json, final AccountView account) {
        final ObjectNode hpe = json.putObject("Oem").putObject("Hpe").put("LoginName", account.userName());
        final ObjectNode privileges = hpe.putObject("Privileges");
        PRIVILEGES.forEach(
                privilege -> privileges.put(privilege, account.isAdministrator() || privilege.equals("LoginPriv")));
        hpe.put("ServiceAccount", false);
    }
}
