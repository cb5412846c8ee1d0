package io.jenkins.plugins.azurestack.simulator.remoting;

import java.time.Duration;
import java.util.Objects;

/**
 * What an endpoint allows.
 *
 * @param shellsPerUser open shells of one user; the next is refused
 * @param commandsPerShell commands that were not released; the next is refused
 * @param envelopeBytes the largest request, before sealing ({@code MaxEnvelopeSizekb})
 * @param idleTimeout how long a shell lives without its client, where the client did not say; stamp time
 * @param vanishedAfter how long a client may be silent before its shell is disconnected; stamp time
 * @param bufferedBytes how much output waits for a client in each stream before writers wait, or the oldest is dropped
 * @param fragmentBytes the largest fragment that is sent
 */
public record Limits(
        int shellsPerUser,
        int commandsPerShell,
        int envelopeBytes,
        Duration idleTimeout,
        Duration vanishedAfter,
        int bufferedBytes,
        int fragmentBytes) {
    /** What Windows Server 2016 sets up: 30 shells, 1000 commands, 500 KB, two hours, four minutes. */
    public static final Limits WINDOWS =
            new Limits(30, 1000, 500 * 1024, Duration.ofHours(2), Duration.ofMinutes(4), 1 << 20, 32 * 1024);

    /** The shortest idle time-out that a client may ask for. */
    static final Duration SHORTEST_IDLE = Duration.ofMinutes(1);

    private static final int SMALLEST_FRAGMENT = 64;

    public Limits {
        Objects.requireNonNull(idleTimeout, "idleTimeout");
        Objects.requireNonNull(vanishedAfter, "vanishedAfter");
        if (shellsPerUser < 1
                || commandsPerShell < 1
                || envelopeBytes < 1
                || bufferedBytes < 1
                || fragmentBytes < SMALLEST_FRAGMENT) {
            throw new IllegalArgumentException("An endpoint allows at least one of everything");
        }
    }

    /** The same with another number of shells for each user. */
    public Limits withShellsPerUser(final int number) {
        return new Limits(
                number, commandsPerShell, envelopeBytes, idleTimeout, vanishedAfter, bufferedBytes, fragmentBytes);
    }

    /** The same with another number of commands for each shell. */
    public Limits withCommandsPerShell(final int number) {
        return new Limits(
                shellsPerUser, number, envelopeBytes, idleTimeout, vanishedAfter, bufferedBytes, fragmentBytes);
    }

    /** The same with another size of envelopes. */
    public Limits withEnvelopeBytes(final int bytes) {
        return new Limits(
                shellsPerUser, commandsPerShell, bytes, idleTimeout, vanishedAfter, bufferedBytes, fragmentBytes);
    }

    /** The same with another buffer. */
    public Limits withBufferedBytes(final int bytes) {
        return new Limits(
                shellsPerUser, commandsPerShell, envelopeBytes, idleTimeout, vanishedAfter, bytes, fragmentBytes);
    }
}
