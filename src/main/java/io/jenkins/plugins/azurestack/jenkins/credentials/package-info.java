/**
 * Writing credentials back to the stores of a Jenkins: where a credential lives, and who may change what is there.
 * What is written, and when, is decided in {@code wiring}; reading is in {@code step}, where the running build is.
 */
package io.jenkins.plugins.azurestack.jenkins.credentials;
