package io.jenkins.plugins.azurestack.jenkins.step;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;

/** A secret file whose store never answers; knows who reads it, and who was interrupted doing so. */
public final class HangingFile extends BaseStandardCredentials implements FileCredentials {
    static final Semaphore READING = new Semaphore(0);
    static final Semaphore INTERRUPTED = new Semaphore(0);

    HangingFile(final String id) {
        super(CredentialsScope.GLOBAL, id, null);
    }

    @Override
    public String getFileName() {
        return "hanging.pfx";
    }

    @Override
    public InputStream getContent() throws InterruptedIOException {
        READING.release();
        try {
            new CountDownLatch(1).await();
            throw new AssertionError("nobody counts down");
        } catch (InterruptedException e) {
            INTERRUPTED.release();
            throw new InterruptedIOException();
        }
    }

    private static final long serialVersionUID = 1L;
}
