package io.jenkins.plugins.azurestack.simulator.remoting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The shells of one endpoint. They are gone when the endpoint is. Thread-safe. */
final class Shells {
    private final int perUser;
    private final Map<UUID, Shell> open = new LinkedHashMap<>();

    /** @param perUser how many one user may have */
    Shells(final int perUser) {
        this.perUser = perUser;
    }

    /** @throws WsManFault if its id is taken, or its owner has as many as it may have */
    void add(final Shell shell) throws WsManFault {
        expire();
        synchronized (open) {
            if (open.containsKey(shell.id())) {
                throw WsManFault.shellIdTaken();
            }
            if (open.values().stream()
                            .filter(one -> one.owner().isSame(shell.owner()))
                            .count()
                    >= perUser) {
                throw WsManFault.tooManyShells(perUser);
            }
            open.put(shell.id(), shell);
        }
    }

    /** @throws WsManFault if it is not there, or somebody else's */
    Shell of(final UUID id, final Identity user) throws WsManFault {
        expire();
        synchronized (open) {
            final Shell shell = open.get(id);
            if (shell == null) {
                throw WsManFault.noSuchShell();
            }
            if (!shell.owner().isSame(user)) {
                throw WsManFault.accessDenied();
            }
            return shell;
        }
    }

    /** A user's shells, oldest first. */
    List<Shell> of(final Identity user) {
        expire();
        synchronized (open) {
            return open.values().stream()
                    .filter(shell -> shell.owner().isSame(user))
                    .toList();
        }
    }

    /** Whether a Receive waits for what a shell itself has to say. */
    boolean isAwaited(final UUID id) {
        synchronized (open) {
            return open.containsKey(id) && open.get(id).isAwaited();
        }
    }

    /** Closes a shell, if it is there. */
    void close(final UUID id) {
        final Shell shell;
        synchronized (open) {
            shell = open.remove(id);
        }
        if (shell != null) {
            shell.close(WsManFault.aborted());
        }
    }

    /** Closes those that were idle for too long. */
    void expire() {
        final List<Shell> all;
        synchronized (open) {
            all = new ArrayList<>(open.values());
        }
        all.stream().filter(Shell::isExpired).forEach(shell -> close(shell.id()));
    }

    /** Closes them all. */
    void closeAll() {
        final List<Shell> all;
        synchronized (open) {
            all = new ArrayList<>(open.values());
        }
        all.forEach(shell -> close(shell.id()));
    }
}
