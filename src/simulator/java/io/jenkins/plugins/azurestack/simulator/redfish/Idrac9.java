package io.jenkins.plugins.azurestack.simulator.redfish;

import java.time.Duration;

/** iDRAC 9: 16 slots under the manager. Its lengths are assumed. */
final class Idrac9 extends Idrac {
    private static final int SLOTS = 16;

    Idrac9() {
        super(
                new Make(
                        "DELL",
                        "PowerEdge R740xd",
                        "iDRAC.Embedded.1",
                        "14G Monolithic",
                        "7.00.00.00",
                        "System.Embedded.1",
                        "1.17.0",
                        "Base.1.12"),
                "IDRAC.2.9",
                SLOTS);
    }

    @Override
    PasswordPolicy passwordPolicy() {
        return new PasswordPolicy(8, 40, 0, 0, Duration.ZERO);
    }
}
