/**
 * The rotation engine: plans a secret rotation, and carries an approved plan through its phases so that a crash at any
 * moment loses nothing. The stamp, the share, Resource Manager and the certificates are interfaces here; whoever
 * implements them lives elsewhere.
 */
package io.jenkins.plugins.azurestack.rotation;
