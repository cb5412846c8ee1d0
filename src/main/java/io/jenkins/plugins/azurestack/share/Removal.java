package io.jenkins.plugins.azurestack.share;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of the caller's files and folders.
 *
 * @param files what became of each, in the caller's order
 * @param removedFolders those of the caller's folders that were empty and are gone now
 * @param left everything that still lies there, foreign or not, but for empty folders of the layout
 */
public record Removal(Map<StagedFile, Fate> files, List<String> removedFolders, List<ShareEntry> left) {
    /** What became of a file. */
    public enum Fate {
        REMOVED,
        /** It was not there. */
        ABSENT,
        /** Its content is neither what was staged nor what the caller takes for its own: it stays. */
        CHANGED,
        /** Somebody else has it open: it stays. */
        IN_USE
    }

    public Removal {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        removedFolders = List.copyOf(removedFolders);
        left = List.copyOf(left);
    }

    /** Whether nothing of the caller's is on the share any more. */
    public boolean isComplete() {
        return files.values().stream().allMatch(fate -> fate == Fate.REMOVED || fate == Fate.ABSENT);
    }
}
