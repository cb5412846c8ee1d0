/**
 * The admin Resource Manager of a simulated stamp and the token endpoints that it trusts, answering as recordings and
 * documentation say. How a request gets here over TLS, and what a rotation does, is not known here.
 */
package io.jenkins.plugins.azurestack.simulator.arm;
