package io.jenkins.plugins.azurestack.simulator.redfish;

import io.jenkins.plugins.azurestack.simulator.world.Faults;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import io.jenkins.plugins.azurestack.simulator.world.StateStore;
import java.security.SecureRandom;
import java.util.Objects;

/**
 * What the BMCs of a stamp share with the rest of it.
 *
 * @param time lock-outs, sessions and change intervals go by it
 * @param faults their occasions are called {@code node}, {@code node METHOD} and {@code METHOD}, such as
 *     {@code node01 PATCH}; those of a logon, a password, an ETag and a connection {@code node} only
 * @param ledger gets every call
 * @param state keeps accounts and policies, a section for each BMC that was changed
 * @param random makes tokens
 */
public record BmcWorld(StampTime time, Faults faults, Ledger ledger, StateStore state, SecureRandom random) {
    public BmcWorld {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(faults, "faults");
        Objects.requireNonNull(ledger, "ledger");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(random, "random");
    }
}
