package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.arm.ClientSecret;
import io.jenkins.plugins.azurestack.arm.OperatorCredentials;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import java.util.Arrays;
import java.util.Optional;

/** The operator's service principal in the credentials store: its client id with its secret. */
final class OperatorLogin {
    private OperatorLogin() {}

    /**
     * What Resource Manager is asked as; the caller closes it.
     *
     * @throws NotSeenException if the credential is not there, or is no user name with password
     */
    static OperatorCredentials of(final SecretLookup credentials, final String id) throws NotSeenException {
        try (PasswordCredentials login = credentials.login(id)) {
            final char[] secret = login.password();
            try {
                return new ClientSecret(login.userName(), Optional.empty(), secret);
            } finally {
                Arrays.fill(secret, '\0');
            }
        }
    }
}
