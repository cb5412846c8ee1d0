/**
 * A Redfish client for the accounts of BMCs: look at a BMC, log on with a password once, read accounts and their policy,
 * change one password by one request, log off; what vendors do differently is one class each.
 * When to try which password, how often, and what an outcome means for a rotation are not decided here.
 */
package io.jenkins.plugins.azurestack.redfish;
