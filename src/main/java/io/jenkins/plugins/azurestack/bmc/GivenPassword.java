package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.stamp.NotKnownException;

/** The new password, where somebody has put it into the credentials store. */
public interface GivenPassword {
    /** The credential's id. */
    String credentialsId();

    /**
     * What it holds.
     *
     * @return the caller's to close
     * @throws NotKnownException if there is no such credential, or it is of another type
     */
    BmcLogin login() throws NotKnownException;
}
