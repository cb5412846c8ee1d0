package io.jenkins.plugins.azurestack.share;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is on the share, held against what the caller says is its own.
 *
 * @param files how each of the caller's files is found, in the caller's order
 * @param foreign everything else, but for empty folders of the layout
 */
public record Comparison(Map<StagedFile, State> files, List<ShareEntry> foreign) {
    /** How a file is found. */
    public enum State {
        /** As it was staged. */
        SAME,
        /** With another content. */
        CHANGED,
        /** Not at all. */
        ABSENT,
        /** Open elsewhere, so that it can't be read. */
        IN_USE
    }

    public Comparison {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        foreign = List.copyOf(foreign);
    }

    /** Whether the share holds the caller's files as they were staged, and nothing else. */
    public boolean isAsStaged() {
        return foreign.isEmpty() && files.values().stream().allMatch(State.SAME::equals);
    }
}
