package io.jenkins.plugins.azurestack.simulator.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Every action plan that the stamp's engine ever ran. What a step does to the stamp is done once, when the step has
 * ended and anybody looks; it survives a restart. Thread-safe.
 */
public final class ActionPlans {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECTION = "action-plans";

    private final StampTime time;
    private final StateStore store;
    private final List<ActionPlan> plans = new ArrayList<>();
    /** How many steps of a plan are over and done with. */
    private final Map<UUID, Integer> done = new HashMap<>();

    private final Map<String, Effect> effects = new HashMap<>();
    private boolean settling;

    /** Takes up what the store has. */
    public ActionPlans(final StampTime time, final StateStore store) throws IOException {
        this.time = Objects.requireNonNull(time, "time");
        this.store = Objects.requireNonNull(store, "store");
        for (final JsonNode plan :
                store.read(SECTION).map(node -> node.withArray("plans")).orElse(JSON.createArrayNode())) {
            plans.add(read(plan));
            done.put(plans.get(plans.size() - 1).id(), plan.path("done").asInt());
        }
    }

    /**
     * What plans of a type do to the stamp. Must be the same when done again: a crash may come between it and its being
     * remembered. Called under a lock that everybody waits for who looks at any plan.
     */
    @FunctionalInterface
    public interface Effect {
        /**
         * Does what a step does.
         *
         * @param step counted from 0; the ones before it are done
         * @return why it failed, and the plan with it; empty if it did not
         */
        Optional<String> atEndOf(ActionPlan plan, int step);
    }

    /**
     * Says what plans of a type do. Until that is said for a type, the ends of its plans' steps wait to be dealt with;
     * a restarted stamp says it before anybody looks.
     */
    public void whenStepEnds(final String type, final Effect effect) {
        synchronized (plans) {
            effects.put(type, effect);
        }
    }

    /**
     * Starts a plan unless one runs.
     *
     * @return false if one runs
     */
    public boolean start(final ActionPlan plan) {
        synchronized (plans) {
            if (running().isPresent()) {
                return false;
            }
            plans.add(plan);
            save();
            plans.notifyAll();
            return true;
        }
    }

    /** The plan that runs now. */
    public Optional<ActionPlan> running() {
        synchronized (plans) {
            final Instant now = time.now();
            settle();
            return plans.stream()
                    .filter(plan -> plan.status(now) == ActionPlan.Status.RUNNING)
                    .findFirst();
        }
    }

    /** The plan of a function that was started last, whoever started it. */
    public Optional<ActionPlan> latest(final String function) {
        synchronized (plans) {
            settle();
            return plans.stream()
                    .filter(plan -> plan.function().equalsIgnoreCase(function))
                    .reduce((earlier, later) -> later);
        }
    }

    /** One plan. */
    public Optional<ActionPlan> find(final UUID id) {
        return all().stream().filter(plan -> plan.id().equals(id)).findFirst();
    }

    /** All plans, the oldest first. */
    public List<ActionPlan> all() {
        synchronized (plans) {
            settle();
            return List.copyOf(plans);
        }
    }

    /** Does what steps that have ended since the last look do to the stamp. */
    public void settle() {
        synchronized (plans) {
            if (settling) {
                return;
            }
            settling = true;
            try {
                for (int i = 0; i < plans.size(); i++) {
                    settle(i);
                }
            } finally {
                settling = false;
            }
        }
    }

    /** Waits until a plan runs, and says when the step of it ends that runs now. */
    public Instant awaitEnd() throws InterruptedException {
        synchronized (plans) {
            Optional<ActionPlan> plan = running();
            while (plan.isEmpty()) {
                plans.wait();
                plan = running();
            }
            final Instant now = time.now();
            int step = 0;
            while (step < plan.get().steps().size() - 1
                    && !now.isBefore(plan.get().endOf(step))) {
                step++;
            }
            return plan.get().endOf(step);
        }
    }

    private void settle(final int index) {
        ActionPlan plan = plans.get(index);
        final Effect effect = effects.get(plan.type());
        final Instant now = time.now();
        int step = done.getOrDefault(plan.id(), 0);
        while (effect != null && step < plan.steps().size() && !now.isBefore(plan.endOf(step))) {
            if (plan.failure().isPresent() && step >= plan.failure().get().step()) {
                return;
            }
            done.put(plan.id(), step + 1);
            final int ended = step;
            final ActionPlan before = plan;
            plan = effect.atEndOf(before, ended)
                    .map(reason -> before.failing(ended, reason))
                    .orElse(before);
            plans.set(index, plan);
            save();
            step++;
        }
    }

    private void save() {
        final ObjectNode section = JSON.createObjectNode();
        final ArrayNode array = section.putArray("plans");
        plans.forEach(plan -> array.add(write(plan).put("done", done.getOrDefault(plan.id(), 0))));
        try {
            store.write(SECTION, section);
        } catch (IOException e) {
            throw new UncheckedIOException("The simulated stamp's state can't be written", e);
        }
    }

    private static ObjectNode write(final ActionPlan plan) {
        final ObjectNode node = JSON.createObjectNode()
                .put("id", plan.id().toString())
                .put("function", plan.function())
                .put("type", plan.type())
                .put("starter", plan.starter())
                .put("started", plan.started().toString())
                .put("fails", plan.failure().map(ActionPlan.Failure::step).orElse(-1))
                .put("reason", plan.failure().map(ActionPlan.Failure::reason).orElse(""))
                .put("rerunOf", plan.rerunOf().map(UUID::toString).orElse(null));
        final ArrayNode steps = node.putArray("steps");
        plan.steps().forEach(step -> steps.addObject()
                .put("index", step.index())
                .put("name", step.name())
                .put("description", step.description())
                .put("lasts", step.lasts().toString()));
        return node;
    }

    private static ActionPlan read(final JsonNode node) {
        final List<ActionPlan.Step> steps = new ArrayList<>();
        node.path("steps")
                .forEach(step -> steps.add(new ActionPlan.Step(
                        step.path("index").asText(),
                        step.path("name").asText(),
                        step.path("description").asText(),
                        Duration.parse(step.path("lasts").asText()))));
        final int fails = node.path("fails").asInt();
        return new ActionPlan(
                UUID.fromString(node.path("id").asText()),
                node.path("function").asText(),
                node.path("type").asText(),
                node.path("starter").asText(),
                Instant.parse(node.path("started").asText()),
                steps,
                fails < 0
                        ? Optional.empty()
                        : Optional.of(new ActionPlan.Failure(
                                fails, node.path("reason").asText())),
                node.path("rerunOf").isTextual()
                        ? Optional.of(UUID.fromString(node.path("rerunOf").asText()))
                        : Optional.empty());
    }
}
