/**
 * The file share that a simulated stamp fetches its certificates from: a directory that goes by a UNC path and an
 * account. Speaks no SMB itself; a real server may serve the same directory to everybody else.
 */
package io.jenkins.plugins.azurestack.simulator.share;
