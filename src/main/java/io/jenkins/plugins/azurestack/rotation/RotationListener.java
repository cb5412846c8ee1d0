package io.jenkins.plugins.azurestack.rotation;

/** Hears how a rotation gets on. What it does can't fail the rotation. Called on the rotation's thread. */
public interface RotationListener {
    /** A phase begins. */
    void phase(RotationPhase phase, String sentence);

    /** Something worth a line in the build's log: masked and printable. */
    void line(String text);

    /** A step of the action plan, in the stamp's words. */
    void step(String name, String status);
}
