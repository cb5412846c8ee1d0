package io.jenkins.plugins.azurestack.powershell.psrp;

import java.time.Duration;

/** The time to wait is over and the pipeline is not; it was neither stopped nor left, and waiting again is allowed. */
public final class PipelineStillRunningException extends PipelineLeftRunningException {
    private static final long serialVersionUID = 1L;

    PipelineStillRunningException(Duration limit, DetachedPipeline ids, PipelineResult soFar) {
        super(
                "the pipeline still runs after " + limit + "; it was not stopped. Wait again, detach or stop it",
                ids,
                soFar,
                null);
    }
}
