package io.jenkins.plugins.azurestack.simulator.share;

import java.util.Arrays;
import java.util.Objects;

/**
 * Who may read and write a simulated share. Prints its name only.
 *
 * @param user its name, with a domain ({@code CONTOSO\rotation}) or without
 * @param password its password
 */
public record ShareAccount(String user, String password) {
    /** The one that every simulated share has unless it is told otherwise. */
    public static final ShareAccount USUAL = new ShareAccount("rotation", "Simulated-Share-1");

    public ShareAccount {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
    }

    /**
     * Whether somebody who gives that name and that password is this account. Names are compared in any case; a domain
     * counts only where both sides name one.
     */
    boolean isProvedBy(final String givenUser, final char[] givenPassword) {
        final boolean name = simple(user).equalsIgnoreCase(simple(givenUser));
        final boolean domain = domain(user).isEmpty()
                || domain(givenUser).isEmpty()
                || domain(user).equalsIgnoreCase(domain(givenUser));
        return name && domain && Arrays.equals(password.toCharArray(), givenPassword);
    }

    private static String simple(final String name) {
        return name.substring(name.indexOf('\\') + 1);
    }

    private static String domain(final String name) {
        return name.substring(0, Math.max(0, name.indexOf('\\')));
    }

    /** Its name. */
    @Override
    public String toString() {
        return "ShareAccount[" + user + "]";
    }
}
