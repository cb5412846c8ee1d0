/**
 * The baseboard management controllers of a simulated stamp: Redfish services with accounts, sessions, policies and the
 * habits of each vendor. Knows nothing of the privileged endpoint, which reaches them in process as the stamp would.
 */
package io.jenkins.plugins.azurestack.simulator.redfish;
