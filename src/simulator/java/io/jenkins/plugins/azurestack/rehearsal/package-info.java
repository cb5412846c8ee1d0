/**
 * Runs a Jenkinsfile against a simulated stamp: evaluated by the Groovy that Jenkins uses, with the arguments of the real
 * steps bound as Pipeline binds them. It stands in for Jenkins only where a Jenkinsfile touches it; what a real Jenkins
 * adds (sandbox, agents, restarts, plugins) is not here, and nothing of this is packaged with the plugin.
 */
package io.jenkins.plugins.azurestack.rehearsal;
