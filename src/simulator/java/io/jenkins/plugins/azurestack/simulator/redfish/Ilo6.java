package io.jenkins.plugins.azurestack.simulator.redfish;

/** iLO 6. */
final class Ilo6 extends Ilo {
    Ilo6() {
        super(new Make("HPE", "ProLiant DL380 Gen11", "1", "iLO 6", "1.70", "1", "1.20.0", "Base.1.18"), "iLO.2.34");
    }
}
