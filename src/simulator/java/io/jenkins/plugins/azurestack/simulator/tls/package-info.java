/**
 * The TLS front ends of a simulated stamp, which answer by the name that a client asks for. What is said inside TLS is
 * not known here.
 */
package io.jenkins.plugins.azurestack.simulator.tls;
