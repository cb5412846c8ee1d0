package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.arm.ClientCertificate;
import io.jenkins.plugins.azurestack.arm.ClientSecret;
import io.jenkins.plugins.azurestack.arm.OperatorCredentials;
import io.jenkins.plugins.azurestack.certificate.KeyAndChain;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** The operator's service principal in the credentials store: its client id with its secret, or with a certificate. */
final class OperatorLogin {
    private OperatorLogin() {}

    /**
     * What Resource Manager is asked as; the caller closes it.
     *
     * @param secrets told the client secret, if there is one; the array is wiped afterwards
     * @throws NotSeenException if the credential is not there, or is of another kind
     */
    static OperatorCredentials of(
            final SecretLookup credentials,
            final Stamp stamp,
            final Maintenance maintenance,
            final Consumer<char[]> secrets)
            throws NotSeenException {
        final String id = maintenance.operator().orElseThrow();
        return maintenance.operatorClientId().isPresent() && !isLogin(credentials, id)
                ? certificate(credentials, id, maintenance.operatorClientId().get(), stamp.certificatePassword())
                : secret(credentials, id, secrets);
    }

    private static boolean isLogin(final SecretLookup credentials, final String id) {
        try (PasswordCredentials login = credentials.login(id)) {
            return !login.userName().isEmpty();
        } catch (NotSeenException e) {
            // It is of another kind, or not there at all: looking for a certificate says which.
            return false;
        }
    }

    private static OperatorCredentials secret(
            final SecretLookup credentials, final String id, final Consumer<char[]> secrets) throws NotSeenException {
        try (PasswordCredentials login = credentials.login(id)) {
            final char[] secret = login.password();
            try {
                secrets.accept(secret);
                return new ClientSecret(login.userName(), Optional.empty(), secret);
            } finally {
                Arrays.fill(secret, '\0');
            }
        }
    }

    private static OperatorCredentials certificate(
            final SecretLookup credentials, final String id, final String clientId, final Optional<String> password)
            throws NotSeenException {
        try (CredentialLookup.Held held = credentials.find(id, password)) {
            final KeyAndChain pair =
                    StoredKeys.in(held, Text.printable(id), any -> true).pair();
            return new ClientCertificate(
                    clientId, Optional.empty(), pair.chain().leaf(), pair.key());
        }
    }
}
