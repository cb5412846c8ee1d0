package io.jenkins.plugins.azurestack.wiring;

/** Looks at the certificates of the stamp that wait in the credentials store. */
public final class CredentialSource {
    /** The source's name. */
    public static final String NAME = "credentials";

    private CredentialSource() {}
}
