/**
 * What a simulated stamp is, apart from how it is reached: its time, its state, what is to go wrong with it, and the
 * ledger of what happened to it. Knows no protocol and opens no socket.
 */
package io.jenkins.plugins.azurestack.simulator.world;
