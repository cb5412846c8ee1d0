package io.jenkins.plugins.azurestack.simulator.remoting;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Two accounts of one stamp; only the first has a role. Three wrong passwords lock an account. */
final class TestAccounts implements Accounts {
    static final String USER = "AzureStack\\CloudAdmin";
    static final String OTHER = "AzureStack\\Auditor";
    static final String PASSWORD = "Pa55-wörd";
    static final int ATTEMPTS = 3;

    private final Map<String, Integer> refused = new HashMap<>();

    private static boolean isKnown(final String domain, final String user) {
        return (domain.isEmpty() || domain.equalsIgnoreCase("AzureStack"))
                && (user.equalsIgnoreCase("CloudAdmin") || user.equalsIgnoreCase("Auditor"));
    }

    @Override
    public synchronized Optional<char[]> password(final String domain, final String user) {
        return isKnown(domain, user) && !isLocked(domain, user)
                ? Optional.of(PASSWORD.toCharArray())
                : Optional.empty();
    }

    @Override
    public synchronized boolean isLocked(final String domain, final String user) {
        return refused.getOrDefault(user.toLowerCase(Locale.ROOT), 0) >= ATTEMPTS;
    }

    @Override
    public synchronized void loggedOn(final String domain, final String user) {
        refused.remove(user.toLowerCase(Locale.ROOT));
    }

    @Override
    public synchronized void refused(final String domain, final String user) {
        refused.merge(user.toLowerCase(Locale.ROOT), 1, Integer::sum);
    }

    @Override
    public boolean hasRole(final String domain, final String user) {
        return user.equalsIgnoreCase("CloudAdmin");
    }
}
