package io.jenkins.plugins.azurestack.simulator.redfish;

import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Faults;
import java.util.Optional;

/** Who gets into one BMC and with what, whichever way they come. Thread-safe. */
final class Access {
    private final String node;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Faults faults;

    Access(final String node, final Accounts accounts, final Sessions sessions, final Faults faults) {
        this.node = node;
        this.accounts = accounts;
        this.sessions = sessions;
        this.faults = faults;
    }

    /** Tries to log on, which counts. */
    LogOn logOn(final String userName, final String password) {
        if (faults.strikes(Fault.BMC_LOCKS, node)) {
            accounts.lock(userName);
        }
        return accounts.logOn(userName, password);
    }

    /**
     * What speaks against a password.
     *
     * @param accountId whose it is to be
     */
    Optional<PasswordPolicy.Violation> violation(final String accountId, final String password) {
        return faults.strikes(Fault.BMC_REFUSES, node)
                ? Optional.of(PasswordPolicy.Violation.TOO_SIMPLE)
                : accounts.violation(accountId, password);
    }

    /** Changes a password, whatever it is like; the sessions that the old one opened end. */
    AccountView setPassword(final String accountId, final String password) {
        final AccountView changed = accounts.setPassword(accountId, password);
        sessions.closeOf(accountId);
        return changed;
    }
}
