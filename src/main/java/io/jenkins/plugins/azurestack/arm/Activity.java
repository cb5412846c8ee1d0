package io.jenkins.plugins.azurestack.arm;

/** Whether something runs on the stamp, as far as its answer is understood. */
public enum Activity {
    NONE,
    RUNNING,
    /** The stamp does not say, or in words that are not known: never to be taken for {@link #NONE}. */
    UNKNOWN
}
