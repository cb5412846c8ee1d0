package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The new certificates, ready to be staged, and what the readiness checks say of them. Holds private keys until closed. */
public interface CertificateSet extends AutoCloseable {
    /** SHA-256 of each folder's certificate, in lower-case hex, in the order of the documentation. */
    Map<CertificateFolder, String> fingerprints();

    /** What stands against rotating to this set, each a sentence; empty if nothing does. */
    List<String> obstacles();

    /** What an operator should know besides, each a sentence. */
    List<String> remarks();

    /**
     * The file for one folder, as the stamp wants it: the bytes that the checks ran on.
     *
     * @return a copy that the caller wipes
     */
    byte[] pfx(CertificateFolder folder) throws IOException;

    /** Wipes what it holds. */
    @Override
    void close();
}
