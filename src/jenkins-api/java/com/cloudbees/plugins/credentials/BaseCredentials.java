package com.cloudbees.plugins.credentials;

public class BaseCredentials implements Credentials {
    private static final long serialVersionUID = 1L;

    protected BaseCredentials() {}

    public BaseCredentials(CredentialsScope scope) {}

    @Override
    public CredentialsScope getScope() {
        throw new UnsupportedOperationException();
    }
}
