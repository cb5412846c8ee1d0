package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.certificate.readiness.CrlProbe;
import io.jenkins.plugins.azurestack.net.HttpDownload;
import io.jenkins.plugins.azurestack.net.HttpDownloadException;
import java.net.URI;
import java.time.Duration;

/** Fetches revocation lists over the network that it is given, and says where that begins. */
public final class HttpCrlProbe implements CrlProbe {
    /** The lists of large public authorities have a few megabytes. */
    private static final int LARGEST = 8 * 1024 * 1024;

    private final HttpDownload download;
    private final String from;
    private final Duration timeout;

    /**
     * @param from where the network begins, as part of a sentence: {@code the Jenkins controller}
     * @param timeout for each list
     */
    public HttpCrlProbe(final HttpDownload download, final String from, final Duration timeout) {
        this.download = download;
        this.from = from;
        this.timeout = timeout;
    }

    @Override
    public Answer ask(final URI url) throws InterruptedException {
        try {
            return new Answer(from, new Result.Served(download.get(url, LARGEST, timeout)));
        } catch (HttpDownloadException e) {
            return new Answer(
                    from,
                    e.kind() == HttpDownloadException.Kind.TOO_LARGE
                            ? new Result.TooLarge(LARGEST)
                            : new Result.Failed(e.getMessage()));
        }
    }
}
