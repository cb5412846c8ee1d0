package io.jenkins.plugins.azurestack.jenkins.step;

import hudson.Util;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredStamp;
import java.util.List;
import jenkins.model.Jenkins;

/** What the drop-downs of a step's form offer to those who may see it; to others what they have typed themselves. */
final class StepItems {
    private StepItems() {}

    /**
     * All stamps that are configured.
     *
     * @param item what is being configured; null outside any job
     * @param current the value that the form has now, which is always offered; may be empty or null
     */
    static ListBoxModel stamps(final Item item, final String current) {
        if (!mayConfigure(item)) {
            return only(current);
        }
        final ListBoxModel items = new ListBoxModel();
        AzureStackHubConfiguration.get().named().stream()
                .map(ConfiguredStamp::getName)
                .forEach(items::add);
        final String kept = Util.fixEmptyAndTrim(current);
        if (kept != null && items.stream().noneMatch(option -> option.value.equals(kept))) {
            items.add(kept);
        }
        return items;
    }

    /**
     * A few fixed words.
     *
     * @param item what is being configured; null outside any job
     * @param current the value that the form has now; may be empty or null
     */
    static ListBoxModel words(final Item item, final List<String> words, final String current) {
        if (!mayConfigure(item)) {
            return only(current);
        }
        final ListBoxModel items = new ListBoxModel();
        words.forEach(items::add);
        return items;
    }

    private static ListBoxModel only(final String current) {
        final ListBoxModel items = new ListBoxModel();
        items.add(current == null ? "" : current.trim());
        return items;
    }

    private static boolean mayConfigure(final Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.EXTENDED_READ);
    }
}
