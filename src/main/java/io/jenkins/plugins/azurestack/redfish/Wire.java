package io.jenkins.plugins.azurestack.redfish;

import io.jenkins.plugins.azurestack.net.http.Https;
import io.jenkins.plugins.azurestack.net.http.Reply;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sends one request to one BMC, once, and tells how far it came. Thread-safe. */
final class Wire {
    private final BmcAddress address;
    private final Https https;

    Wire(final BmcAddress address, final Https https) {
        this.address = address;
        this.https = https;
    }

    BmcAddress address() {
        return address;
    }

    /** How far a request came. */
    sealed interface Outcome {}

    /** There and back. */
    record Answered(Reply reply) implements Outcome {}

    /**
     * Not back.
     *
     * @param kind unreachable, untrusted or unexpected
     * @param reason in a sentence without its full stop
     * @param left whether the request may have reached the BMC
     * @param interrupted whether the thread was interrupted, which it still is
     */
    record Failed(BmcException.Kind kind, String reason, boolean left, boolean interrupted, Exception cause)
            implements Outcome {}

    /** @param body the caller's to wipe */
    Outcome send(
            final String method, final String path, final Map<String, String> headers, final Optional<JsonBody> body) {
        final AtomicBoolean left = new AtomicBoolean();
        try {
            return new Answered(https.send(
                    new Https.Request(
                            method,
                            address.uri(path),
                            headers,
                            body.map(JsonBody::bytes).map(Https.Content::json)),
                    () -> left.set(true)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(BmcException.Kind.UNREACHABLE, "the wait for " + address + " was interrupted", left, e);
        } catch (Https.TooLargeException | Https.NoHttpException e) {
            return failed(BmcException.Kind.UNEXPECTED, address + " did not answer as a BMC does: " + said(e), left, e);
        } catch (IOException e) {
            if (!left.get() && isDistrust(e)) {
                return failed(
                        BmcException.Kind.UNTRUSTED,
                        "the certificate of " + address + " is not trusted, and nothing was sent to it: " + said(e),
                        left,
                        e);
            }
            return failed(BmcException.Kind.UNREACHABLE, address + " gave no answer: " + said(e), left, e);
        }
    }

    private static Failed failed(
            final BmcException.Kind kind, final String reason, final AtomicBoolean left, final Exception cause) {
        return new Failed(kind, reason, left.get(), cause instanceof InterruptedException, cause);
    }

    private static String said(final IOException e) {
        return Text.printable(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }

    private static boolean isDistrust(final Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof CertPathValidatorException) {
                return true;
            }
        }
        return false;
    }
}
