package io.jenkins.plugins.azurestack.share;

import com.hierynomus.mssmb2.SMB2Dialect;
import com.hierynomus.mssmb2.SMBApiException;
import com.hierynomus.protocol.transport.TransportException;
import com.hierynomus.smbj.SMBClient;
import com.hierynomus.smbj.SmbConfig;
import com.hierynomus.smbj.auth.AuthenticationContext;
import com.hierynomus.smbj.auth.NtlmAuthenticator;
import com.hierynomus.smbj.connection.Connection;
import com.hierynomus.smbj.paths.PathResolver;
import com.hierynomus.smbj.session.SMB2GuestSigningRequiredException;
import com.hierynomus.smbj.session.Session;
import com.hierynomus.smbj.share.DiskShare;
import com.hierynomus.smbj.share.Share;
import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.nio.channels.ClosedByInterruptException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A connection to a server, logged on and connected to one share. {@link #close} may be called from any thread and ends
 * what another is waiting for; everything else is for one thread.
 */
final class SmbConnection implements AutoCloseable {
    private static final int PORT = 445;
    private static final char DOMAIN_SEPARATOR = '\\';

    private final UncPath path;
    private final Socket socket;
    private final Connection connection;
    private final String protection;
    private final DiskShare share;
    private volatile boolean working;
    private volatile boolean closed;

    private SmbConnection(
            final UncPath path,
            final Socket socket,
            final Connection connection,
            final String protection,
            final DiskShare share) {
        this.path = path;
        this.socket = socket;
        this.connection = connection;
        this.protection = protection;
        this.share = share;
    }

    static SmbConnection open(
            final Network network,
            final SecureRandom random,
            final ShareLimits limits,
            final UncPath path,
            final PasswordCredentials credentials,
            final Protection wanted)
            throws ShareException {
        requireComplete(path, credentials);
        final Socket socket = connect(network, limits, path);
        try {
            final Connection connection = negotiate(config(socket, random, limits), path);
            final Session session = logOn(connection, path, credentials);
            final String protection = protect(connection, session, path, wanted);
            return new SmbConnection(path, socket, connection, protection, connect(session, path, credentials));
        } catch (ShareException | RuntimeException e) {
            close(socket);
            throw e;
        }
    }

    private static void requireComplete(final UncPath path, final PasswordCredentials credentials)
            throws ShareLogonException {
        final char[] password = credentials.password();
        final String user = credentials.userName();
        final boolean isComplete = password.length > 0
                && !user.substring(user.indexOf(DOMAIN_SEPARATOR) + 1).isBlank();
        Arrays.fill(password, '\0');
        if (!isComplete) {
            throw new ShareLogonException(
                    "The credential for " + path
                            + " lacks a user name or a password. Nothing was sent: nobody logs on to a"
                            + " share as a guest or anonymously. Complete the credential.",
                    null);
        }
    }

    private static Socket connect(final Network network, final ShareLimits limits, final UncPath path)
            throws ShareException {
        try {
            network.await();
            return network.connect(path.host(), PORT, limits.connect());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled(path, e);
        } catch (IOException e) {
            if (isInterruption(e)) {
                throw cancelled(path, e);
            }
            throw new ShareUnreachableException(
                    "The server of " + path + " can't be reached on port 445: " + e.getMessage()
                            + ". Nothing was read or"
                            + " written. Check its name, that it runs, and that firewalls let this connection through; the"
                            + " stamp's privileged endpoints need the same one.",
                    e);
        }
    }

    /**
     * One connection, one user, one request at a time: what the library keeps for more is left unused. Its nonces come
     * from the JVM's nanosecond counter, which suits requests that wait for each other's answers.
     */
    private static SmbConfig config(final Socket socket, final SecureRandom random, final ShareLimits limits) {
        return SmbConfig.builder()
                .withSocketFactory(new OneSocket(socket))
                .withAuthenticators(new NtlmAuthenticator.Factory())
                .withRandomProvider(random)
                .withClientGuid(new UUID(random.nextLong(), random.nextLong()))
                .withSigningRequired(true)
                .withEncryptData(true)
                .withDfsEnabled(false)
                .withTimeout(limits.answer().toMillis(), TimeUnit.MILLISECONDS)
                .build();
    }

    private static Connection negotiate(final SmbConfig config, final UncPath path) throws ShareException {
        try {
            return new SMBClient(config).connect(path.host(), PORT);
        } catch (IOException | RuntimeException e) {
            throw lost(path, "agreeing on a dialect (the server may speak nothing newer than SMB 1, or no SMB)", e);
        }
    }

    private static Session logOn(final Connection connection, final UncPath path, final PasswordCredentials credentials)
            throws ShareException {
        final String user = credentials.userName();
        final char[] password = credentials.password();
        final int separator = user.indexOf(DOMAIN_SEPARATOR);
        final AuthenticationContext context = new AuthenticationContext(
                user.substring(separator + 1), password, user.substring(0, Math.max(0, separator)));
        try {
            return connection.authenticate(context);
        } catch (SMB2GuestSigningRequiredException e) {
            throw guest(path, user, e);
        } catch (SMBApiException e) {
            throw Refusals.logon(path, user, e);
        } catch (RuntimeException e) {
            throw lost(path, "logging on as " + user + " (a server that takes Kerberos alone can't be used)", e);
        } finally {
            Arrays.fill(password, '\0');
            Arrays.fill(context.getPassword(), '\0');
        }
    }

    /**
     * The last answer of a logon is not signed: what it says about guests and encryption is checked here. The library
     * takes answers in clear on a session that encrypts, unless signing is required of it as well.
     */
    private static String protect(
            final Connection connection, final Session session, final UncPath path, final Protection wanted)
            throws ShareException {
        if (session.isGuest() || session.isAnonymous()) {
            throw guest(path, session.getAuthenticationContext().getUsername(), null);
        }
        final SMB2Dialect dialect = connection.getNegotiatedProtocol().getDialect();
        final String name = "SMB " + dialect.name().replace("SMB_", "").replace('_', '.');
        try {
            final boolean encrypted = session.shouldEncryptData();
            if (wanted == Protection.ENCRYPTED && !encrypted) {
                throw new ShareUnprotectedException(
                        "The server of " + path + " speaks " + name
                                + " without encryption. Nothing was read or written:"
                                + " through an agent, nothing travels unencrypted. Switch encryption on for the share"
                                + " (Set-SmbShare -EncryptData $true), or connect from the controller.",
                        null);
            }
            session.getSessionContext().setSigningRequired(true);
            return name
                    + (encrypted
                            ? ", "
                                    + connection
                                            .getConnectionContext()
                                            .getCipherId()
                                            .name()
                                            .replace('_', '-')
                            : ", signed");
        } catch (TransportException e) {
            throw lost(path, "switching encryption on", e);
        }
    }

    private static ShareUnprotectedException guest(final UncPath path, final String user, final Throwable cause) {
        return new ShareUnprotectedException(
                "The server of " + path + " takes " + user
                        + " for a guest. Nothing was read or written: what a guest sends"
                        + " is neither signed nor encrypted. Correct the account, or switch guest logons off on the server"
                        + " to see its real answer.",
                cause);
    }

    /** Links and referrals are left alone: the library would follow them wherever the server says. */
    private static DiskShare connect(final Session session, final UncPath path, final PasswordCredentials credentials)
            throws ShareException {
        try {
            final Share share = session.connectShare(path.share());
            if (!(share instanceof DiskShare)) {
                throw new ShareNotFoundException(
                        "'" + path.share() + "' on " + path.host()
                                + " is no share of files. Nothing was read or written."
                                + " Correct the path of the certificate share.",
                        0,
                        null);
            }
            return new DiskShare(share.getSmbPath(), share.getTreeConnect(), PathResolver.LOCAL);
        } catch (SMBApiException e) {
            throw Refusals.share(path, credentials.userName(), e);
        } catch (RuntimeException e) {
            throw lost(path, "connecting to the share", e);
        }
    }

    DiskShare share() {
        return share;
    }

    /** Such as {@code SMB 3.1.1, AES-128-GCM} or {@code SMB 2.1, signed}. */
    String protection() {
        return protection;
    }

    /** What it is when a request got no answer that was understood; the connection is of no more use, and closed. */
    ShareException noAnswer(final String doing, final String changed, final RuntimeException failure) {
        if (changed != null) {
            return outcomeUnknown(doing, changed, failure);
        }
        final boolean wasClosed = closed;
        close();
        return wasClosed ? cancelled(path, failure) : lost(path, doing, failure);
    }

    /** What it is when nobody can say whether a change took effect; the connection is closed then. */
    ShareOutcomeUnknownException outcomeUnknown(final String doing, final String changed, final Exception failure) {
        final boolean wasClosed = closed;
        close();
        restoreInterrupt(failure);
        return new ShareOutcomeUnknownException(
                (wasClosed ? "The connection to " + path + " was closed while " : path + " gave no usable answer when ")
                        + doing + ". Whether that took effect is not known, and it was not sent again; a file that was"
                        + " being written is whole, empty or gone. Open the share again and compare before doing more.",
                changed,
                failure);
    }

    private static ShareException lost(final UncPath path, final String doing, final Exception failure) {
        if (isInterruption(failure)) {
            restoreInterrupt(failure);
            return cancelled(path, failure);
        }
        return new ShareUnreachableException(
                "The connection to the server of " + path + " gave no usable answer while " + doing + ". Nothing was"
                        + " changed by this. Check the server and what lies between, and try again.",
                failure);
    }

    private static ShareCancelledException cancelled(final UncPath path, final Exception failure) {
        return new ShareCancelledException(
                "The work on " + path + " was cancelled. Nothing was being changed at that moment; what was done before"
                        + " stands. Open the share again to go on.",
                failure);
    }

    /** The library clears the interrupt of a thread that it lets wait. */
    private static void restoreInterrupt(final Throwable failure) {
        if (isInterruption(failure)) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isInterruption(final Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException
                    || cause instanceof ClosedByInterruptException
                    || cause instanceof InterruptedIOException
                            && Thread.currentThread().isInterrupted()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Does something with the share.
     *
     * @throws ShareCancelledException before that, if the connection was closed or the thread is interrupted
     */
    <T> T use(final Supplier<T> work) throws ShareCancelledException {
        if (closed || Thread.currentThread().isInterrupted()) {
            throw cancelled(path, null);
        }
        working = true;
        try {
            return work.get();
        } finally {
            working = false;
        }
    }

    /**
     * Ends the connection without a farewell: the server closes what is open when the line is gone, and a server that
     * does not answer can't hold anybody up. While somebody works with it the line is cut, since the library's own end
     * waits for him.
     */
    @Override
    public void close() {
        closed = true;
        if (!working) {
            close(connection);
        }
        close(socket);
    }

    boolean isClosed() {
        return closed;
    }

    private static void close(final Connection connection) {
        try {
            connection.close(true);
        } catch (IOException e) {
            // It is of no use any more, whatever it says.
        }
    }

    private static void close(final Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more, whatever it says.
        }
    }
}
