/**
 * A stamp on loopback: its TLS front ends, the authority that issued their certificates, and a ledger of every
 * connection it received. It knows none of the plugin's clients or engines, and is never packaged with the plugin.
 */
package io.jenkins.plugins.azurestack.simulator;
