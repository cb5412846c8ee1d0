package io.jenkins.plugins.azurestack.simulator.redfish;

/** iLO 5. */
final class Ilo5 extends Ilo {
    Ilo5() {
        super(new Make("HPE", "ProLiant DL380 Gen10", "1", "iLO 5", "2.90", "1", "1.13.0", "Base.1.4"), "iLO.2.15");
    }
}
