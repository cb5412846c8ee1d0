package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;

/**
 * Hears what a pipeline says, while it says it.
 *
 * <p>Called by one thread at a time and in the order of the pipeline, but not on the thread that waits for its end. A
 * listener that is slow holds up the pipeline's output and, in time, the pipeline. It can't itself await, stop or detach
 * the pipeline that it hears, which would wait for the listener: another thread can. One that throws is not called again;
 * the pipeline is followed nevertheless and its result says so ({@link OutputGap.Cause#LISTENER_FAILED}). Only
 * {@link #starting} may object: then nothing is sent.
 */
public interface PipelineListener {
    /** Hears nothing. */
    PipelineListener NONE = new PipelineListener() {};

    /**
     * The pipeline is about to be sent to the server. What is written down now finds it again after a crash.
     *
     * @param ids how to come back to it; the server may still choose another command id, see {@link #started}
     */
    default void starting(DetachedPipeline ids) {}

    /** The server has taken the pipeline. */
    default void started(DetachedPipeline ids) {}

    /** An object of the output stream. */
    default void output(PsValue value) {}

    /** An error that did not end the pipeline. */
    default void error(ErrorRecord error) {}

    /** A warning. */
    default void warning(WarningRecord warning) {}

    /** A verbose message. */
    default void verbose(VerboseRecord message) {}

    /** A debug message. */
    default void debug(DebugRecord message) {}

    /** Progress. */
    default void progress(ProgressRecord progress) {}

    /** An information record. */
    default void information(InformationRecord information) {}

    /** Output may be missing from here on. */
    default void gap(OutputGap gap) {}

    /**
     * The connection is gone and the client tries to come back.
     *
     * @param reason what happened, without secrets
     */
    default void connectionLost(String reason) {}

    /** The server has answered again after {@link #connectionLost}. */
    default void connectionRestored() {}
}
