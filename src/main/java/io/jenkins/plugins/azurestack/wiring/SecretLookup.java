package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;

/** Credentials that a maintenance run needs besides key stores: accounts and passwords. */
public interface SecretLookup extends CredentialLookup {
    /**
     * A user name with its password.
     *
     * @param id the credential's id
     * @return what is there; the caller closes it
     * @throws NotSeenException if there is no such credential, or this build may not use it, or it is of another type
     */
    PasswordCredentials login(String id) throws NotSeenException;

    /**
     * A password alone: a secret text, or the password of a user name.
     *
     * @param id the credential's id
     * @return what is there; the caller wipes it
     * @throws NotSeenException if there is no such credential, or this build may not use it, or it is of another type
     */
    char[] password(String id) throws NotSeenException;
}
