package io.jenkins.plugins.azurestack.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * One run of the stamp's engine: steps that begin one after the other and last as long as planned, so that where it
 * stands follows from the time alone. Immutable.
 *
 * @param id the instance id
 * @param function the cmdlet that started it, such as {@code Start-SecretRotation}
 * @param type the action type that the engine calls it by, such as {@code ExternalSecretRotation}
 * @param starter who started it, as {@code DOMAIN\\user}
 * @param started when
 * @param steps at least one
 * @param failure where and why it fails, if it does
 * @param rerunOf the instance that this one goes on from, if any
 */
public record ActionPlan(
        UUID id,
        String function,
        String type,
        String starter,
        Instant started,
        List<Step> steps,
        Optional<Failure> failure,
        Optional<UUID> rerunOf) {
    public ActionPlan {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(starter, "starter");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(failure, "failure");
        Objects.requireNonNull(rerunOf, "rerunOf");
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("An action plan has at least one step");
        }
    }

    /**
     * A step.
     *
     * @param index as the engine numbers steps, such as {@code 2.1}
     * @param name short
     * @param description a sentence
     * @param lasts how long
     */
    public record Step(String index, String name, String description, Duration lasts) {}

    /**
     * How a plan fails.
     *
     * @param step which of its steps fails, counted from 0; it does so at that step's end
     * @param reason what the engine says of it
     */
    public record Failure(int step, String reason) {}

    /** Where a plan or a step stands. */
    public enum Status {
        NOT_STARTED,
        RUNNING,
        COMPLETED,
        FAILED
    }

    /** The same plan, which fails at the end of one of its steps. */
    public ActionPlan failing(final int step, final String reason) {
        return new ActionPlan(
                id, function, type, starter, started, steps, Optional.of(new Failure(step, reason)), rerunOf);
    }

    /** When it ends, or ended. */
    public Instant ends() {
        return endOf(failure.map(Failure::step).orElse(steps.size() - 1));
    }

    /** When a step begins, whether or not the plan comes to it. */
    public Instant beginOf(final int step) {
        return step == 0 ? started : endOf(step - 1);
    }

    /** When a step ends, whether or not the plan comes to it. */
    public Instant endOf(final int step) {
        Instant end = started;
        for (int i = 0; i <= step; i++) {
            end = end.plus(steps.get(i).lasts());
        }
        return end;
    }

    /** Where it stands. */
    public Status status(final Instant now) {
        if (now.isBefore(ends())) {
            return Status.RUNNING;
        }
        return failure.isPresent() ? Status.FAILED : Status.COMPLETED;
    }

    /** Where one of its steps stands. */
    public Status status(final int step, final Instant now) {
        final int last = failure.map(Failure::step).orElse(steps.size());
        if (now.isBefore(beginOf(step)) || step > last) {
            return Status.NOT_STARTED;
        }
        if (now.isBefore(endOf(step))) {
            return Status.RUNNING;
        }
        return step == last ? Status.FAILED : Status.COMPLETED;
    }
}
