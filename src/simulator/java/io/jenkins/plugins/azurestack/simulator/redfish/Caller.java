package io.jenkins.plugins.azurestack.simulator.redfish;

import java.util.Optional;

/**
 * Who a request is from, proved.
 *
 * @param account whose it is
 * @param sessionId of the session whose token came with it; empty if the password came
 */
record Caller(AccountView account, Optional<String> sessionId) {
    boolean owns(final String accountId) {
        return account.id().equals(accountId);
    }
}
