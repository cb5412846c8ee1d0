/**
 * Clients fitted to the engines' interfaces, and the plain run class behind each Pipeline step.
 * Used alike by the Jenkins layer, the rehearsal and tests; knows none of them.
 */
package io.jenkins.plugins.azurestack.wiring;
