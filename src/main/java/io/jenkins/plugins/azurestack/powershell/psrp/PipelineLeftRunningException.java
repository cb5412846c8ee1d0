package io.jenkins.plugins.azurestack.powershell.psrp;

/**
 * The pipeline runs on, or may run on, while this client does not wait for it any more. The subclasses say why; the ids
 * find it again.
 */
public abstract class PipelineLeftRunningException extends PipelineException {
    private static final long serialVersionUID = 1L;

    private final DetachedPipeline ids;

    PipelineLeftRunningException(String message, DetachedPipeline ids, PipelineResult soFar, Throwable cause) {
        super(message, soFar, cause);
        this.ids = ids;
    }

    /** How to come back to it. */
    public DetachedPipeline ids() {
        return ids;
    }
}
