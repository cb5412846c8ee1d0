/**
 * What every change of a stamp has in common, whichever engine makes it: its plan and the conditions of it, what is
 * written down of it, and how it ended. Nothing here knows what is changed, or sees the world: that is the engines'.
 */
package io.jenkins.plugins.azurestack.change;
