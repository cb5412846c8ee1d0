package io.jenkins.plugins.azurestack.redfish;

import java.util.Optional;

/** iDRAC 10: up to 32 slots under the account service, of which 2 is the factory's root. */
final class Idrac10 extends Idrac {
    private static final String ACCOUNTS = ROOT + "AccountService/Accounts";

    @Override
    String name() {
        return "Dell iDRAC 10";
    }

    @Override
    Optional<String> accounts(final Resource accountService) {
        return accountService.link("Accounts").or(() -> Optional.of(ACCOUNTS));
    }

    @Override
    Optional<String> likelyAccount(final String userName) {
        return userName.equals(FACTORY_USER) ? Optional.of(ACCOUNTS + "/2") : Optional.empty();
    }
}
