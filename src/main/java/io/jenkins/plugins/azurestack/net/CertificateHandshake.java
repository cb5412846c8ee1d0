package io.jenkins.plugins.azurestack.net;

import io.jenkins.plugins.azurestack.net.TlsProbeException.Kind;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * One TLS handshake, as far as the server's certificates. An {@link SSLEngine} does the TLS; this class carries its
 * records, and looks at them first, since their plain first bytes tell more of what goes wrong than the engine does.
 */
final class CertificateHandshake {
    /** Far beyond any real chain, and little enough to hold for many servers at once. */
    private static final int MOST_BYTES = 256 * 1024;

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final ByteBuffer NO_APPLICATION_DATA = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final String place;
    private final Socket socket;
    private final Deadline deadline;
    private final ByteBuffer outgoing;
    private final byte[] incoming = new byte[TlsRecord.LONGEST];
    private int buffered;
    private int received;

    CertificateHandshake(
            final SSLContext context,
            final String host,
            final String place,
            final Socket socket,
            final Deadline deadline) {
        this.engine = context.createSSLEngine();
        this.place = place;
        this.socket = socket;
        this.deadline = deadline;
        this.outgoing = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.setUseClientMode(true);
        final SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        if (!DirectNetwork.isLiteral(host)) {
            parameters.setServerNames(List.of(serverName(host)));
        }
        engine.setSSLParameters(parameters);
    }

    private static SNIHostName serverName(final String host) {
        // RFC 6066 section 3: without the root's trailing dot.
        return new SNIHostName(host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
    }

    TlsProbe.Presented run() throws IOException, TlsProbeException {
        try {
            engine.beginHandshake();
            while (true) {
                step();
            }
        } catch (SSLException e) {
            return presentedOrFailed(e);
        } catch (SocketTimeoutException e) {
            throw failed(Kind.NO_ANSWER, silence(), e);
        } catch (SocketException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            throw failed(Kind.RESET, "the server reset the connection" + progress(), e);
        } catch (RuntimeException e) {
            // The JVM's parser lets an exception of its own out of some keys, such as an empty one of Ed25519.
            throw failed(Kind.GARBLED, "the server's certificate can't be parsed: " + rootOf(e), e);
        }
    }

    private static Throwable rootOf(final Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** Does what the engine wants next. It ends with an exception in any case, at best with {@code Captured}. */
    private void step() throws IOException, TlsProbeException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> {
                for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                    task.run();
                }
                // What a task threw comes out of the next call only, which must not wait for more to come.
                engine.unwrap(NO_APPLICATION_DATA.duplicate(), NO_APPLICATION_DATA.duplicate());
            }
            case NEED_WRAP -> send();
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> receive();
            case FINISHED, NOT_HANDSHAKING ->
                throw failed(Kind.GARBLED, "the handshake went on without any certificate", null);
        }
    }

    private void send() throws IOException, TlsProbeException {
        outgoing.clear();
        final SSLEngineResult result = engine.wrap(NO_APPLICATION_DATA, outgoing);
        if (result.getStatus() != SSLEngineResult.Status.OK) {
            throw failed(Kind.GARBLED, "the TLS engine stopped with " + result.getStatus(), null);
        }
        // Nothing but a ClientHello ever leaves, be it the first or the answer to a HelloRetryRequest.
        if (TlsRecord.isClientHello(outgoing.array(), outgoing.position())) {
            socket.getOutputStream().write(outgoing.array(), 0, outgoing.position());
        }
    }

    private void receive() throws IOException, TlsProbeException {
        fill(TlsRecord.HEADER);
        if (!TlsRecord.looksLikeOne(incoming)) {
            throw failed(Kind.NOT_TLS, "what answers is not TLS: " + TlsRecord.firstWords(incoming, buffered), null);
        }
        final int length = TlsRecord.HEADER + TlsRecord.length(incoming);
        fill(length);
        refuseWhatIsRefused(length);
        if (!TlsRecord.isWarning(incoming)) {
            engine.unwrap(ByteBuffer.wrap(incoming, 0, length), NO_APPLICATION_DATA.duplicate());
        }
        System.arraycopy(incoming, length, incoming, 0, buffered - length);
        buffered -= length;
    }

    private void refuseWhatIsRefused(final int length) throws TlsProbeException {
        if (TlsRecord.isFatalAlert(incoming)) {
            final String alert = TlsRecord.alertName(incoming);
            if (alert.equals(TlsRecord.PROTOCOL_VERSION)) {
                throw failed(Kind.PROTOCOL_TOO_OLD, "the server wants neither TLS 1.3 nor TLS 1.2", null);
            }
            throw failed(Kind.ALERT, "the server refused with the alert " + alert, null);
        }
        final String old = TlsRecord.oldProtocolOf(incoming, length);
        if (!old.isEmpty()) {
            throw failed(Kind.PROTOCOL_TOO_OLD, "the server chose " + old, null);
        }
    }

    /** Reads until so many bytes are there. */
    private void fill(final int wanted) throws IOException, TlsProbeException {
        while (buffered < wanted) {
            if (received >= MOST_BYTES) {
                throw failed(Kind.TOO_MUCH, "more than " + MOST_BYTES / 1024 + " KiB came, and no certificate", null);
            }
            if (deadline.passed()) {
                throw new SocketTimeoutException();
            }
            socket.setSoTimeout(Deadline.millis(deadline.left()));
            final int read = socket.getInputStream().read(incoming, buffered, incoming.length - buffered);
            if (read < 0) {
                throw ended();
            }
            buffered += read;
            received += read;
        }
    }

    private TlsProbeException ended() {
        if (buffered > 0 && !TlsRecord.couldBecomeOne(incoming, buffered)) {
            return failed(Kind.NOT_TLS, "what answers is not TLS: " + TlsRecord.firstWords(incoming, buffered), null);
        }
        return failed(Kind.CLOSED, "the server closed the connection" + progress(), null);
    }

    private TlsProbe.Presented presentedOrFailed(final SSLException failure) throws TlsProbeException {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateCapture.Captured captured) {
                return captured.presented();
            }
        }
        final String said = String.valueOf(failure.getMessage());
        // The JVM's own bounds: jdk.tls.maxHandshakeMessageSize and jdk.tls.maxCertificateChainLength.
        if (said.contains("exceeds the maximum allowed")) {
            throw failed(Kind.TOO_MUCH, "more came than a handshake may hold: " + said, failure);
        }
        throw failed(Kind.GARBLED, "what came can't be read as TLS: " + said, failure);
    }

    private String silence() {
        return received == 0
                ? "it accepted the connection, but said nothing within " + deadline
                : "only " + received + " bytes came within " + deadline + ", too few for a certificate";
    }

    private String progress() {
        return received == 0 ? " without a word" : " after " + received + " bytes, before any certificate";
    }

    private TlsProbeException failed(final Kind kind, final String reason, final Exception cause) {
        return new TlsProbeException(kind, place + ": " + reason, cause);
    }
}
