/**
 * The certificate authority of a simulated stamp, and the certificates that it issues, good ones and those that break
 * a rule on purpose. Knows nothing of who serves them.
 */
package io.jenkins.plugins.azurestack.simulator.pki;
