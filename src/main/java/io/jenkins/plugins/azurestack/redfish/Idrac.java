package io.jenkins.plugins.azurestack.redfish;

import java.util.List;
import java.util.Optional;

/**
 * Dell's (dell/iDRAC-Redfish-Scripting): the model, which only who is logged on is told, decides where the accounts are; a
 * factory password that has to be changed is changed through an attribute of the BMC, for user 2 only.
 */
sealed class Idrac extends Vendor permits Idrac9, Idrac10 {
    static final String MANAGER = ROOT + "Managers/iDRAC.Embedded.1";
    static final String ATTRIBUTES = MANAGER + "/Oem/Dell/DellAttributes/iDRAC.Embedded.1";
    static final String FACTORY_PASSWORD = "Users.2.Password";
    /** The user of slot 2, as it comes from the factory. */
    static final String FACTORY_USER = "root";
    /** Where slot 2 is, by generation: which one it is stays untold until the password is changed. */
    static final List<String> FACTORY_SLOTS = List.of(MANAGER + "/Accounts/2", ROOT + "AccountService/Accounts/2");

    /** The default password is still in use and must be changed. */
    private static final String DEFAULT_PASSWORD = "SWC1908";

    @Override
    String name() {
        return "Dell iDRAC";
    }

    @Override
    Optional<String> modelPath() {
        return Optional.of(MANAGER + "?$select=Model");
    }

    /** By the generation of the server, as in {@code 14G Monolithic}. */
    @Override
    Vendor ofModel(final String model) {
        if (model.matches("1[2-6]\\D?.*")) {
            return new Idrac9();
        }
        return model.isEmpty() ? this : new Idrac10();
    }

    @Override
    boolean asksForChange(final Said.Message message) {
        return message.key().equals(DEFAULT_PASSWORD) || super.asksForChange(message);
    }

    @Override
    boolean changesByAttribute(final Said said) {
        return said.messages().stream().anyMatch(message -> message.key().equals(DEFAULT_PASSWORD));
    }
}
