package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.simulator.world.ActionPlan;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a rotation rotates. That an external one takes about an hour is documented, that an internal one takes many, and
 * all names of steps, are not.
 */
enum RotationKind {
    EXTERNAL("ExternalSecretRotation", Table.EXTERNAL),
    INTERNAL("InternalSecretRotation", Table.INTERNAL),
    /** What an external call did before 1811. */
    BOTH(
            "SecretRotation",
            Stream.concat(Table.EXTERNAL.stream(), Table.INTERNAL.stream()).toList());

    /** The step that takes the certificates from the share, and leaves its own there. */
    static final String IMPORT = "Import external certificates";
    /** The step after which the front ends serve them. */
    static final String PUBLISH = "Publish external certificates";
    /** The step after which there are new internal secrets. */
    static final String RENEW = "Remove previous internal secrets";

    private final String type;
    private final List<ActionPlan.Step> steps;

    RotationKind(final String type, final List<ActionPlan.Step> steps) {
        this.type = type;
        this.steps = steps;
    }

    /** What the engine calls such a plan. */
    String type() {
        return type;
    }

    List<ActionPlan.Step> steps() {
        return steps;
    }

    /** Whether it needs certificates. */
    boolean isExternal() {
        return this != INTERNAL;
    }

    static Optional<RotationKind> of(final ActionPlan plan) {
        return Arrays.stream(values())
                .filter(kind -> kind.type.equals(plan.type()))
                .findFirst();
    }

    /**
     * The steps of a re-run: it goes on with the one that failed, and takes the certificates again, if there are any to
     * be taken, for it can't count on those that it took before.
     */
    List<ActionPlan.Step> stepsAfter(final ActionPlan failed) {
        final int from = failed.failure().orElseThrow().step();
        final int importing =
                failed.steps().stream().map(ActionPlan.Step::name).toList().indexOf(IMPORT);
        final boolean published = failed.steps().subList(0, from).stream()
                .anyMatch(step -> step.name().equals(PUBLISH));
        return Stream.concat(
                        importing >= 0 && importing < from && !published
                                ? Stream.of(failed.steps().get(importing))
                                : Stream.of(),
                        failed.steps().subList(from, failed.steps().size()).stream())
                .toList();
    }

    /** The steps as data. */
    private static final class Table {
        private static final List<ActionPlan.Step> EXTERNAL = List.of(
                step("1.1", "Validate external certificates", "Test every certificate on the share.", 5),
                step("1.2", "Import external certificates", "Take the certificates from the share.", 5),
                step("1.3", "Update Key Vault certificates", "Give the vaults their certificates.", 10),
                step("1.4", "Update storage certificates", "Give blob, queue and table their certificates.", 10),
                step("1.5", "Update Resource Manager certificates", "Give both managers their certificates.", 10),
                step("1.6", "Update portal certificates", "Give portals and extension hosts theirs.", 15),
                step("1.7", "Publish external certificates", "Let every endpoint serve its certificate.", 5));
        private static final List<ActionPlan.Step> INTERNAL = List.of(
                step("2.1", "Validate internal secrets", "See that every role is healthy.", 20),
                step("2.2", "Create internal certificates", "Issue certificates for every role.", 100),
                step("2.3", "Update infrastructure role secrets", "Give every role its secrets.", 360),
                step("2.4", "Rotate service account passwords", "Change the passwords of all accounts.", 180),
                step("2.5", "Rotate storage keys", "Make new keys for the stamp's own storage.", 120),
                step("2.6", "Update resource provider secrets", "Give every provider its secrets.", 300),
                step("2.7", "Remove previous internal secrets", "Nothing uses the previous ones any more.", 60));

        private static ActionPlan.Step step(
                final String index, final String name, final String description, final int minutes) {
            return new ActionPlan.Step(index, name, description, Duration.ofMinutes(minutes));
        }
    }
}
