package io.jenkins.plugins.azurestack.simulator.remoting;

import java.util.Locale;

/**
 * Who a connection was proved to come from.
 *
 * @param domain as the client wrote it; empty for a UPN or a name alone
 * @param user as the client wrote it
 */
record Identity(String domain, String user) {
    /** Reads {@code DOMAIN\\user}, a UPN or a name alone. */
    static Identity parse(final String name) {
        final int backslash = name.indexOf('\\');
        return backslash < 0
                ? new Identity("", name)
                : new Identity(name.substring(0, backslash), name.substring(backslash + 1));
    }

    /** As shells and the ledger show it. */
    String name() {
        return domain.isEmpty() ? user : domain + "\\" + user;
    }

    /** Names of users don't depend on case. */
    boolean isSame(final Identity other) {
        return name().toUpperCase(Locale.ROOT).equals(other.name().toUpperCase(Locale.ROOT));
    }
}
