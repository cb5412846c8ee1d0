package io.jenkins.plugins.azurestack.simulator.remoting;

import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;

/**
 * Where a running cmdlet writes. Each write waits while the session's buffer is full, and ends when the pipeline is
 * stopped. For the cmdlet's own thread.
 */
public interface Streams {
    /** Writes an object to the output. */
    void output(PsValue value) throws InterruptedException;

    /** Writes an error that does not end the pipeline, unless the caller said {@code -ErrorAction Stop}. */
    void error(TerminatingError error) throws InterruptedException;

    void warning(String message) throws InterruptedException;

    /** Always sent: a cmdlet that is silent without {@code -Verbose} asks for it itself. */
    void verbose(String message) throws InterruptedException;

    /** Always sent, as {@link #verbose} is. */
    void debug(String message) throws InterruptedException;

    /** Writes what {@code Write-Host} or {@code Write-Information} write. */
    void information(String message) throws InterruptedException;

    /**
     * Writes a progress record.
     *
     * @param percent 0 to 100, or -1 if it is not known
     */
    void progress(String activity, String status, int percent) throws InterruptedException;
}
