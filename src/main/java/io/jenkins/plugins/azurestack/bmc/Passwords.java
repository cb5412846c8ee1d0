package io.jenkins.plugins.azurestack.bmc;

import io.jenkins.plugins.azurestack.bmc.LiveCheck.Candidate;
import io.jenkins.plugins.azurestack.bmc.PasswordStore.Generation;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The generations of the password as the store holds them at one moment; closing wipes them. Used by one thread. */
final class Passwords implements AutoCloseable {
    private final BmcLogin current;
    private final BmcLogin pending;
    private final BmcLogin previous;

    private Passwords(final BmcLogin current, final BmcLogin pending, final BmcLogin previous) {
        this.current = current;
        this.pending = pending;
        this.previous = previous;
    }

    /**
     * Reads them.
     *
     * @throws NotKnownException if the store can't be read, or holds no current one
     */
    static Passwords read(final PasswordStore store) throws NotKnownException {
        final List<BmcLogin> open = new ArrayList<>();
        boolean complete = false;
        try {
            for (final Generation generation : List.of(Generation.CURRENT, Generation.PENDING, Generation.PREVIOUS)) {
                open.add(store.read(generation).orElse(null));
            }
            if (open.get(0) == null) {
                throw new NotKnownException(
                        "there is no credential '" + store.name(Generation.CURRENT) + "' that this job may use",
                        "Create it, with the user name and the password that all BMCs share.");
            }
            complete = true;
            return new Passwords(open.get(0), open.get(1), open.get(2));
        } finally {
            if (!complete) {
                open.stream().filter(Objects::nonNull).forEach(BmcLogin::close);
            }
        }
    }

    BmcLogin current() {
        return current;
    }

    Optional<BmcLogin> pending() {
        return Optional.ofNullable(pending);
    }

    Optional<BmcLogin> previous() {
        return Optional.ofNullable(previous);
    }

    /** The one that a BMC takes. */
    BmcLogin of(final Live.Holds holds) {
        return switch (holds) {
            case NEW -> pending;
            case PREVIOUS -> previous;
            default -> current;
        };
    }

    /** All that a BMC may take, in the order in which they are tried: the latest first. */
    List<Candidate> candidates() {
        return Stream.of(
                        pending().map(login -> new Candidate(Live.Holds.NEW, login)),
                        Optional.of(new Candidate(Live.Holds.CURRENT, current)),
                        previous().map(login -> new Candidate(Live.Holds.PREVIOUS, login)))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The same while no BMC was given another one; the new one is tried only if somebody else may have set it. */
    List<Candidate> candidates(final Optional<BmcLogin> given) {
        return Stream.of(
                        Optional.of(new Candidate(Live.Holds.CURRENT, current)),
                        given.map(login -> new Candidate(Live.Holds.NEW, login)),
                        previous().map(login -> new Candidate(Live.Holds.PREVIOUS, login)))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void close() {
        candidates().forEach(candidate -> candidate.login().close());
    }
}
