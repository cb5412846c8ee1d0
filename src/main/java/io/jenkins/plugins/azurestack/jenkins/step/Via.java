package io.jenkins.plugins.azurestack.jenkins.step;

import hudson.util.ListBoxModel;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.util.List;
import java.util.Locale;

/** The words of the argument {@code via}, the same in every step: where connections begin. */
final class Via {
    static final String CONTROLLER = "controller";
    static final String AGENT = "agent";

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

    /** The words, as a form offers them. */
    static ListBoxModel items() {
        final ListBoxModel items = new ListBoxModel();
        WORDS.forEach(items::add);
        return items;
    }
}
