package io.jenkins.plugins.azurestack.jenkins.step;

import hudson.Util;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredStamp;
import jenkins.model.Jenkins;

/** The stamps that the form of a step offers: all that are configured, to those who may see them. */
final class StampItems {
    private StampItems() {}

    /**
     * @param item what is being configured; null outside any job
     * @param current the value that the form has now, which is always offered; may be empty or null
     */
    static ListBoxModel of(final Item item, final String current) {
        final ListBoxModel items = new ListBoxModel();
        if (mayConfigure(item)) {
            AzureStackHubConfiguration.get().getStamps().stream()
                    .map(ConfiguredStamp::getName)
                    .forEach(items::add);
        }
        final String kept = Util.fixEmptyAndTrim(current);
        if (kept != null && items.stream().noneMatch(option -> option.value.equals(kept))) {
            items.add(kept);
        }
        return items;
    }

    private static boolean mayConfigure(final Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.EXTENDED_READ);
    }
}
