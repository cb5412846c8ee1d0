package io.jenkins.plugins.azurestack.arm;

import io.jenkins.plugins.azurestack.net.http.HttpLimits;
import java.time.Duration;

/**
 * How long and how much this client takes part in.
 *
 * @param connect of resolving, connecting and TLS each
 * @param silence between bytes of an answer
 * @param exchange of one request, connecting and answer included
 * @param answer bytes of one answer
 * @param pages of one list
 * @param tries of one read, the first included
 * @param pause before the second try; twice that before the third, and so on, where the service names no time
 * @param longestPause that a service may ask for
 */
record Limits(
        Duration connect,
        Duration silence,
        Duration exchange,
        int answer,
        int pages,
        int tries,
        Duration pause,
        Duration longestPause) {
    /** Generous to a stamp under load; a page of recorded alerts has some hundred kilobytes. */
    static final Limits USUAL = new Limits(
            Duration.ofSeconds(15),
            Duration.ofSeconds(60),
            Duration.ofMinutes(3),
            16 * 1024 * 1024,
            500,
            4,
            Duration.ofSeconds(2),
            Duration.ofMinutes(1));

    /** Those of one exchange. */
    HttpLimits http() {
        return new HttpLimits(connect, silence, exchange, answer);
    }
}
