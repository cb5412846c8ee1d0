package io.jenkins.plugins.azurestack.change;

/** Hears how a change gets on. What it does can't fail the change. Called on the change's thread. */
public interface ChangeListener {
    /** A phase of a change. An engine's are an enum, in order. */
    interface Phase {
        /** In lower case, as journals and logs write it. */
        String word();
    }

    /** A phase begins. */
    void phase(Phase phase, String sentence);

    /** Something worth a line in the build's log: masked and printable. */
    void line(String text);

    /** Something worth a line, and worth keeping with the evidence: a sentence, masked and printable. */
    default void note(final String text) {
        line(text);
    }

    /** A step of the stamp's action plan, in the stamp's words. */
    default void step(final String name, final String status) {}

    /** So many of all are done with what is being done. */
    default void progress(final String what, final int done, final int of) {}
}
