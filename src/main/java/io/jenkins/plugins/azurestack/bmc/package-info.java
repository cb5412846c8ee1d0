/**
 * The BMC engine: plans a new password for the account that all BMCs of a stamp share, and carries an approved plan
 * through its phases so that a crash at any moment loses no password that works. The BMCs, the stamp, Resource Manager
 * and the credentials store are interfaces here; whoever implements them lives elsewhere.
 */
package io.jenkins.plugins.azurestack.bmc;
