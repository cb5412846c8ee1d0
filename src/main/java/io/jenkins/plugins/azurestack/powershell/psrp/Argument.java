package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsSecureString;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import java.util.Arrays;
import java.util.Objects;

/** The value of a parameter or positional argument. Never prints itself. */
sealed interface Argument {
    /** Whether sending it takes a session key. */
    boolean isSecret();

    /**
     * The value for one serialisation.
     *
     * @param secrets to be closed when the bytes are made
     */
    PsValue value(Secrets secrets);

    /** An argument that is a value already. */
    static Argument of(PsValue value) {
        return new Plain(value);
    }

    /** A PSCredential. */
    static Argument of(PasswordCredentials credentials) {
        return new Credential(credentials);
    }

    /** A value, which stays the caller's. */
    final class Plain implements Argument {
        private final PsValue value;

        Plain(PsValue value) {
            this.value = Objects.requireNonNull(value, "value");
        }

        @Override
        public boolean isSecret() {
            return Secrets.within(value);
        }

        @Override
        public PsValue value(Secrets secrets) {
            return value;
        }
    }

    /** A user name and password, whose password is only copied while it is serialised. */
    final class Credential implements Argument {
        private final PasswordCredentials credentials;

        Credential(PasswordCredentials credentials) {
            this.credentials = Objects.requireNonNull(credentials, "credentials");
        }

        @Override
        public boolean isSecret() {
            return true;
        }

        @Override
        public PsValue value(Secrets secrets) {
            char[] password = credentials.password();
            try {
                PsSecureString secret = secrets.add(PsSecureString.of(password));
                return PsObject.credential(credentials.userName(), secret);
            } finally {
                Arrays.fill(password, '\0');
            }
        }
    }
}
