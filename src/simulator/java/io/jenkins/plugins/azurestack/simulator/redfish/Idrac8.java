package io.jenkins.plugins.azurestack.simulator.redfish;

import java.time.Duration;

/** iDRAC 8: 16 slots under the manager, and the standard's words for a bad logon. Its lengths are assumed. */
final class Idrac8 extends Idrac {
    private static final int SLOTS = 16;

    Idrac8() {
        super(
                new Make(
                        "DELL",
                        "PowerEdge R730xd",
                        "iDRAC.Embedded.1",
                        "13G Monolithic",
                        "2.85.85.85",
                        "System.Embedded.1",
                        "1.4.0",
                        "Base.1.2"),
                "IDRAC.1.6",
                SLOTS);
    }

    @Override
    PasswordPolicy passwordPolicy() {
        return new PasswordPolicy(1, 20, 0, 0, Duration.ZERO);
    }

    @Override
    Message refusedBasic(final String path) {
        return noCredential(path);
    }

    @Override
    String errorCode() {
        return "Base.1.0.GeneralError";
    }

    @Override
    String errorMessage() {
        return "A general error has occurred. See ExtendedInfo for more information.";
    }
}
