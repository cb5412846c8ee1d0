package io.jenkins.plugins.azurestack.simulator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.world.StateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Every alert that the stamp ever opened, closed ones too. One opens when its condition begins and closes by itself when
 * that ends; one that a person closed stays closed for as long as the condition lasts. Survives a restart. Thread-safe.
 */
final class Alerts {
    private static final String SECTION = "alerts";
    /** As many closed ones as the recorded stamp had. */
    private static final int HISTORY = 73;

    private static final Duration APART = Duration.ofHours(47);
    private static final Duration LASTED = Duration.ofMinutes(25);
    private static final List<Past> PASTS = List.of(
            new Past(
                    "Infrastructure role instance unavailable",
                    "FRP.Heartbeat.InfraVM",
                    Condition.WARNING,
                    "infraRoleInstances/AZS-NC02"),
            new Past(
                    "Scale unit node is offline",
                    "FRP.Heartbeat.PhysicalNode",
                    Condition.CRITICAL,
                    "scaleUnitNodes/node01"),
            new Past(
                    "Infrastructure role unhealthy",
                    "Microsoft.Health.FaultType.GenericExceptionFault",
                    Condition.WARNING,
                    "infraRoles/Storage controller"));

    private final StateStore store;
    private final SecureRandom random;
    private final String fabric;
    private final String registration;
    private final List<Kept> alerts = new ArrayList<>();

    /** Something that is long over. */
    private record Past(String title, String faultTypeId, String severity, String impacted) {}

    /** An alert's properties as Resource Manager shows them, and which condition it is for, as long as that lasts. */
    private static final class Kept {
        private final String key;
        private boolean standing;
        private final ObjectNode properties;

        Kept(final String key, final boolean standing, final ObjectNode properties) {
            this.key = key;
            this.standing = standing;
            this.properties = properties;
        }
    }

    /**
     * Takes up what the store has, or makes the past of a stamp that has run for a while.
     *
     * @param fabric the id of the fabric location
     * @param registration the id of the fabric's registration
     */
    Alerts(
            final StateStore store,
            final SecureRandom random,
            final String fabric,
            final String registration,
            final Instant now)
            throws IOException {
        this.store = store;
        this.random = random;
        this.fabric = fabric;
        this.registration = registration;
        final Optional<ObjectNode> kept = store.read(SECTION);
        if (kept.isPresent()) {
            kept.get()
                    .withArray("alerts")
                    .forEach(node -> alerts.add(new Kept(
                            node.path("key").asText(), node.path("standing").asBoolean(), (ObjectNode)
                                    node.path("properties"))));
        } else {
            for (int i = HISTORY; i > 0; i--) {
                final Instant at = now.minus(APART.multipliedBy(i)).minusMillis(7L * i);
                final Kept past = opened(past(i, at));
                close(past, at.plus(LASTED), Optional.empty());
                past.standing = false;
            }
            save();
        }
    }

    private static Condition past(final int number, final Instant at) {
        final Past past = PASTS.get(number % PASTS.size());
        return new Condition(
                "past/" + number,
                past.title(),
                past.severity(),
                past.faultTypeId(),
                at,
                Optional.empty(),
                Map.of(),
                List.of(past.title() + "."),
                "None: this alert closes by itself.",
                "",
                past.impacted());
    }

    /** Opens what has begun and closes what has ended since the last look. */
    void update(final List<Condition> conditions, final Instant now) {
        synchronized (alerts) {
            boolean changed = false;
            for (final Condition condition : conditions) {
                changed |= meet(condition, now);
            }
            for (final Kept alert : alerts) {
                if (alert.standing
                        && conditions.stream()
                                .noneMatch(condition -> condition.key().equals(alert.key))) {
                    alert.standing = false;
                    close(alert, now, Optional.empty());
                    changed = true;
                }
            }
            if (changed) {
                save();
            }
        }
    }

    private boolean meet(final Condition condition, final Instant now) {
        final Optional<Kept> known =
                alerts.stream().filter(one -> one.key.equals(condition.key())).reduce((earlier, later) -> later);
        final boolean begins =
                known.isEmpty() || !known.get().standing && condition.until().isEmpty();
        final Kept alert = begins ? opened(condition) : known.get();
        final Optional<Instant> end = condition.until().filter(at -> !at.isAfter(now));
        if (alert.standing && end.isPresent()) {
            alert.standing = false;
            close(alert, end.get(), Optional.empty());
            return true;
        }
        return refresh(alert, condition, now) || begins;
    }

    private static boolean refresh(final Kept alert, final Condition condition, final Instant now) {
        final JsonNode said = Json.MAPPER.valueToTree(condition.properties());
        if (!alert.standing || said.equals(alert.properties.path("alertProperties"))) {
            return false;
        }
        alert.properties.set("alertProperties", said);
        alert.properties.set("description", text(condition.description()));
        alert.properties.put("lastUpdatedTimestamp", Json.time(now));
        return true;
    }

    private Kept opened(final Condition condition) {
        final String created = Json.time(condition.since());
        final ObjectNode properties = Json.object()
                .put("alertId", Identifiers.random(random).toString())
                .put("title", condition.title())
                .put("severity", condition.severity())
                .put("state", "Active")
                .put("faultTypeId", condition.faultTypeId())
                .put("faultHash", "")
                .put("createdTimestamp", created)
                .put("lastUpdatedTimestamp", created);
        properties.set("description", text(condition.description()));
        properties.set("remediation", remediation(condition));
        properties.set("alertProperties", Json.MAPPER.valueToTree(condition.properties()));
        properties
                .put("impactedResourceId", fabric + "/" + condition.impacted())
                .put("impactedResourceDisplayName", condition.impactedName())
                .put("resourceProviderRegistrationId", registration)
                .put("hasValidRemediationAction", false)
                .put("preview", "False");
        properties.putObject("remediationHistory");
        final Kept alert = new Kept(condition.key(), true, properties);
        alerts.add(alert);
        return alert;
    }

    private static void close(final Kept alert, final Instant at, final Optional<String> by) {
        if (alert.properties.path("state").asText().equals("Closed")) {
            return;
        }
        alert.properties
                .put("state", "Closed")
                .put("closedTimestamp", Json.time(at))
                .put("lastUpdatedTimestamp", Json.time(at));
        by.ifPresent(user -> alert.properties.put("closedByUserAlias", user));
    }

    /** Fragments as Resource Manager writes texts: lines with breaks between. */
    private static ArrayNode text(final List<String> lines) {
        final ArrayNode fragments = Json.MAPPER.createArrayNode();
        for (int i = 0; i < lines.size(); i++) {
            if (i > 0) {
                fragments.addObject().put("type", "NewLine");
            }
            fragments.addObject().put("type", "Text").put("text", lines.get(i));
        }
        return fragments;
    }

    private static ArrayNode remediation(final Condition condition) {
        final ArrayNode fragments = text(List.of(condition.remediation()));
        if (!condition.link().isEmpty()) {
            fragments
                    .addObject()
                    .put("type", "LinkBegin")
                    .put("linkType", "Uri")
                    .put("uri", condition.link());
            fragments.addObject().put("type", "Text").put("text", condition.link());
            fragments.addObject().put("type", "LinkEnd");
        }
        return fragments;
    }

    /** The properties of all, in the order in which they were opened. */
    List<ObjectNode> all() {
        synchronized (alerts) {
            return alerts.stream().map(alert -> alert.properties.deepCopy()).toList();
        }
    }

    /** One's properties. */
    Optional<ObjectNode> find(final String id) {
        return all().stream()
                .filter(alert -> alert.path("alertId").asText().equalsIgnoreCase(id))
                .findFirst();
    }

    /**
     * Closes one for a person.
     *
     * @param user as the call named it; the real thing keeps more of the query than it should
     */
    void close(final String id, final String user, final Instant now) {
        Objects.requireNonNull(user, "user");
        synchronized (alerts) {
            alerts.stream()
                    .filter(alert -> alert.properties.path("alertId").asText().equalsIgnoreCase(id))
                    .forEach(alert -> close(alert, now, Optional.of(user + "?api-version=1.0.0")));
            save();
        }
    }

    private void save() {
        final ObjectNode section = Json.object();
        final ArrayNode array = section.putArray("alerts");
        alerts.forEach(alert -> array.addObject()
                .put("key", alert.key)
                .put("standing", alert.standing)
                .set("properties", alert.properties));
        try {
            store.write(SECTION, section);
        } catch (IOException e) {
            throw new UncheckedIOException("The simulated stamp's state can't be written", e);
        }
    }
}
