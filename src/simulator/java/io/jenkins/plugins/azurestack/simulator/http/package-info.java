/**
 * The server's side of HTTP/1.1 for the parts of a simulated stamp that speak it: connections in turn, with state of
 * their own, and answers that can be lost, cut or slow on demand. What is asked and answered is not known here.
 */
package io.jenkins.plugins.azurestack.simulator.http;
