package io.jenkins.plugins.azurestack.simulator.remoting;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The commands that sessions of a configuration have, in the order of their names. Immutable. */
final class Commands {
    private final Map<String, Cmdlet> byName = new TreeMap<>();

    /** Those of a configuration, and those that every constrained session has. */
    Commands(final SessionConfiguration configuration) {
        final List<Cmdlet> all = new ArrayList<>(ProxyFunctions.all(this));
        all.addAll(configuration.cmdlets());
        all.forEach(cmdlet -> byName.put(key(cmdlet.name()), cmdlet));
    }

    private static String key(final String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The command of that name, in any case, with or without its module. */
    Optional<Cmdlet> find(final String name) {
        return Optional.ofNullable(byName.get(key(name.substring(name.lastIndexOf('\\') + 1))));
    }

    /** Those that a session shows. */
    Collection<Cmdlet> visible() {
        return byName.values().stream()
                .filter(cmdlet -> !cmdlet.name().equals(ProxyFunctions.COMMAND_METADATA))
                .toList();
    }
}
