package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;

/** One command of a running pipeline: takes objects one by one, then ends. For the pipeline's thread. */
interface Stage {
    /** Takes an object from the command before it, or from the client. */
    void accept(PsValue value) throws TerminatingError, InterruptedException;

    /** No more objects follow. */
    void end() throws TerminatingError, InterruptedException;
}
