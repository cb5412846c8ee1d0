package io.jenkins.plugins.azurestack.simulator.world;

import java.io.IOException;
import java.nio.file.Path;

/** The file shares that the stamp can reach over SMB. Thread-safe. */
public interface CertificateShare {
    /**
     * Where a UNC path leads to, once a user has proved who he is. What is there may be written as well as read.
     *
     * @param unc such as {@code \\10.30.0.50\rotation\Certificates}
     * @param user as it was given, with or without a domain
     * @param password the caller's
     * @throws IOException in Windows' words, if there is no such path or the user may not go there
     */
    Path open(String unc, String user, char[] password) throws IOException;
}
