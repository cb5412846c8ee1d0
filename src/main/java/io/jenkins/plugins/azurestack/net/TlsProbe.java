package io.jenkins.plugins.azurestack.net;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Looks at the certificates that a TLS server presents, whatever they are: expired, untrusted, for another name.
 *
 * <p>The probe sends its ClientHello, reads until the server's certificates are there, and closes the connection. It
 * never completes a handshake: no key exchange, no alert and no application data leave it, so nothing can be learned
 * from it and nothing be done with a server that it does not trust. It asks for TLS 1.2 or 1.3, with the host as
 * server name unless that is an address. Safe for use by many threads.
 */
public final class TlsProbe {
    private final Network network;
    private final SSLContext context;

    /**
     * What a server presented.
     *
     * @param certificates as presented, in the server's order, its own first; never empty
     * @param protocol the protocol version that the server chose: {@code TLSv1.2} or {@code TLSv1.3}
     */
    public record Presented(List<X509Certificate> certificates, String protocol) {
        public Presented {
            certificates = List.copyOf(certificates);
            Objects.requireNonNull(protocol, "protocol");
        }
    }

    /**
     * @param network opens the connections
     * @param random for what a ClientHello holds: a nonce and throw-away keys
     */
    public TlsProbe(final Network network, final SecureRandom random) {
        this.network = Objects.requireNonNull(network, "network");
        try {
            context = SSLContext.getInstance("TLS", "SunJSSE");
            context.init(null, new TrustManager[] {new CertificateCapture()}, random);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JVM's own TLS (SunJSSE) is not usable", e);
        }
    }

    /**
     * Looks once.
     *
     * @param host a host name, asked for as server name, or an IP literal, for which no name is sent
     * @param port a TCP port
     * @param timeout for connecting and everything the server says, together
     * @throws IllegalArgumentException if the host can be no server name, or the timeout is not above zero
     * @throws TlsProbeException if no certificate was seen; says why
     * @throws InterruptedException as soon as the thread is interrupted
     */
    public Presented look(final String host, final int port, final Duration timeout)
            throws TlsProbeException, InterruptedException {
        network.await();
        final Deadline deadline = Deadline.after(timeout);
        final String place = DirectNetwork.place(host, port);
        try (Socket socket = connect(host, port, deadline)) {
            return new CertificateHandshake(context, host, place, socket, deadline).run();
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw interrupted(place, e);
            }
            throw new TlsProbeException(
                    TlsProbeException.Kind.RESET, place + ": the connection was cut: " + e.getMessage(), e);
        }
    }

    private Socket connect(final String host, final int port, final Deadline deadline)
            throws TlsProbeException, InterruptedException {
        try {
            return network.connect(host, port, deadline.left());
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw interrupted(DirectNetwork.place(host, port), e);
            }
            throw new TlsProbeException(kindOf(e), said(e, host, port), e);
        }
    }

    /** What a network says of its failure, made to name the place if it does not. */
    private static String said(final IOException failure, final String host, final int port) {
        final String said = failure.getMessage() == null ? "no connection" : failure.getMessage();
        return said.contains(host) ? said : DirectNetwork.place(host, port) + ": " + said;
    }

    private static TlsProbeException.Kind kindOf(final IOException failure) {
        if (failure instanceof UnknownHostException) {
            return TlsProbeException.Kind.UNKNOWN_HOST;
        }
        if (failure instanceof SocketTimeoutException) {
            return TlsProbeException.Kind.NO_ANSWER;
        }
        if (failure instanceof ConnectException) {
            return TlsProbeException.Kind.REFUSED;
        }
        return TlsProbeException.Kind.UNREACHABLE;
    }

    private static InterruptedException interrupted(final String place, final IOException cause) {
        final InterruptedException interrupt = new InterruptedException("interrupted while looking at " + place);
        interrupt.initCause(cause);
        return interrupt;
    }
}
