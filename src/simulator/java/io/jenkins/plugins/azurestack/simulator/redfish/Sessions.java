package io.jenkins.plugins.azurestack.simulator.redfish;

import io.jenkins.plugins.azurestack.simulator.world.StampTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sessions of one BMC; they end with it. Thread-safe. */
final class Sessions {
    private static final int TOKEN_BYTES = 16;

    private final StampTime time;
    private final SecureRandom random;
    private final int limit;
    private final Map<String, Session> byToken = new LinkedHashMap<>();
    private Duration timeout;
    private int opened;

    /** @param timeout after how much idle time, on the stamp, one ends */
    Sessions(final StampTime time, final SecureRandom random, final int limit, final Duration timeout) {
        this.time = time;
        this.random = random;
        this.limit = limit;
        this.timeout = timeout;
    }

    /**
     * One session.
     *
     * @param id within its BMC
     * @param accountId whose it is
     * @param userName whose it is
     * @param created when it was opened
     * @param lastUsed when it was used last
     */
    record Session(String id, String accountId, String userName, Instant created, Instant lastUsed) {
        private Session usedAt(final Instant now) {
            return new Session(id, accountId, userName, created, now);
        }
    }

    /**
     * A session and what opens it.
     *
     * @param token in hexadecimal; a secret
     */
    record Opened(Session session, String token) {
        @Override
        public String toString() {
            return session.toString();
        }
    }

    synchronized Duration timeout() {
        return timeout;
    }

    synchronized void setTimeout(final Duration idle) {
        timeout = idle;
    }

    /** Opens a session; empty if there are as many as there may be. */
    synchronized Optional<Opened> open(final AccountView account) {
        forgetIdle();
        if (byToken.size() >= limit) {
            return Optional.empty();
        }
        final byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        final String token = HexFormat.of().formatHex(bytes);
        opened++;
        final Instant now = time.now();
        final Session session = new Session(Integer.toString(opened), account.id(), account.userName(), now, now);
        byToken.put(token, session);
        return Optional.of(new Opened(session, token));
    }

    /** The session that a token opens; it has been used by that. */
    synchronized Optional<Session> use(final String token) {
        forgetIdle();
        return Optional.ofNullable(byToken.computeIfPresent(token, (key, session) -> session.usedAt(time.now())));
    }

    synchronized List<Session> all() {
        forgetIdle();
        return List.copyOf(byToken.values());
    }

    Optional<Session> byId(final String id) {
        return all().stream().filter(session -> session.id().equals(id)).findFirst();
    }

    synchronized void close(final String id) {
        byToken.values().removeIf(session -> session.id().equals(id));
    }

    /** Ends all sessions of an account. */
    synchronized void closeOf(final String accountId) {
        byToken.values().removeIf(session -> session.accountId().equals(accountId));
    }

    private void forgetIdle() {
        final Instant now = time.now();
        byToken.values().removeIf(session -> !now.isBefore(session.lastUsed().plus(timeout)));
    }
}
