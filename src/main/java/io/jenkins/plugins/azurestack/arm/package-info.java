/**
 * What the plugin reads from a stamp's admin Resource Manager: alerts, what runs, nodes, updates, the backup location and
 * products' secrets, each as a value. Nothing here changes anything on a stamp, and what the values mean for an expiry
 * check or a rotation is not decided here.
 */
package io.jenkins.plugins.azurestack.arm;
