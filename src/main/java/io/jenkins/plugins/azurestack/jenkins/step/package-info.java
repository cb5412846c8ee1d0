/**
 * The Pipeline steps: their arguments as Jenkins binds them, and the running build as the run classes see it.
 * What a step does is in {@code wiring}; nothing is decided here.
 */
package io.jenkins.plugins.azurestack.jenkins.step;
