package io.jenkins.plugins.azurestack.rotation;

/** Hears how a rotation gets on. What it does can't fail the rotation. Called on the rotation's thread. */
public interface RotationListener {
    /** A phase begins. */
    void phase(RotationPhase phase, String sentence);

    /** Something worth a line in the build's log: masked and printable. */
    void line(String text);

    /** Something worth a line, and worth keeping with the evidence: a sentence, masked and printable. */
    default void note(final String text) {
        line(text);
    }

    /** A step of the action plan, in the stamp's words. */
    void step(String name, String status);
}
