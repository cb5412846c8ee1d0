package io.jenkins.plugins.azurestack.jenkins.step;

import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.util.List;
import java.util.Locale;

/** The words of the argument {@code via}, the same in every step: where connections begin. */
public final class Via {
    static final String CONTROLLER = "controller";
    /** Connections begin on the agent of the surrounding {@code node}. */
    public static final String AGENT = "agent";

    private static final List<String> WORDS = List.of(CONTROLLER, AGENT);

    private Via() {}

    /**
     * One of the words.
     *
     * @param given may be null or blank, for the controller
     * @throws Rejected if it is another
     */
    static String parse(final String given) {
        final String word =
                given == null || given.isBlank() ? CONTROLLER : given.trim().toLowerCase(Locale.ROOT);
        if (!WORDS.contains(word)) {
            throw new Rejected("via", "'" + Text.printable(given) + "' is neither 'controller' nor 'agent'");
        }
        return word;
    }

    /** What is wrong with a step that is to go through an agent and runs on none. */
    public static Rejected outsideNode() {
        return new Rejected(
                "via",
                "'agent' is for a step inside node, since connections then begin on that node's agent, and here is none."
                        + " Nothing was done. Put the step inside node, or leave via out");
    }

    /** The words, as a form offers them to those who may see it. */
    static ListBoxModel items(final Item item, final String current) {
        return StepItems.words(item, WORDS, current);
    }
}
