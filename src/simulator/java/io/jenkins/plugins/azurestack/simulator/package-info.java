/**
 * A stamp on loopback, assembled from its parts: privileged endpoints, TLS front ends, Resource Manager, BMCs, a share,
 * and one world that all of them see. It knows none of the plugin's clients or engines, and is never packaged with it.
 */
package io.jenkins.plugins.azurestack.simulator;
