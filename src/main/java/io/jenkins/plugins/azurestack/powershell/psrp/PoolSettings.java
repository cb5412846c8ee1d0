package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.wsman.SessionId;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a pool was built with. Immutable; holds no secret itself.
 *
 * @param configurationName of the session configuration
 * @param clients make the WS-Man client of a session
 * @param clock for limits
 * @param pauses between two attempts
 * @param ids of pools, pipelines and sessions
 * @param keyExchanges make a fresh key pair each
 * @param threads for the pool's two lanes
 * @param idleTimeoutOrNull after which the server drops a shell that nobody uses
 * @param openLimit how long opening may take
 * @param keyLimit how long the exchange of the session key may take
 * @param outageLimit how long a running pipeline's server may be out of reach
 * @param fragmentSize bytes of one fragment
 * @param keptRecords how many records of one pipeline are kept for its result
 */
record PoolSettings(
        String configurationName,
        Function<SessionId, WsManClient> clients,
        Clock clock,
        Pauses pauses,
        Supplier<UUID> ids,
        Supplier<KeyExchange> keyExchanges,
        ThreadFactory threads,
        Duration idleTimeoutOrNull,
        Duration openLimit,
        Duration keyLimit,
        Duration outageLimit,
        int fragmentSize,
        int keptRecords) {

    UUID newId() {
        return ids.get();
    }

    SessionId newSession() {
        return new SessionId(newId());
    }

    Optional<Duration> idleTimeout() {
        return Optional.ofNullable(idleTimeoutOrNull);
    }

    @Override
    public String toString() {
        return "PoolSettings[" + configurationName + "]";
    }
}
