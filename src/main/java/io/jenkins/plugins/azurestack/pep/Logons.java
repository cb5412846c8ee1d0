package io.jenkins.plugins.azurestack.pep;

/**
 * Remembers which password an account was refused with, so that no later build sends it again and locks the account.
 * Implementations are thread-safe, outlive builds, and never keep a password.
 */
public interface Logons {
    /** Remembers nothing: for where nobody can be locked out. */
    Logons FORGETFUL = new Logons() {
        @Override
        public boolean wasRefused(final String userName, final char[] password) {
            return false;
        }

        @Override
        public void refused(final String userName, final char[] password) {
            // Forgotten at once.
        }
    };

    /** Whether this very password was refused before. */
    boolean wasRefused(String userName, char[] password);

    /** Says that it was refused just now. */
    void refused(String userName, char[] password);
}
