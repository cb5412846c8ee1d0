package io.jenkins.plugins.azurestack.share;

/**
 * Tells whether a file that was staged, and whose content is another now, is still the caller's own: because the stamp is
 * known to rewrite what it reads, or because a write was broken off.
 */
@FunctionalInterface
public interface Rewriting {
    /** Whatever has changed is somebody else's. */
    Rewriting NONE = (staged, content) -> false;

    /** A file without content was created and never written: the worst that staging leaves behind when it is broken off. */
    Rewriting EMPTIED = (staged, content) -> content.length == 0;

    /**
     * @param staged what was staged
     * @param content what is there now; overwritten with zeros after the call
     * @return true if the file may be removed
     */
    boolean isOurs(StagedFile staged, byte[] content);

    /** What either of two says is the caller's own. */
    default Rewriting or(final Rewriting other) {
        return (staged, content) -> isOurs(staged, content) || other.isOurs(staged, content);
    }
}
