package io.jenkins.plugins.azurestack.simulator.redfish;

import java.time.Duration;

/**
 * A BMC of no vendor: ETags in the resource only, no queries, and a foreign account that comes first in the collection.
 */
final class GenericFirmware extends Firmware {
    GenericFirmware() {
        super(new Make("Contoso", "Server", "bmc", "BMC", "1.0", "system", "1.11.0", "Base.1.8"));
    }

    @Override
    PasswordPolicy passwordPolicy() {
        return new PasswordPolicy(8, 20, 0, 0, Duration.ZERO);
    }

    @Override
    boolean sendsEtagHeader() {
        return false;
    }

    @Override
    boolean answersQueries() {
        return false;
    }

    @Override
    void furnish(final Accounts accounts, final String userName, final String password) {
        accounts.begin("1", "monitor", "", "ReadOnly", false);
        accounts.begin("2", userName, password, AccountView.ADMINISTRATOR, true);
    }
}
