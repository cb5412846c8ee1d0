package io.jenkins.plugins.azurestack.pep;

import io.jenkins.plugins.azurestack.net.Network;
import io.jenkins.plugins.azurestack.pep.PrivilegedEndpointException.CmdletFailed;
import io.jenkins.plugins.azurestack.pep.PrivilegedEndpointException.LogonRefused;
import io.jenkins.plugins.azurestack.pep.PrivilegedEndpointException.OutcomeUnknown;
import io.jenkins.plugins.azurestack.pep.PrivilegedEndpointException.Unreachable;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.RemotingException;
import io.jenkins.plugins.azurestack.powershell.psrp.DetachedPipeline;
import io.jenkins.plugins.azurestack.powershell.psrp.ErrorRecord;
import io.jenkins.plugins.azurestack.powershell.psrp.Pipeline;
import io.jenkins.plugins.azurestack.powershell.psrp.PipelineFailedException;
import io.jenkins.plugins.azurestack.powershell.psrp.PipelineGoneException;
import io.jenkins.plugins.azurestack.powershell.psrp.PipelineListener;
import io.jenkins.plugins.azurestack.powershell.psrp.RunspacePool;
import io.jenkins.plugins.azurestack.powershell.psrp.RunspacePoolBuilder;
import io.jenkins.plugins.azurestack.powershell.wsman.AccessDeniedException;
import io.jenkins.plugins.azurestack.powershell.wsman.LogonRefusedException;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManEndpoint;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * The privileged endpoint of one stamp, at up to three addresses. Opening a session is tried at one after the other, the
 * last good one first; a refused logon is not, since the account is the same on all. What only reads may be asked again
 * elsewhere; what changes something is sent once. Used by one thread at a time.
 */
public final class PrivilegedEndpoints {
    /** The session configuration that every stamp has. */
    public static final String CONFIGURATION = "PrivilegedEndpoint";

    /** Then another address is asked what became of what runs; nothing of it is lost but what it says meanwhile. */
    private static final Duration OUTAGE = Duration.ofSeconds(30);

    private final List<String> addresses;
    private final Optional<SSLContext> tls;
    private final PasswordCredentials cloudAdmin;
    private final Logons logons;
    private final Network network;
    private final Clock clock;
    private final SecureRandom random;
    private final Set<String> used = new LinkedHashSet<>();
    private String preferred;

    /**
     * @param addresses at least one; IP addresses always work
     * @param tls HTTPS on 5986 with these trusted certificates; otherwise HTTP on 5985, every message sealed
     * @param clock what time it is; what is waited for on the wire is measured by the system's
     * @param cloudAdmin a member of CloudAdmins; stays the caller's to close, after this object's last use
     */
    public PrivilegedEndpoints(
            final List<String> addresses,
            final Optional<SSLContext> tls,
            final PasswordCredentials cloudAdmin,
            final Logons logons,
            final Network network,
            final Clock clock,
            final SecureRandom random) {
        this.addresses = List.copyOf(addresses);
        if (this.addresses.isEmpty()) {
            throw new IllegalArgumentException("A privileged endpoint has at least one address");
        }
        this.tls = tls;
        this.cloudAdmin = Objects.requireNonNull(cloudAdmin, "cloudAdmin");
        this.logons = Objects.requireNonNull(logons, "logons");
        this.network = Objects.requireNonNull(network, "network");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
        this.preferred = this.addresses.get(0);
    }

    /** The addresses, in the order in which they were given. */
    public List<String> addresses() {
        return addresses;
    }

    /** Something that is asked in an open session and changes nothing. */
    interface Reading<T> {
        T in(RunspacePool session) throws RemotingException, PrivilegedEndpointException, InterruptedException;
    }

    /** Asks in a session of its own; at another address if this one breaks. */
    <T> T ask(final Reading<T> reading) throws PrivilegedEndpointException, InterruptedException {
        final List<String> reasons = new ArrayList<>();
        RemotingException last = null;
        for (final String address : inOrder()) {
            network.await();
            try (RunspacePool session = session(address).open()) {
                used.add(address);
                final T answer = reading.in(session);
                preferred = address;
                return answer;
            } catch (RemotingException e) {
                requireElsewhere(e);
                reasons.add(address + ": " + Text.printable(e.getMessage()));
                last = e;
            }
        }
        throw unreachable(reasons, last);
    }

    /** Opens a session at the first address that gives one; the caller closes it. */
    RunspacePool open() throws PrivilegedEndpointException, InterruptedException {
        final List<String> reasons = new ArrayList<>();
        RemotingException last = null;
        for (final String address : inOrder()) {
            network.await();
            try {
                final RunspacePool session = session(address).open();
                used.add(address);
                preferred = address;
                return session;
            } catch (RemotingException e) {
                requireElsewhere(e);
                reasons.add(address + ": " + Text.printable(e.getMessage()));
                last = e;
            }
        }
        throw unreachable(reasons, last);
    }

    /**
     * Comes back to a pipeline at the address where it was started.
     *
     * @return empty if its session is gone
     */
    Optional<Pipeline> reattach(final String address, final DetachedPipeline ids, final PipelineListener listener)
            throws PrivilegedEndpointException, InterruptedException {
        network.await();
        try {
            return Optional.of(session(address).reattach(ids, listener));
        } catch (PipelineGoneException e) {
            return Optional.empty();
        } catch (RemotingException e) {
            requireElsewhere(e);
            throw new OutcomeUnknown("its session can't be taken up again: " + Text.printable(e.getMessage()), e);
        }
    }

    /** Something that is done in the open session, once. */
    interface Closing {
        void in(RunspacePool session) throws RemotingException, InterruptedException;
    }

    /**
     * Does something once at every address at which a session was opened, in a session of its own.
     *
     * @return why it could not be done, by address; empty if it was done everywhere
     */
    Map<String, String> atEachUsed(final Closing closing) throws InterruptedException {
        final Map<String, String> failures = new LinkedHashMap<>();
        for (final String address : used) {
            try (RunspacePool session = session(address).open()) {
                closing.in(session);
            } catch (RemotingException | LogonRefused e) {
                failures.put(address, Text.printable(e.getMessage()));
            }
        }
        return failures;
    }

    /** The addresses at which a session was opened. */
    List<String> used() {
        return List.copyOf(used);
    }

    /** What time it is. */
    Instant now() {
        return clock.instant();
    }

    /** Where the last session was opened. */
    String preferred() {
        return preferred;
    }

    private List<String> inOrder() {
        final List<String> order = new ArrayList<>(addresses);
        order.remove(preferred);
        order.add(0, preferred);
        return order;
    }

    private RunspacePoolBuilder session(final String address) throws LogonRefused {
        final char[] password = cloudAdmin.password();
        try {
            if (logons.wasRefused(cloudAdmin.userName(), password)) {
                throw new LogonRefused(
                        "'" + cloudAdmin.userName() + "' was refused with this very password before; nothing was sent",
                        null);
            }
        } finally {
            Arrays.fill(password, '\0');
        }
        final WsManEndpoint endpoint = tls.isPresent() ? WsManEndpoint.https(address) : WsManEndpoint.http(address);
        final RunspacePoolBuilder session = RunspacePool.at(endpoint, CONFIGURATION)
                .credentials(cloudAdmin)
                .connector(network::connect)
                .wallClock(clock)
                .random(random)
                .outageLimit(OUTAGE);
        tls.ifPresent(session::sslContext);
        return session;
    }

    /** Ends the search where another address would say the same, or must not be asked. */
    private void requireElsewhere(final RemotingException failure) throws PrivilegedEndpointException {
        if (failure instanceof LogonRefusedException) {
            final char[] password = cloudAdmin.password();
            try {
                logons.refused(cloudAdmin.userName(), password);
            } finally {
                Arrays.fill(password, '\0');
            }
            throw new LogonRefused(
                    "'" + cloudAdmin.userName() + "' was refused: " + Text.printable(failure.getMessage()), failure);
        }
        if (failure instanceof AccessDeniedException) {
            throw new PrivilegedEndpointException(
                    "'" + cloudAdmin.userName() + "' has no role on the privileged endpoint",
                    "Make it a member of CloudAdmins (New-CloudAdminUser), or give another account.",
                    failure);
        }
        if (failure instanceof PipelineFailedException ended) {
            throw failed(ended.error(), ended);
        }
    }

    /** The error with which a cmdlet ended, and what is known to help. */
    static CmdletFailed failed(final ErrorRecord error, final Throwable cause) {
        return new CmdletFailed(
                Text.printable(error.message()),
                error.fullyQualifiedErrorId(),
                Remedies.of(error)
                        .orElse(
                                "Follow the message; if it says nothing that helps, collect logs with Get-AzureStackLog."),
                cause);
    }

    private static Unreachable unreachable(final List<String> reasons, final RemotingException last) {
        return new Unreachable(
                "no privileged endpoint answers: " + String.join("; ", reasons),
                "Look at the way there (TCP 5985 or 5986), and at the ERCS machines; sessions may be refused for some"
                        + " minutes, and are had again later.",
                last);
    }
}
