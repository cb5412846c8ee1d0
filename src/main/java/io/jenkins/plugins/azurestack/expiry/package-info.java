/**
 * When does what expire: the scan that asks every source, and the judgement over what they saw.
 * Sources and stores are interfaces here; whoever implements them, opens sockets or reads files lives elsewhere.
 */
package io.jenkins.plugins.azurestack.expiry;
