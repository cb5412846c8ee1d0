/**
 * Peers for tests that nobody here wrote, and the few tools to run and watch them: programs of Debian, and a wire tap.
 * No assertions, and nothing that a test of one package alone needs.
 */
package io.jenkins.plugins.azurestack.peer;
