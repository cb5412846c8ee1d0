/**
 * The cmdlets of a simulated stamp's privileged endpoints, each as the stamp's release has it, and the accounts that may
 * call them. How a call arrives is not known here; what it does is done to the world, and outlives the session.
 */
package io.jenkins.plugins.azurestack.simulator.pep;
