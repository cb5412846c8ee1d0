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

    /**
     * The content of a secret file, whatever it is.
     *
     * @param id the credential's id
     * @return what is there; the caller wipes it
     * @throws NotSeenException if there is no such credential, or this build may not use it, or it is of another type
     */
    byte[] file(String id) throws NotSeenException;

    /**
     * Whether a credential is there, of whatever type. This is no use of it.
     *
     * @param id the credential's id
     */
    Presence presence(String id);

    /** What can be known about the being of a credential. */
    enum Presence {
        /** It is there, and this build may use it. */
        USABLE,
        /** Nothing of that id is in any store that this job sees. */
        ABSENT,
        /** It is there and this build may not use it, or nobody can tell. */
        HIDDEN
    }
}
