package io.jenkins.plugins.azurestack.powershell;

import java.util.Arrays;
import java.util.Objects;

/**
 * A user name and its password, kept in an array that {@link #close()} overwrites. Thread-safe; never prints the
 * password.
 */
public final class PasswordCredentials implements AutoCloseable {

    private final String userName;
    private final char[] password;
    private boolean wiped;

    /**
     * @param userName {@code DOMAIN\\user}, {@code user@domain} or {@code user}
     * @param password copied; the caller still owns, and wipes, its own array
     */
    public PasswordCredentials(final String userName, final char[] password) {
        this.userName = Objects.requireNonNull(userName, "userName");
        this.password = password.clone();
    }

    /** @return the user name as it was given */
    public String userName() {
        return userName;
    }

    /**
     * @return a copy that the caller wipes after use
     * @throws IllegalStateException after {@link #close()}
     */
    public synchronized char[] password() {
        if (wiped) {
            throw new IllegalStateException("The password of " + userName + " was wiped");
        }
        return password.clone();
    }

    /** @return an independent copy, for an owner with another lifetime */
    public synchronized PasswordCredentials copy() {
        if (wiped) {
            throw new IllegalStateException("The password of " + userName + " was wiped");
        }
        return new PasswordCredentials(userName, password);
    }

    @Override
    public synchronized void close() {
        Arrays.fill(password, '\0');
        wiped = true;
    }

    @Override
    public String toString() {
        return "PasswordCredentials[" + userName + "]";
    }
}
