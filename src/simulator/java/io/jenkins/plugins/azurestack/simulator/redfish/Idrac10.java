package io.jenkins.plugins.azurestack.simulator.redfish;

import java.time.Duration;

/** iDRAC 10: 32 slots under the account service. Its lengths are assumed. */
final class Idrac10 extends Idrac {
    private static final int SLOTS = 32;

    Idrac10() {
        super(
                new Make(
                        "DELL",
                        "PowerEdge R770",
                        "iDRAC.Embedded.1",
                        "17G Monolithic",
                        "1.20.25.00",
                        "System.Embedded.1",
                        "1.20.1",
                        "Base.1.18"),
                "IDRAC.2.9",
                SLOTS);
    }

    @Override
    String accountsPath() {
        return ACCOUNT_SERVICE + "/Accounts";
    }

    @Override
    PasswordPolicy passwordPolicy() {
        return new PasswordPolicy(8, 40, 0, 0, Duration.ZERO);
    }
}
