package io.jenkins.plugins.azurestack.powershell.wsman;

import io.jenkins.plugins.azurestack.powershell.Connector;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;

/**
 * A channel over HTTP: one authenticated connection, used in turn, replaced when it broke or lay unused too long.
 *
 * <p>The caller's own thread sends and receives: {@link Cancellable} lets an interrupt end that, {@link #close()} does
 * by closing the socket, and so does {@link Deadlines} when the time is over. Only connecting and logging on is the
 * work of another thread, since name resolution and a connector's own ways can't be interrupted.
 *
 * <p><b>What a 401 means.</b> A request goes out again only after a 401 to that very request, once, on a connection that
 * was logged on anew: an HTTP service answers so before it looks at a request, and so does one that has forgotten the
 * logon of a connection. A 401 that brings an envelope, sealed where the connection is, comes from behind the logon:
 * the request was looked at, and the envelope is read as the answer that it is, mostly a fault. On plain HTTP a bare
 * 401 can be forged by whoever sits on the line and lets the request pass as well: he can't read or alter it, but it
 * then arrives twice, with the same ids both times. HTTPS closes that door.
 */
final class HttpChannel implements SoapChannel {

    /** Used again sooner than this, a connection is trusted without a look. */
    private static final Duration SURELY_ALIVE = Duration.ofMillis(250);
    /** What is granted beyond the socket's own time-outs. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private final WsManEndpoint endpoint;
    private final Logon logon;
    private final String userName;
    private final Connector connector;
    private final SSLContext sslContext;
    private final WsManTimeouts timeouts;
    private final Clock clock;
    private final ExecutorService workers;
    private final Deadlines deadlines;
    private final ReentrantLock turn = new ReentrantLock(true);

    private volatile boolean closed;
    private volatile Attempt current;
    /** Guarded by {@link #turn}. */
    private Authenticated kept;

    HttpChannel(
            final String name,
            final WsManEndpoint endpoint,
            final Logon logon,
            final String userName,
            final Connector connector,
            final SSLContext sslContext,
            final WsManTimeouts timeouts,
            final Clock clock) {
        this.endpoint = endpoint;
        this.logon = logon;
        this.userName = userName;
        this.connector = connector;
        this.sslContext = sslContext;
        this.timeouts = timeouts;
        this.clock = clock;
        this.workers = Executors.newCachedThreadPool(task -> {
            final Thread thread = new Thread(task, "WS-Man " + name + " " + endpoint.host());
            thread.setDaemon(true);
            return thread;
        });
        this.deadlines = new Deadlines(workers);
    }

    /** A connection that is logged on, and when it was last used. */
    private record Authenticated(HttpConnection connection, Protection protection, Instant lastUse) {}

    @Override
    public byte[] exchange(final byte[] envelope, final Duration limit) throws WsManException {
        takeTurn();
        try {
            final Attempt attempt = new Attempt(envelope, limit, kept);
            kept = null;
            current = attempt;
            final byte[] answer = attempt.run();
            kept = attempt.reusable;
            return answer;
        } finally {
            current = null;
            turn.unlock();
            forgetIfClosed();
        }
    }

    private void takeTurn() throws CancelledException {
        try {
            turn.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(Delivery.NOT_SENT);
        }
    }

    @Override
    public void close() {
        closed = true;
        final Attempt running = current;
        if (running != null) {
            running.abandon(clientClosed(running.progress.giveUp()));
        }
        forgetIfClosed();
        workers.shutdown();
    }

    /** Called after closing and after each turn, so that whoever comes last ends the connection. */
    private void forgetIfClosed() {
        if (closed && turn.tryLock()) {
            try {
                if (kept != null) {
                    kept.connection().close();
                    kept = null;
                }
            } finally {
                turn.unlock();
            }
        }
    }

    private static CancelledException interrupted(final Delivery delivery) {
        return new CancelledException(delivery, "The wait for the server's answer was interrupted");
    }

    private static CancelledException clientClosed(final Delivery delivery) {
        return new CancelledException(delivery, "The client was closed while it waited for the server's answer");
    }

    /** One envelope on its way; owns its connection until it has ended well. */
    private final class Attempt {

        private final byte[] envelope;
        private final Duration limit;
        private final Progress progress = new Progress();
        private final Authenticated inherited;
        /** Ends the wait for a logon from elsewhere; null while there is none. */
        private volatile CompletableFuture<Authenticated> opening;
        /** Why it was ended from elsewhere, before all that breaks in consequence. Guarded by this. */
        private WsManException verdict;
        /** Closing it ends whatever is done with the connection. Guarded by this. */
        private Socket socket;
        /** Guarded by this. */
        private HttpConnection live;
        /** The connection to use next time. */
        private Authenticated reusable;

        Attempt(final byte[] envelope, final Duration limit, final Authenticated inherited) {
            this.envelope = envelope;
            this.limit = limit;
            this.inherited = inherited;
            this.live = inherited == null ? null : inherited.connection();
        }

        byte[] run() throws WsManException {
            try {
                if (closed) {
                    throw clientClosed(Delivery.NOT_SENT);
                }
                return exchangeWithRepetition();
            } catch (WsManException | RuntimeException | Error e) {
                closeLive();
                throw decided(e);
            }
        }

        /** What broke because the connection was closed under it is told by why it was closed. */
        private WsManException decided(final Throwable cause) {
            final WsManException known = verdict();
            if (known != null) {
                return known;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            return cause instanceof WsManException own
                    ? own
                    : progress.lost("The exchange with " + endpoint + " failed (" + cause + ")", cause);
        }

        private synchronized WsManException verdict() {
            return verdict;
        }

        /** Ends the exchange with this failure, whatever its thread is doing. */
        void abandon(final WsManException failure) {
            final Socket raw;
            synchronized (this) {
                verdict = verdict == null ? failure : verdict;
                raw = socket;
            }
            final CompletableFuture<Authenticated> waiting = opening;
            if (waiting != null) {
                waiting.completeExceptionally(failure);
            }
            closeLive();
            if (raw != null) {
                HttpConnection.closeQuietly(raw);
            }
        }

        private void timeOut() {
            progress.giveUp();
            abandon(progress.lost("The time for an answer from " + endpoint + " ran out", null));
        }

        private synchronized void closeLive() {
            if (live != null) {
                live.close();
            }
        }

        private synchronized void own(final Socket opened) throws IOException {
            socket = opened;
            if (verdict != null) {
                HttpConnection.closeQuietly(opened);
                throw new IOException("Abandoned");
            }
        }

        /** The one place where an envelope may go out twice: after a 401 to that very envelope. */
        private byte[] exchangeWithRepetition() throws WsManException {
            final Authenticated first = trusted();
            final HttpAnswer answer = send(first);
            if (!refusal(first, answer)) {
                return read(first, answer);
            }
            progress.refused();
            first.connection().close();
            if (!logon.boundToConnection()) {
                throw Logon.refused(userName, endpoint, answer.date(), clock);
            }
            final Authenticated second = fresh();
            final HttpAnswer again = send(second);
            if (refusal(second, again)) {
                progress.refused();
                throw Logon.refused(userName, endpoint, again.date(), clock);
            }
            return read(second, again);
        }

        /** A 401 from before the logon: one that brings an envelope has looked at the request. */
        private boolean refusal(final Authenticated on, final HttpAnswer answer) {
            return answer.status() == 401
                    && !(logon.boundToConnection() && on.protection().carriesEnvelope(answer));
        }

        private byte[] read(final Authenticated on, final HttpAnswer answer) throws WsManException {
            final byte[] opened = on.protection().unprotect(answer);
            if (answer.keptAlive() && !on.connection().line().cancelled() && verdict() == null) {
                reusable = new Authenticated(on.connection(), on.protection(), clock.instant());
            } else {
                on.connection().close();
            }
            return opened;
        }

        private Authenticated trusted() throws WsManException {
            if (inherited != null) {
                final Duration unused = Duration.between(inherited.lastUse(), clock.instant());
                final boolean young = !unused.isNegative() && unused.compareTo(timeouts.idle()) < 0;
                final boolean inUse = young && unused.compareTo(SURELY_ALIVE) < 0;
                if (young && (inUse || !inherited.connection().stale())) {
                    return inherited;
                }
                inherited.connection().close();
            }
            return fresh();
        }

        private HttpAnswer send(final Authenticated on) throws WsManException {
            final Cancellable line = on.connection().line();
            try {
                if (!line.enter()) {
                    throw interrupted(progress.giveUp());
                }
                deadlines.watch(limit.plus(SLACK), this::timeOut);
                return post(on);
            } catch (ConnectionFailedException | ConnectionLostException e) {
                throw Thread.currentThread().isInterrupted() ? interrupted(progress.giveUp()) : e;
            } finally {
                deadlines.done();
                line.leave();
            }
        }

        private HttpAnswer post(final Authenticated on) throws WsManException {
            final Protection protection = on.protection();
            final byte[] body = protection.protect(envelope);
            progress.begin(body.length);
            try {
                return on.connection()
                        .post(protection.authorization(), protection.contentType(), body, progress, limit);
            } catch (WsManException e) {
                throw e;
            } catch (SocketTimeoutException e) {
                throw progress.lost("No answer from " + endpoint + " within " + limit.toSeconds() + " s", e);
            } catch (MessageConstraintException e) {
                throw new AnswerTooLargeException("The header of the answer is larger than any honest one");
            } catch (IOException e) {
                throw progress.lost("The connection to " + endpoint + " broke", e);
            } catch (HttpException e) {
                throw new MalformedAnswerException("What " + endpoint + " answered is not HTTP", e);
            }
        }

        /** Has another thread connect and log on, and waits beside it. */
        private Authenticated fresh() throws WsManException {
            progress.allow(timeouts.connect().plus(SLACK));
            final CompletableFuture<Authenticated> result = new CompletableFuture<>();
            opening = result;
            try {
                workers.execute(() -> open(result));
                while (true) {
                    try {
                        return result.get(Math.max(1, progress.nanosLeft()), TimeUnit.NANOSECONDS);
                    } catch (TimeoutException e) {
                        if (progress.nanosLeft() <= 0) {
                            timeOut();
                        }
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                final CancelledException cancelled = interrupted(progress.giveUp());
                abandon(cancelled);
                throw cancelled;
            } catch (ExecutionException e) {
                throw decided(e.getCause());
            } catch (RejectedExecutionException e) {
                throw clientClosed(Delivery.NOT_SENT);
            } finally {
                opening = null;
            }
        }

        private void open(final CompletableFuture<Authenticated> result) {
            try {
                final Authenticated opened = connected();
                if (!result.complete(opened)) {
                    opened.connection().close();
                }
            } catch (WsManException | RuntimeException | Error e) {
                closeLive();
                result.completeExceptionally(e);
            }
        }

        private Authenticated connected() throws WsManException {
            final Socket raw = connect();
            final HttpConnection connection;
            try {
                raw.setTcpNoDelay(true);
                raw.setSoTimeout(Math.toIntExact(timeouts.connect().toMillis()));
                progress.allow(timeouts.connect().plus(SLACK));
                connection = new HttpConnection(endpoint, raw, endpoint.tls() ? secure(raw) : null);
            } catch (IOException e) {
                HttpConnection.closeQuietly(raw);
                throw e instanceof WsManException known
                        ? known
                        : new ConnectionFailedException("The connection to " + endpoint + " broke at once", e);
            }
            synchronized (this) {
                live = connection;
            }
            return authenticated(connection);
        }

        private Socket connect() throws ConnectionFailedException {
            try {
                final Socket raw = connector.connect(endpoint.host(), endpoint.port(), timeouts.connect());
                own(raw);
                return raw;
            } catch (IOException | RuntimeException e) {
                throw new ConnectionFailedException(
                        "No connection to " + endpoint + " (" + e.getMessage()
                                + "): check that the address is right, the WinRM service listens and no firewall is"
                                + " in the way",
                        e);
            }
        }

        private SSLSocket secure(final Socket raw) throws TlsException {
            try {
                final SSLSocket tls = (SSLSocket)
                        sslContext.getSocketFactory().createSocket(raw, endpoint.host(), endpoint.port(), true);
                final SSLParameters parameters = tls.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                tls.setSSLParameters(parameters);
                tls.startHandshake();
                return tls;
            } catch (SSLException e) {
                throw new TlsException(
                        "TLS with " + endpoint + " failed (" + e.getMessage() + "): check that its certificate names "
                                + endpoint.host() + ", has not expired and comes from a trusted authority, and that"
                                + " this port is WinRM's HTTPS listener",
                        e);
            } catch (IOException e) {
                throw new TlsException("The connection to " + endpoint + " broke during the TLS handshake", e);
            }
        }

        private Authenticated authenticated(final HttpConnection connection) throws WsManException {
            progress.allow(timeouts.connect().multipliedBy(2).plus(SLACK));
            try {
                final Protection protection = logon.logOn(connection, timeouts.connect());
                return new Authenticated(connection, protection, clock.instant());
            } catch (WsManException e) {
                throw beforeSending(e);
            } catch (IOException e) {
                throw new ConnectionFailedException(
                        "The connection to " + endpoint + " broke during the logon; nothing was sent", e);
            } catch (HttpException e) {
                throw notHttp(e);
            }
        }

        /** An answer that can't be read is no danger yet: only a logon was sent. */
        private WsManException beforeSending(final WsManException e) {
            return e.delivery() == Delivery.NOT_SENT
                    ? e
                    : new ConnectionFailedException("The logon to " + endpoint + " failed: " + e.getMessage(), e);
        }

        private NotWsManException notHttp(final HttpException e) {
            return new NotWsManException(
                    Delivery.NOT_SENT,
                    "What answered at " + endpoint + " does not speak HTTP; check host and port, and whether the port"
                            + " is an HTTPS listener",
                    e);
        }
    }
}
