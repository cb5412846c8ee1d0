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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Every action plan that the stamp's engine ever ran. What a plan does to the stamp is done once, when its time has come
 * and anybody looks; it survives a restart. Thread-safe.
 */
public final class ActionPlans {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECTION = "action-plans";

    private final StampTime time;
    private final StateStore store;
    private final List<ActionPlan> plans = new ArrayList<>();
    private final Set<UUID> settled = new HashSet<>();
    private final Map<String, Consumer<ActionPlan>> effects = new HashMap<>();

    /** Takes up what the store has. */
    public ActionPlans(final StampTime time, final StateStore store) throws IOException {
        this.time = Objects.requireNonNull(time, "time");
        this.store = Objects.requireNonNull(store, "store");
        for (final JsonNode plan :
                store.read(SECTION).map(node -> node.withArray("plans")).orElse(JSON.createArrayNode())) {
            plans.add(read(plan));
            if (plan.path("settled").asBoolean()) {
                settled.add(plans.get(plans.size() - 1).id());
            }
        }
    }

    /**
     * Says what plans of a type do to the stamp once they have completed; nothing is done for one that failed. The
     * effect must be the same when done again: a crash may come between it and its being remembered.
     */
    public void whenCompleted(final String type, final Consumer<ActionPlan> effect) {
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
            return true;
        }
    }

    /** The plan that runs now. */
    public Optional<ActionPlan> running() {
        synchronized (plans) {
            settle();
            final Instant now = time.now();
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

    /** Does what plans that have ended since the last look do to the stamp. */
    public void settle() {
        synchronized (plans) {
            final Instant now = time.now();
            boolean changed = false;
            for (final ActionPlan plan : plans) {
                if (plan.status(now) != ActionPlan.Status.RUNNING && settled.add(plan.id())) {
                    changed = true;
                    if (plan.fails().isEmpty()) {
                        effects.getOrDefault(plan.type(), done -> {}).accept(plan);
                    }
                }
            }
            if (changed) {
                save();
            }
        }
    }

    private void save() {
        final ObjectNode section = JSON.createObjectNode();
        final ArrayNode array = section.putArray("plans");
        plans.forEach(plan -> array.add(write(plan).put("settled", settled.contains(plan.id()))));
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
                .put("fails", plan.fails().orElse(-1))
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
                fails < 0 ? OptionalInt.empty() : OptionalInt.of(fails),
                node.path("rerunOf").isTextual()
                        ? Optional.of(UUID.fromString(node.path("rerunOf").asText()))
                        : Optional.empty());
    }
}
