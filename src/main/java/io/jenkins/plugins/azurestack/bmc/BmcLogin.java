package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.journal.AuditKey;
import io.jenkins.plugins.azurestack.journal.LoginFingerprint;
import java.util.Arrays;
import java.util.Objects;

/**
 * A user name with its password. Whoever got it closes it, which wipes the password. Not a record, since it prints no
 * password and is the same as no other. Not thread-safe while it is being closed.
 */
public final class BmcLogin implements AutoCloseable {
    private final String user;
    private final char[] password;

    /** @param password copied; the caller's to wipe */
    public BmcLogin(final String user, final char[] password) {
        this.user = Objects.requireNonNull(user, "user");
        this.password = password.clone();
    }

    public String user() {
        return user;
    }

    /** A copy, which the caller wipes. */
    public char[] password() {
        return password.clone();
    }

    int length() {
        return password.length;
    }

    /** What stands for it where no password may be: nobody without the key can make it, or find out by it. */
    public String fingerprint(final AuditKey key) {
        return LoginFingerprint.of(key, "bmc", user, password);
    }

    /** Whether both have the same user and password. */
    boolean isSame(final BmcLogin other) {
        return user.equals(other.user) && Arrays.equals(password, other.password);
    }

    @Override
    public void close() {
        Arrays.fill(password, '\0');
    }

    @Override
    public String toString() {
        return "login of " + user;
    }
}
