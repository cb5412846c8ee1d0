/**
 * Secrets that are sent through whole runs, and the search for them in all that was written. What a run is, and where it
 * writes, the tests of each engine know; how a secret may look, this package.
 */
package io.jenkins.plugins.azurestack.canary;
