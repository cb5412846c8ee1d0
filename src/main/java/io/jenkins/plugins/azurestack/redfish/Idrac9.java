package io.jenkins.plugins.azurestack.redfish;

import java.util.Optional;

/** iDRAC 8 and 9: up to 16 slots under the manager, of which 1 is reserved and 2 is the factory's root. */
final class Idrac9 extends Idrac {
    private static final String ACCOUNTS = MANAGER + "/Accounts";

    @Override
    String name() {
        return "Dell iDRAC 8 or 9";
    }

    @Override
    Optional<String> accounts(final Resource accountService) {
        return Optional.of(ACCOUNTS);
    }

    @Override
    Optional<String> likelyAccount(final String userName) {
        return userName.equals(FACTORY_USER) ? Optional.of(ACCOUNTS + "/2") : Optional.empty();
    }
}
