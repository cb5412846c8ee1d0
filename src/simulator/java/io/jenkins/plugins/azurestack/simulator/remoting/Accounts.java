package io.jenkins.plugins.azurestack.simulator.remoting;

import java.util.Optional;

/** Who may log on, and with which password. Thread-safe. */
public interface Accounts {
    /**
     * The password that an account has now.
     *
     * @param domain empty where the client named none
     * @param user in any case
     * @return a copy that the caller wipes; empty if there is no such account, or it is locked
     */
    Optional<char[]> password(String domain, String user);

    /** Whether an account is there, and locked: its right password is refused too. */
    default boolean isLocked(final String domain, final String user) {
        return false;
    }

    /** Says that somebody proved the password of an account. */
    void loggedOn(String domain, String user);

    /** Says that somebody sent a wrong password for an account, which may lock it. */
    void refused(String domain, String user);

    /** Whether an account that logged on has a role on the endpoint; without one it is denied access. */
    boolean hasRole(String domain, String user);
}
