package io.jenkins.plugins.azurestack.net;

import java.util.Objects;

/** Says why a server showed no certificate, and what an operator can do about it. Messages are one line. */
public class TlsProbeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    TlsProbeException(final Kind kind, final String message, final Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }

    /** What to do next; one sentence. */
    public String advice() {
        return kind.advice;
    }

    /** The ways in which a look at a server ends without its certificate. */
    public enum Kind {
        /** The name can't be resolved. */
        UNKNOWN_HOST("Check the region and the external domain name of the stamp, and that the name server used here"
                + " knows its zone."),
        /** No route, or the network is down. */
        UNREACHABLE("Check the routes and firewalls between here and the stamp, or look from an agent near it."),
        /** Nobody listens. */
        REFUSED("Check the port and that the service runs; a firewall may also refuse in its place."),
        /** Nothing, or too little, came in the given time. */
        NO_ANSWER("Check that a firewall lets this connection through, or allow more time."),
        /** What came is no TLS. */
        NOT_TLS("Check the port: something other than TLS answers there."),
        /** It is TLS, but damaged or beyond what can be read. */
        GARBLED("Look at the server with 'openssl s_client'; a proxy on the way may also damage the connection."),
        /** The server cut the connection. */
        RESET("Check that the server has a certificate for this name; Windows servers without one, and firewalls that"
                + " look at the name, cut the connection like this."),
        /** The server ended the connection in good order, too early. */
        CLOSED("Check that the service behind the address runs; a load balancer without healthy servers closes like"
                + " this."),
        /** The server refused by a TLS alert. */
        ALERT("Check that the server has a certificate for this name, and which cipher suites it allows."),
        /** The server speaks nothing newer than TLS 1.1. */
        PROTOCOL_TOO_OLD("Let the server speak TLS 1.2; nothing older is asked here."),
        /** More bytes than any real handshake has. */
        TOO_MUCH("Look at the server with 'openssl s_client': a chain this long is no working one.");

        private final String advice;

        Kind(final String advice) {
            this.advice = advice;
        }
    }
}
