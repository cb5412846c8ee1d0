package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmException;
import io.jenkins.plugins.azurestack.powershell.ntlm.NtlmSession;
import java.util.Optional;

/** Who is on one connection, and how what goes over it is sealed. For the thread that answers the connection. */
final class ConnectionLogon {
    private NtlmAcceptor acceptor;
    private byte[] mechanisms;
    private Identity identity;
    private NtlmSession session;
    private boolean isBasic;

    /** Begins a logon, which ends the one before. */
    void challenge(final NtlmAcceptor newAcceptor) {
        identity = null;
        session = null;
        isBasic = false;
        acceptor = newAcceptor;
    }

    /** A negotiation begins with this list of mechanisms. */
    void mechanisms(final byte[] offered) {
        mechanisms = offered.clone();
    }

    /** The list of mechanisms that the negotiation began with. */
    Optional<byte[]> mechanisms() {
        return Optional.ofNullable(mechanisms).map(byte[]::clone);
    }

    /** The logon that has begun; there is one at most. */
    Optional<NtlmAcceptor> takeAcceptor() {
        final Optional<NtlmAcceptor> taken = Optional.ofNullable(acceptor);
        acceptor = null;
        return taken;
    }

    /** Somebody proved a password by NTLM; everything that follows on the connection is theirs. */
    void accept(final Identity who, final Optional<NtlmSession> sealing) {
        identity = who;
        session = sealing.orElse(null);
        isBasic = false;
    }

    /** Somebody sent a password, which counts for one request. */
    void acceptBasic(final Identity who) {
        identity = who;
        session = null;
        isBasic = true;
    }

    /** Nobody is on the connection any more. */
    void forget() {
        acceptor = null;
        mechanisms = null;
        identity = null;
        session = null;
        isBasic = false;
    }

    /** Who is on the connection by NTLM. */
    Optional<Identity> bound() {
        return isBasic ? Optional.empty() : Optional.ofNullable(identity);
    }

    /** Who was last on the connection by a password that was sent. */
    Optional<Identity> lastBasic() {
        return isBasic ? Optional.ofNullable(identity) : Optional.empty();
    }

    /** Whether bodies can be sealed. */
    boolean canSeal() {
        return session != null;
    }

    byte[] unseal(final byte[] body) throws NtlmException {
        return SealedParts.unseal(session, body);
    }

    byte[] seal(final byte[] envelope) {
        return SealedParts.seal(session, envelope);
    }
}
