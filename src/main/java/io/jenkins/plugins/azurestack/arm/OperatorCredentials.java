package io.jenkins.plugins.azurestack.arm;

import java.util.Optional;

/**
 * The operator's service principal and how it proves that it is who it says. Closing wipes what can be wiped; to be
 * closed by whoever made it. Prints no secret.
 */
public sealed interface OperatorCredentials extends AutoCloseable permits ClientSecret, ClientCertificate {
    /** The application's id. */
    String clientId();

    /** The directory tenant's id; without it the one that the stamp names is taken. AD FS has none. */
    Optional<String> tenant();

    @Override
    void close();
}
