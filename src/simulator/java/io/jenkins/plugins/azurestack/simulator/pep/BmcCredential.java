package io.jenkins.plugins.azurestack.simulator.pep;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.world.ActionPlan;
import io.jenkins.plugins.azurestack.simulator.world.BmcNetwork;
import io.jenkins.plugins.azurestack.simulator.world.Node;
import io.jenkins.plugins.azurestack.simulator.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The one credential that the stamp keeps for all its BMCs, and the action plans that change it. What the real stamp does
 * when one BMC refuses is not documented: this one goes on with the others and then keeps the credential that it had; a
 * second call takes BMCs for done that take the new password already. Survives a restart. Thread-safe.
 */
final class BmcCredential {
    static final String FUNCTION = "Set-BmcCredential";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECTION = "bmc-credential";
    private static final String TYPE = "BmcCredentialUpdate";
    private static final String STORE = "Update credential store";

    private final World world;
    private final BmcNetwork network;
    private final Pace pace;
    private final ObjectNode section;

    BmcCredential(final World world, final BmcNetwork network, final Pace pace) throws IOException {
        this.world = world;
        this.network = network;
        this.pace = pace;
        this.section = world.store().read(SECTION).orElseGet(() -> JSON.createObjectNode()
                .put("user", world.identity().bmcUser())
                .put("password", world.identity().bmcPassword()));
        world.actionPlans().whenStepEnds(TYPE, this::atEndOf);
    }

    /** The user that the stamp has kept. */
    String user() {
        synchronized (section) {
            return section.path("user").asText();
        }
    }

    /** The nodes whose BMC does not take what the stamp has kept. Counts as a logon on each. */
    List<Node> refusing() {
        final String user = user();
        final char[] password = password(section, "password");
        try {
            return network.nodes().stream()
                    .filter(node -> !network.logsIn(node, user, password))
                    .toList();
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /**
     * Starts a change.
     *
     * @param newPassword the caller's
     * @param written whether the BMCs are changed too
     * @return empty if another action plan runs
     */
    Optional<ActionPlan> change(
            final String newUser, final char[] newPassword, final boolean written, final String starter) {
        final ActionPlan plan = new ActionPlan(
                world.newId(),
                FUNCTION,
                TYPE,
                starter,
                world.time().now(),
                steps(written),
                Optional.empty(),
                Optional.empty());
        synchronized (section) {
            section.withObject("/changes/" + plan.id())
                    .put("user", newUser)
                    .put("password", String.valueOf(newPassword));
            save();
        }
        return world.actionPlans().start(plan) ? Optional.of(plan) : Optional.empty();
    }

    private List<ActionPlan.Step> steps(final boolean written) {
        final List<ActionPlan.Step> steps = new ArrayList<>();
        if (written) {
            for (final Node node : network.nodes()) {
                steps.add(new ActionPlan.Step(
                        "1." + (steps.size() + 1),
                        node.name(),
                        "Change the credential of BMC " + node.bmcAddress() + ".",
                        pace.bmc()));
            }
        }
        steps.add(new ActionPlan.Step("2.1", STORE, "Keep the new credential.", Duration.ofSeconds(10)));
        return steps;
    }

    private Optional<String> atEndOf(final ActionPlan plan, final int number) {
        final String name = plan.steps().get(number).name();
        synchronized (section) {
            final ObjectNode change = section.withObject("/changes/" + plan.id());
            if (name.equals(STORE)) {
                return store(plan, change);
            }
            network.nodes().stream()
                    .filter(node -> node.name().equals(name))
                    .findFirst()
                    .flatMap(node -> change(node, change))
                    .ifPresent(reason -> change.withArray("refused").add(name + ": " + reason));
            save();
            return Optional.empty();
        }
    }

    private Optional<String> store(final ActionPlan plan, final ObjectNode change) {
        final List<String> refused = Stream.iterate(0, i -> i + 1)
                .limit(change.path("refused").size())
                .map(i -> change.path("refused").get(i).asText())
                .toList();
        if (refused.isEmpty()) {
            section.put("user", change.path("user").asText())
                    .put("password", change.path("password").asText());
        }
        section.withObject("/changes").remove(plan.id().toString());
        save();
        return refused.isEmpty()
                ? Optional.empty()
                : Optional.of("The BMC credential could not be updated on every node. " + String.join(" ", refused));
    }

    private Optional<String> change(final Node node, final ObjectNode change) {
        final char[] password = password(section, "password");
        final char[] newPassword = password(change, "password");
        final String newUser = change.path("user").asText();
        try {
            final Optional<String> reason = network.change(node, user(), password, newUser, newPassword);
            return reason.isPresent() && network.logsIn(node, newUser, newPassword) ? Optional.empty() : reason;
        } finally {
            Arrays.fill(password, '\0');
            Arrays.fill(newPassword, '\0');
        }
    }

    private static char[] password(final ObjectNode from, final String field) {
        synchronized (from) {
            return from.path(field).asText().toCharArray();
        }
    }

    private void save() {
        try {
            world.store().write(SECTION, section);
        } catch (IOException e) {
            throw new UncheckedIOException("The simulated stamp's state can't be written", e);
        }
    }
}
