package io.jenkins.plugins.azurestack.rotation;

import io.jenkins.plugins.azurestack.change.Condition;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody asks for.
 *
 * @param scope what is to be rotated
 * @param compromise whether an internal rotation is asked for without an alert, since secrets may be known to others
 * @param accepted conditions whose being unknown is accepted
 */
public record RotationRequest(RotationScope scope, boolean compromise, Set<RotationCondition> accepted) {
    /** @throws Rejected if that makes no sense */
    public RotationRequest {
        Objects.requireNonNull(scope, "scope");
        accepted = Set.copyOf(accepted);
        if (compromise && scope == RotationScope.EXTERNAL) {
            throw new Rejected("reason", "is for internal rotations; an external one is asked for by its certificates");
        }
        Condition.requireAcceptable(accepted);
    }

    /** The reason as a user writes it; empty if none was given. */
    public Optional<String> reason() {
        return compromise ? Optional.of("compromise") : Optional.empty();
    }
}
