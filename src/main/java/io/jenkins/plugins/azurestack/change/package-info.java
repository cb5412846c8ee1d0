/**
 * What every change of a stamp has in common, whichever engine makes it: its plan and the conditions of it, how it is
 * heard and written down, how it ended, and what else may run there. Nothing here knows what is changed, or any client.
 */
package io.jenkins.plugins.azurestack.change;
