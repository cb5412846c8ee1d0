package io.jenkins.plugins.azurestack.simulator.redfish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What Dell's have in common (dell/iDRAC-Redfish-Scripting): user ids are slots, most of them empty; id 1 is reserved and
 * 2 is the factory's root; a change answers 200 with messages; a factory password that must be changed is changed
 * through an attribute of the BMC, for user 2 only.
 */
abstract class Idrac extends Firmware {
    static final String MANAGER = MANAGERS + "/iDRAC.Embedded.1";
    /** The BMC's attributes. */
    static final String ATTRIBUTES = MANAGER + "/Oem/Dell/DellAttributes/iDRAC.Embedded.1";
    /** The attribute that is user 2's password. */
    static final String PASSWORD_ATTRIBUTE = "Users.2.Password";
    /** The user that the attribute is about. */
    static final String ATTRIBUTE_USER = "2";

    private static final String RESERVED = "1";

    private final String dellRegistry;
    private final int slots;

    /** @param dellRegistry Dell's own message registry, with version */
    Idrac(final Make make, final String dellRegistry, final int slots) {
        super(make);
        this.dellRegistry = dellRegistry;
        this.slots = slots;
    }

    @Override
    String accountsPath() {
        return MANAGER + "/Accounts";
    }

    @Override
    String link(final String path) {
        return path;
    }

    @Override
    boolean hasSlots() {
        return true;
    }

    @Override
    int accountLimit() {
        return slots;
    }

    @Override
    boolean isReserved(final String accountId) {
        return accountId.equals(RESERVED);
    }

    @Override
    void furnish(final Accounts accounts, final String userName, final String password) {
        for (int slot = 1; slot <= slots; slot++) {
            final String id = Integer.toString(slot);
            if (id.equals(ATTRIBUTE_USER)) {
                accounts.begin(id, userName, password, AccountView.ADMINISTRATOR, true);
            } else {
                accounts.begin(id, "", "", "None", false);
            }
        }
    }

    @Override
    String accountEtag(final AccountView account) {
        return "W/\"gen-" + account.version() + "\"";
    }

    @Override
    String contentType() {
        return "application/json;odata.metadata=minimal;charset=utf-8";
    }

    final Message dell(final String id, final String text, final String severity, final String resolution) {
        return new Message(dellRegistry + "." + id, text, List.of(), severity, resolution);
    }

    @Override
    Message refusedSession(final String path) {
        return refusedBasic(path);
    }

    @Override
    Message refusedBasic(final String path) {
        return dell(
                "SYS415",
                "Unable to complete the operation because an invalid username and/or password is entered, and"
                        + " therefore authentication failed.",
                "Warning",
                "Enter valid user name and password and retry the operation.");
    }

    @Override
    Message noCredential(final String path) {
        return missingOrInvalid(make().registry());
    }

    static Message missingOrInvalid(final String registry) {
        return new Message(
                registry + ".AccessDenied",
                "The authentication credentials included with this request are missing or invalid.",
                List.of(),
                "Critical",
                "Attempt to ensure that the URI is correct and that the service has the appropriate credentials.");
    }

    @Override
    Message changeRequired(final String account) {
        return dell(
                "SWC1908",
                "Unable to complete the operation because the default password is still in use and must be changed.",
                "Critical",
                "Change the default password for the default user using one of the iDRAC interfaces. For more"
                        + " information, refer interface User Guides.");
    }

    @Override
    boolean changesRequiredPasswordInPlace() {
        return false;
    }

    @Override
    String errorMessage() {
        return "A general error has occurred. See ExtendedInfo for more information";
    }

    @Override
    ObjectNode written(final Message message) {
        final ObjectNode json = super.written(message);
        json.remove("@odata.type");
        json.put("MessageArgs@odata.count", message.arguments().size());
        json.putArray("RelatedProperties");
        return json.put("RelatedProperties@odata.count", 0);
    }

    @Override
    Reply changed(final ObjectNode resource) {
        final ObjectNode body = object();
        final List<Message> messages = new ArrayList<>();
        messages.add(
                new Message(make().registry() + ".Success", "Successfully Completed Request", List.of(), "OK", "None"));
        messages.add(dell(
                "SYS413", "The operation successfully completed.", "Informational", "No response action is required."));
        extendedInfo(body, messages);
        return Reply.of(200, body);
    }

    @Override
    void describeRoot(final ObjectNode root) {
        root.put("Product", "Integrated Dell Remote Access Controller").put("Vendor", "Dell");
    }

    @Override
    void describeManager(final ObjectNode manager) {
        manager.putObject("Links")
                .putObject("Oem")
                .putObject("Dell")
                .putArray("DellAttributes")
                .addObject()
                .put("@odata.id", ATTRIBUTES);
    }
}
