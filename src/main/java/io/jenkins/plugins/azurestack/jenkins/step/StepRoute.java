package io.jenkins.plugins.azurestack.jenkins.step;

import hudson.model.Computer;
import hudson.model.TaskListener;
import io.jenkins.plugins.azurestack.jenkins.ControllerRoute;
import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.jenkins.tunnel.AgentNetwork;
import io.jenkins.plugins.azurestack.jenkins.tunnel.NamedPlaces;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.wiring.Route;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Where the connections of one step begin, chosen once by its {@code via}: the one place where steps come to a network.
 * Of an agent only the node's name lasts; a step that is taken up again waits for the node of that name.
 */
final class StepRoute implements Serializable {
    /** Null if connections begin on the controller. */
    private final String node;
    /** Opened anew after a restart. */
    private transient volatile AgentNetwork network;

    private StepRoute(final String node) {
        this.node = node;
    }

    /**
     * Chooses.
     *
     * @param via a word of {@link Via}
     * @throws Rejected if it is the agent, and the step runs on none
     */
    static StepRoute of(final String via, final StepContext context) throws IOException, InterruptedException {
        if (!via.equals(Via.AGENT)) {
            return new StepRoute(null);
        }
        final Computer computer = context.get(Computer.class);
        if (computer == null) {
            throw Via.outsideNode();
        }
        return new StepRoute(computer.getName());
    }

    /**
     * Opens the way, after waiting for the agent if it is away.
     *
     * @param places where it may lead to
     * @param patience how long the agent may be away in all; the way is open all the same after that, and says what is wrong
     * @throws InterruptedException if the thread is interrupted
     */
    Route open(final NamedPlaces places, final Duration patience, final TaskListener listener)
            throws InterruptedException {
        if (node == null) {
            return ControllerRoute.get();
        }
        final PrintStream log = listener.getLogger();
        final AgentNetwork opened = AgentNetwork.of(node, places, patience, line -> println(log, line));
        network = opened;
        opened.await();
        return Route.through("Jenkins agent '" + opened.agent() + "'", opened, opened.forRevocationLists());
    }

    /**
     * The places that the configuration of a stamp names.
     *
     * @throws Rejected if there is no such stamp
     */
    static NamedPlaces places(final String stamp) {
        final AzureStackHubConfiguration configuration = AzureStackHubConfiguration.get();
        return NamedPlaces.of(
                configuration.stamp(stamp), configuration.maintenance(stamp), configuration.bmcSettings(stamp));
    }

    /** As one line, whatever other threads write. */
    private static void println(final PrintStream log, final String line) {
        synchronized (log) {
            log.println(line);
        }
    }

    /**
     * The same for a step that does nothing without its agent.
     *
     * @throws Rejected if the agent is not there in time
     */
    Route openOrReject(final NamedPlaces places, final Duration patience, final TaskListener listener)
            throws InterruptedException {
        final Route route = open(places, patience, listener);
        if (network != null && network.isAway()) {
            throw new Rejected(
                    "via",
                    "agent '" + network.agent() + "' was not connected within " + patience.toMinutes() + " minutes, and"
                            + " no other way is taken. Nothing was sent now. Bring the agent back, then start again, or"
                            + " go on with what was begun");
        }
        return route;
    }

    /** What is being waited for, as a sentence for a person; empty if nothing is. */
    Optional<String> waiting() {
        final AgentNetwork opened = network;
        return opened == null ? Optional.empty() : opened.waiting().map(sentence -> "waiting: " + sentence);
    }

    private static final long serialVersionUID = 1L;
}
