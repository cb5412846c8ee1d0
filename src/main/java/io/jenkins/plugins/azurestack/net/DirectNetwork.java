package io.jenkins.plugins.azurestack.net;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Connections straight from this JVM.
 *
 * <p>Every socket is backed by a channel: unlike a plain socket's, its connect and its read end at once when their
 * thread is interrupted, with or without a read timeout. Name resolution can't be interrupted at all, so a thread of
 * its own does it and is left behind when the caller has no time for it any more. Safe for use by many threads.
 */
public final class DirectNetwork implements Network {
    /** More look-ups than this wait for each other; a resolver that hangs never holds more threads. */
    private static final int LOOKUPS_AT_ONCE = 32;

    private static final Duration IDLE_LOOKUP_THREAD = Duration.ofSeconds(5);

    /** Every address of a name, as {@link InetAddress#getAllByName} gives them. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] addressesOf(String host) throws UnknownHostException;
    }

    private final Resolver resolver;
    private final ExecutorService lookups;

    /** A network that resolves names as the JVM does. */
    public DirectNetwork() {
        this(InetAddress::getAllByName);
    }

    DirectNetwork(final Resolver resolver) {
        this.resolver = resolver;
        this.lookups = lookupThreads();
    }

    private static ExecutorService lookupThreads() {
        final ThreadPoolExecutor threads = new ThreadPoolExecutor(
                LOOKUPS_AT_ONCE,
                LOOKUPS_AT_ONCE,
                IDLE_LOOKUP_THREAD.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                work -> {
                    final Thread thread = new Thread(work, "azure-stack-name-lookup");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Addresses of a name are tried in the resolver's order; each gets an even share of the time that is left, so
     * that a dead one does not use up the time of those behind it.
     *
     * @throws UnknownHostException 'no such host'
     * @throws ConnectException 'refused', when that was the last address's answer
     * @throws NoRouteToHostException if no route leads there
     * @throws SocketTimeoutException 'no answer within ...'
     * @throws ClosedByInterruptException if the thread is interrupted, which it still is afterwards
     */
    @Override
    public Socket connect(final String host, final int port, final Duration timeout) throws IOException {
        final Deadline deadline = Deadline.after(timeout);
        final InetAddress[] addresses = resolve(host, deadline);
        IOException last = new UnknownHostException("no such host: " + host);
        for (int i = 0; i < addresses.length && !deadline.passed(); i++) {
            try {
                return open(addresses[i], port, deadline.share(addresses.length - i));
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (IOException e) {
                last = clear(e, host, addresses[i], port, deadline);
            }
        }
        throw last;
    }

    private InetAddress[] resolve(final String host, final Deadline deadline) throws IOException {
        if (isLiteral(host)) {
            return InetAddress.getAllByName(host);
        }
        final Future<InetAddress[]> lookup = lookups.submit(() -> resolver.addressesOf(host));
        try {
            return lookup.get(deadline.leftNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        } catch (TimeoutException e) {
            throw timedOut("the name of " + host + " was not resolved: no answer within " + deadline, e);
        } catch (ExecutionException e) {
            throw unresolved(host, e.getCause());
        } finally {
            lookup.cancel(false);
        }
    }

    private static IOException unresolved(final String host, final Throwable cause) {
        // glibc's EAI_AGAIN: the name servers could not be asked, which says nothing about the name.
        final String said = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        final String reason =
                said.contains("temporary failure") ? "no name server answers for host: " : "no such host: ";
        final IOException failure = new UnknownHostException(reason + host);
        failure.initCause(cause);
        return failure;
    }

    private static Socket open(final InetAddress address, final int port, final Duration timeout) throws IOException {
        final SocketChannel channel = SocketChannel.open();
        try {
            final Socket socket = channel.socket();
            socket.connect(new InetSocketAddress(address, port), Deadline.millis(timeout));
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static IOException clear(
            final IOException failure,
            final String host,
            final InetAddress address,
            final int port,
            final Deadline deadline) {
        final String place = place(host, address, port);
        if (failure instanceof SocketTimeoutException) {
            return timedOut(place + ": no answer within " + deadline, failure);
        }
        if (failure instanceof NoRouteToHostException) {
            return caused(new NoRouteToHostException(place + ": no route to this host"), failure);
        }
        final String said = String.valueOf(failure.getMessage());
        if (failure instanceof ConnectException && said.toLowerCase(Locale.ROOT).contains("refused")) {
            return caused(new ConnectException(place + ": refused"), failure);
        }
        if (failure instanceof ConnectException && said.toLowerCase(Locale.ROOT).contains("timed out")) {
            return timedOut(place + ": no answer before the system gave up", failure);
        }
        return new IOException(place + ": " + said, failure);
    }

    private static String place(final String host, final InetAddress address, final int port) {
        final String place = place(host, port);
        return isLiteral(host) ? place : place + " (" + address.getHostAddress() + ")";
    }

    /** Host and port as URLs write them. */
    static String place(final String host, final int port) {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }

    private static SocketTimeoutException timedOut(final String message, final Exception cause) {
        return caused(new SocketTimeoutException(message), cause);
    }

    private static <E extends IOException> E caused(final E failure, final Exception cause) {
        failure.initCause(cause);
        return failure;
    }

    /** Whether a host is an address rather than a name: four numbers, or anything with a colon. */
    static boolean isLiteral(final String host) {
        return host.indexOf(':') >= 0 || host.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    }
}
