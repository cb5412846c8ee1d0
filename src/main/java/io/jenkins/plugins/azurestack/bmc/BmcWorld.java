package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.journal.AuditKey;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that an update of one stamp's BMC password sees and touches.
 *
 * @param stamp which
 * @param privilegedEndpoints the addresses at which the stamp's cmdlets can be called
 * @param configured the BMCs as the stamp's configuration names them; empty where Resource Manager is to say
 * @param bmcs the way to them; empty where only the stamp reaches them
 * @param cmdlets the stamp's cmdlets
 * @param watch what Resource Manager knows
 * @param store where the password is kept
 * @param given the new password; empty if one is to be made
 * @param budget keeps the accounts from being locked
 * @param key makes fingerprints of passwords
 */
public record BmcWorld(
        Stamp stamp,
        List<String> privilegedEndpoints,
        List<BmcNode> configured,
        Optional<BmcAccess> bmcs,
        StampCredential cmdlets,
        StampWatch watch,
        PasswordStore store,
        Optional<GivenPassword> given,
        LoginBudget budget,
        AuditKey key) {
    public BmcWorld {
        Objects.requireNonNull(stamp, "stamp");
        privilegedEndpoints = List.copyOf(privilegedEndpoints);
        configured = List.copyOf(configured);
        Objects.requireNonNull(bmcs, "bmcs");
        Objects.requireNonNull(cmdlets, "cmdlets");
        Objects.requireNonNull(watch, "watch");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(given, "given");
        Objects.requireNonNull(budget, "budget");
        Objects.requireNonNull(key, "key");
    }
}
