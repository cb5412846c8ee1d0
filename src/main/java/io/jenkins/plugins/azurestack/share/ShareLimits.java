package io.jenkins.plugins.azurestack.share;

import java.time.Duration;

/**
 * How long to wait for a server.
 *
 * @param connect for a connection
 * @param answer for the answer to one request
 */
public record ShareLimits(Duration connect, Duration answer) {
    /** 20 seconds and 30 seconds. */
    public static final ShareLimits USUAL = new ShareLimits(Duration.ofSeconds(20), Duration.ofSeconds(30));

    public ShareLimits {
        if (connect.toMillis() < 1 || answer.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "Waiting takes a millisecond at least, not " + connect + " or " + answer);
        }
    }
}
