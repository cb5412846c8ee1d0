package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.expiry.ExpirySource;
import io.jenkins.plugins.azurestack.expiry.Finding;
import io.jenkins.plugins.azurestack.expiry.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sources that one check asks, and what there is to say of those that it can't. Used by one thread. */
final class ExpirySources {
    private final List<String> wanted;
    private final List<ExpirySource> asked = new ArrayList<>();
    private final List<Finding> off = new ArrayList<>();

    /** @param wanted the names of the sources that the step asks for */
    ExpirySources(final List<String> wanted) {
        this.wanted = List.copyOf(wanted);
    }

    /** Asks this one if it is wanted. */
    void add(final ExpirySource source) {
        if (wanted.contains(source.name())) {
            asked.add(source);
        }
    }

    /** Says of those that are wanted why they are not asked. */
    void off(final List<String> names, final String why, final String advice) {
        final List<String> missing = names.stream().filter(wanted::contains).toList();
        if (!missing.isEmpty()) {
            off.add(new Finding(
                    Finding.Kind.NOT_ASKED,
                    Severity.NOTICE,
                    String.join(", ", missing),
                    why,
                    advice,
                    Optional.empty(),
                    Optional.empty(),
                    List.of()));
        }
    }

    List<ExpirySource> asked() {
        return List.copyOf(asked);
    }

    List<Finding> off() {
        return List.copyOf(off);
    }
}
