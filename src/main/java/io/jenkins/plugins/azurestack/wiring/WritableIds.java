package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.stamp.Text;
import java.util.Set;

/**
 * The ids that a run may write: those that its stamp names, and what is pending and previous of each.
 *
 * @param named the ids that the stamp names, or that follow from them
 */
public record WritableIds(Set<String> named) {
    private static final String PENDING = "-pending";
    private static final String PREVIOUS = "-previous";

    public WritableIds {
        named = Set.copyOf(named);
    }

    /** The id of what is to become {@code id}. */
    public static String pending(final String id) {
        return id + PENDING;
    }

    /** The id of what was {@code id} before. */
    public static String previous(final String id) {
        return id + PREVIOUS;
    }

    /**
     * Refuses every other id.
     *
     * @throws NotWrittenException if the stamp does not name it
     */
    public void require(final String id) throws NotWrittenException {
        if (named.stream()
                .noneMatch(name -> id.equals(name) || id.equals(pending(name)) || id.equals(previous(name)))) {
            throw new NotWrittenException("Credential '" + Text.printable(id)
                    + "' was left alone: the stamp's configuration does not name it, and no other is ever written.");
        }
    }
}
