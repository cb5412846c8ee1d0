/**
 * Benchmarks, each side by side in one run with what an operator would use instead, so that the ratio counts and not
 * the machine. Nothing here is a test: a floor that is not met is reported, and fails no build.
 */
package io.jenkins.plugins.azurestack.bench;
