package io.jenkins.plugins.azurestack.share;

import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.util.Objects;

/**
 * One PFX that is to be put on the share. A name that nobody else would choose, such as one with the id of a rotation in
 * it, makes a file known as the caller's own even where its content is not.
 *
 * @param folder whose certificate it holds
 * @param name what the file is called, ending in {@code .pfx}; any other part is the caller's choice
 * @param content the file's bytes; the caller's own array, which it must not change before the file is staged
 */
public record CertificateFile(CertificateFolder folder, String name, byte[] content) {
    public CertificateFile {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(content, "content");
        if (!Layout.isPfxName(name)) {
            throw new IllegalArgumentException("'" + Text.printable(name)
                    + "' is no name for a PFX on a Windows share; give one such as east.pfx");
        }
        if (content.length == 0) {
            throw new IllegalArgumentException("The file for " + folder.folderName() + " is empty");
        }
    }

    /** Folder and name. */
    @Override
    public String toString() {
        return "CertificateFile[" + folder.folderName() + Layout.SEPARATOR + Text.printable(name) + "]";
    }
}
