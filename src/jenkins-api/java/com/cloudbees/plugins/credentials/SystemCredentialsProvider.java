package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.ModelObject;
import java.io.IOException;
import java.util.List;

public class SystemCredentialsProvider {
    public static class StoreImpl extends CredentialsStore {
        public StoreImpl() {}

        @Override
        public ModelObject getContext() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Credentials> getCredentials(Domain domain) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean addCredentials(Domain domain, Credentials credentials) throws IOException {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean removeCredentials(Domain domain, Credentials credentials) throws IOException {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean updateCredentials(Domain domain, Credentials current, Credentials replacement)
                throws IOException {
            throw new UnsupportedOperationException();
        }
    }
}
