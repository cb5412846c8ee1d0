package io.jenkins.plugins.azurestack.arm;

import io.jenkins.plugins.azurestack.net.http.Https;
import io.jenkins.plugins.azurestack.net.http.Reply;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * Asks again where no answer came, or one that says to come back later: a few times, within limits. Only for requests
 * that change nothing, which is all that this client sends. Thread-safe.
 */
final class Reads {
    private static final String SAFE = " Only reading was tried; nothing was changed. ";
    private static final Set<Integer> LATER = Set.of(429, 503);
    private static final Set<Integer> PASSING = Set.of(408, 500, 502, 504);
    private static final int MANY = 429;

    private final Https https;
    private final Limits limits;
    private final Pause pause;

    Reads(final Https https, final Limits limits, final Pause pause) {
        this.https = https;
        this.limits = limits;
        this.pause = pause;
    }

    /**
     * Asks until there is an answer.
     *
     * @return what came, of whatever status, the passing ones after the last try only
     */
    Reply send(final Https.Request request) throws ResourceManagerException, InterruptedException {
        final String host = request.uri().getHost();
        for (int attempt = 1; ; attempt++) {
            final boolean last = attempt >= limits.tries();
            Duration wait = limits.pause().multipliedBy(attempt);
            try {
                final Reply reply = https.send(request);
                if (LATER.contains(reply.status())) {
                    final Optional<Duration> asked = retryAfter(reply);
                    if (last || asked.filter(this::isTooLong).isPresent()) {
                        throw throttled(host, reply.status(), asked);
                    }
                    wait = asked.orElse(wait);
                } else if (last || !PASSING.contains(reply.status())) {
                    return reply;
                }
            } catch (Https.TooLargeException | Https.NoHttpException e) {
                throw new UnexpectedAnswerException(
                        host + " did not answer as Resource Manager or its authority do: " + e.getMessage() + "." + SAFE
                                + "Check what answers behind that name.",
                        e);
            } catch (SSLException e) {
                if (last || isDistrust(e)) {
                    throw untrusted(host, e);
                }
            } catch (IOException e) {
                if (last) {
                    throw unreachable(host, e);
                }
            }
            pause.lasting(wait);
        }
    }

    private boolean isTooLong(final Duration asked) {
        return asked.compareTo(limits.longestPause()) > 0;
    }

    /** RFC 9110 10.2.3, in its form with seconds; the other, a date, is left to the usual pause. */
    private static Optional<Duration> retryAfter(final Reply reply) {
        return reply.header("Retry-After")
                .map(String::trim)
                .filter(value -> value.matches("[0-9]{1,9}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }

    private static boolean isDistrust(final Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof CertPathValidatorException) {
                return true;
            }
        }
        return false;
    }

    private static ThrottledException throttled(final String host, final int status, final Optional<Duration> asked) {
        return new ThrottledException(
                host + (status == MANY ? " had too many requests" : " is not available for now")
                        + asked.map(time -> " and asks to be left alone for " + time.toSeconds() + " s")
                                .orElse("")
                        + "." + SAFE + "Try again later.",
                asked);
    }

    private static UntrustedEndpointException untrusted(final String host, final SSLException e) {
        return new UntrustedEndpointException(
                "No trusted connection to " + host + ": " + Text.printable(e.getMessage()) + "."
                        + " Nothing was sent on it, and nothing was changed. "
                        + (isDistrust(e)
                                ? "If the certificate has expired, it has to be rotated; if its authority is not known"
                                        + " here, add that root to the stamp's trusted certificates."
                                : "Check what answers on that port."),
                e);
    }

    private UnreachableException unreachable(final String host, final IOException e) {
        return new UnreachableException(
                host + " gave no answer, asked " + limits.tries() + " times: " + Text.printable(e.getMessage()) + "."
                        + SAFE + "Check that the host is reached from here, and that it is up.",
                e);
    }
}
