package io.jenkins.plugins.azurestack.certificate;

import io.jenkins.plugins.azurestack.stamp.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Holds a chain against every {@link PkiRule}. */
public final class PkiRules {
    private PkiRules() {}

    /**
     * A rule that a chain breaks.
     *
     * @param message what is wrong, one line, as part of a sentence
     */
    public record Violation(PkiRule rule, String message) {
        public Violation {
            Objects.requireNonNull(rule, "rule");
            message = Text.printable(message);
        }
    }

    /** The rules that a chain breaks, in their order; empty if it breaks none. */
    public static List<Violation> violations(final CertificateChain chain, final Instant now) {
        final List<Violation> violations = new ArrayList<>();
        for (final PkiRule rule : PkiRule.values()) {
            rule.violation(chain, now).ifPresent(message -> violations.add(new Violation(rule, message)));
        }
        return List.copyOf(violations);
    }
}
