package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.clixml.PsNull;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;

/**
 * The client's side of a runspace pool's life: negotiation, opening, leaving, breaking (MS-PSRP 3.1.1.2). Does no I/O.
 * Thread-safe.
 */
final class PoolStateMachine {
    private RunspacePoolState state = RunspacePoolState.BEFORE_OPEN;
    private ProtocolVersion version = ProtocolVersion.V2_3;
    private ErrorRecord brokenBy;
    private PsValue applicationPrivateData = PsNull.NULL;

    synchronized RunspacePoolState state() {
        return state;
    }

    /** The version that both sides agreed on; this client's own before that. */
    synchronized ProtocolVersion version() {
        return version;
    }

    synchronized PsValue applicationPrivateData() {
        return applicationPrivateData;
    }

    /** Goes on by this client's own act. */
    synchronized void to(RunspacePoolState next) {
        if (!state.leadsTo(next)) {
            throw new IllegalStateException("a runspace pool that is " + state + " can't become " + next);
        }
        state = next;
    }

    /** Goes on if that is possible from here; otherwise stays. */
    synchronized void toIfPossible(RunspacePoolState next) {
        if (state.leadsTo(next)) {
            state = next;
        }
    }

    /** Takes up a pool whose version was agreed on before. */
    synchronized void resume(ProtocolVersion agreed) {
        to(RunspacePoolState.CONNECTING);
        version = agreed;
    }

    /** @throws PoolBrokenException if the server has said that the pool is broken */
    synchronized void checkNotBroken() throws PoolBrokenException {
        if (state == RunspacePoolState.BROKEN) {
            throw new PoolBrokenException(brokenBy);
        }
    }

    /** SESSION_CAPABILITY (2.2.2.1): the lower of both versions counts. */
    synchronized void onSessionCapability(PsValue payload)
            throws UnsupportedProtocolException, MalformedMessageException {
        ProtocolVersion offered = offered(payload);
        if (offered.major() != ProtocolVersion.V2_3.major()) {
            toIfPossible(RunspacePoolState.BROKEN);
            throw new UnsupportedProtocolException(offered.toString());
        }
        version = offered.compareTo(version) < 0 ? offered : version;
        toIfPossible(RunspacePoolState.NEGOTIATION_SUCCEEDED);
    }

    private static ProtocolVersion offered(PsValue payload) throws MalformedMessageException {
        try {
            return ProtocolVersion.parse(payload.property("protocolversion").asString());
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("the server's capabilities lack a protocol version");
        }
    }

    /** RUNSPACEPOOL_STATE (2.2.2.9); states that say nothing new are ignored. */
    synchronized void onState(PsValue payload) {
        switch (RunspacePoolState.of(payload.property("RunspaceState").asInt(-1))
                .orElse(RunspacePoolState.BEFORE_OPEN)) {
            case OPENED -> toIfPossible(RunspacePoolState.OPENED);
            case BROKEN -> breakWith(payload.property("ExceptionAsErrorRecord"));
            case CLOSED, CLOSING -> breakWith(PsNull.NULL);
            default -> {
                // the server repeats what this side knows
            }
        }
    }

    private void breakWith(PsValue reason) {
        if (state != RunspacePoolState.CLOSING && state.leadsTo(RunspacePoolState.BROKEN)) {
            state = RunspacePoolState.BROKEN;
            brokenBy = reason.isNull() ? null : ErrorRecord.of(reason);
        }
    }

    /** RUNSPACEPOOL_INIT_DATA (2.2.2.29) answers a Connect. */
    synchronized void onInitData() {
        if (state == RunspacePoolState.CONNECTING) {
            state = RunspacePoolState.OPENED;
        }
    }

    /** APPLICATION_PRIVATE_DATA (2.2.2.13). */
    synchronized void onApplicationPrivateData(PsValue payload) {
        applicationPrivateData = payload.property("ApplicationPrivateData");
    }
}
