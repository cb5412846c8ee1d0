package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import java.util.List;
import java.util.Map;

/** The share from which the stamp takes the certificates. Paths are relative to {@code Certificates}, with slashes. */
public interface StagingShare {
    /** The UNC path whose last element is {@code Certificates}. */
    String path();

    /**
     * What is there.
     *
     * @return SHA-256 in lower-case hex by path; empty if nothing is
     */
    Map<String, String> look() throws NotKnownException, InterruptedException;

    /**
     * What stands against staging a set there: no permission, no space.
     *
     * @param bytes how much is to be written
     * @return each a sentence; empty if nothing does
     */
    List<String> obstacles(long bytes) throws NotKnownException, InterruptedException;

    /** Where a folder's file belongs. */
    String pathOf(CertificateFolder folder);

    /**
     * Writes one new file, forces it out, and reads it back; sent once.
     *
     * @return SHA-256 of what was read back, in lower-case hex
     * @throws NotKnownException if nothing, or nobody knows what, was written: look before doing it again
     */
    String stage(CertificateFolder folder, byte[] pfx) throws NotKnownException, InterruptedException;

    /**
     * The folders that {@link #stage} made, since this object was, and that were not there before; relative to {@code
     * Certificates}.
     */
    default List<String> made() {
        return List.of();
    }

    /**
     * Removes files, and folders as far as they are empty.
     *
     * @param paths only these
     * @param folders what {@link #made} told, in this process or an earlier one
     * @return those files that are still there, with the reason
     */
    Map<String, String> remove(List<String> paths, List<String> folders) throws NotKnownException, InterruptedException;
}
