package io.jenkins.plugins.azurestack.jenkins.config;

import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.util.List;
import jenkins.model.Jenkins;

/** Answers to what the configuration page asks while somebody types; for administrators only. */
final class FormCheck {
    private FormCheck() {}

    /** The rule's own words where it rejects a value, if the asker may administer Jenkins. */
    static FormValidation of(final Runnable rule) {
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return FormValidation.ok();
        }
        try {
            rule.run();
            return FormValidation.ok();
        } catch (Rejected e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** A list's one text, as typed; nothing at all if whoever asks left the parameter out. */
    static List<String> typed(final String value) {
        return value == null ? List.of() : List.of(value);
    }

    /** A drop-down of fixed words; of the current one alone if the asker may not administer Jenkins. */
    static ListBoxModel words(final List<String> words, final String current) {
        final ListBoxModel items = new ListBoxModel();
        if (Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            words.forEach(items::add);
        } else {
            items.add(current == null ? "" : current);
        }
        return items;
    }
}
