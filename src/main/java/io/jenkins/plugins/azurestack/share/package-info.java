/**
 * The SMB share that carries a certificate set to the stamp: opened, looked at, filled, compared and emptied again.
 * Knows nothing of rotations, journals or engines; what is ours on the share is what the caller says.
 */
package io.jenkins.plugins.azurestack.share;
