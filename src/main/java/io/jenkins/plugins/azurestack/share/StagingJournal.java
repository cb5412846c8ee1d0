package io.jenkins.plugins.azurestack.share;

import java.io.IOException;

/**
 * Where the caller writes down what is about to happen on the share, and what has. What comes before a change must be on
 * disk when the call returns; if a call throws, the change is not made and staging ends with that exception.
 */
public interface StagingJournal {
    /** A folder is missing and will be made. */
    void aboutToMake(String folder) throws IOException;

    /** The folder was made, by this client. */
    void made(String folder) throws IOException;

    /** A file will be written, where there is none. */
    void aboutToWrite(StagedFile file) throws IOException;

    /** The file is there, was flushed, and reads back as it was written. */
    void written(StagedFile file) throws IOException;
}
