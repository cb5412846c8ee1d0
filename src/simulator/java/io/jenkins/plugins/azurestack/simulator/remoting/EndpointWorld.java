package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.simulator.world.Faults;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What everything in one endpoint knows: its names, and the stamp that it is part of.
 *
 * @param address by which the stamp knows it, such as {@code 10.30.0.225}
 * @param domain NetBIOS name of its domain
 * @param computer NetBIOS name of its computer
 * @param accounts who may log on
 * @param time the stamp's time
 * @param ledger where calls are entered
 * @param faults what is to go wrong
 * @param limits what it allows
 * @param random for ids, challenges and keys
 */
record EndpointWorld(
        String address,
        String domain,
        String computer,
        Accounts accounts,
        StampTime time,
        Ledger ledger,
        Faults faults,
        Limits limits,
        SecureRandom random) {

    /** A new GUID. */
    UUID newId() {
        return new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 1L << 63);
    }

    /** Enters a WS-Man operation, or a logon. */
    void enter(
            final String connection,
            final String identity,
            final String action,
            final Map<String, String> details,
            final String outcome) {
        ledger.record(new Ledger.Call(
                time.now(),
                Ledger.Service.WSMAN,
                address,
                connection,
                identity,
                action,
                new TreeMap<>(details),
                outcome));
    }

    /** Enters a cmdlet that ran, or was refused. */
    void enterCmdlet(
            final String session,
            final String identity,
            final String cmdlet,
            final Map<String, String> details,
            final String outcome) {
        ledger.record(new Ledger.Call(
                time.now(),
                Ledger.Service.CMDLET,
                address,
                session,
                identity,
                cmdlet,
                new LinkedHashMap<>(details),
                outcome));
    }
}
