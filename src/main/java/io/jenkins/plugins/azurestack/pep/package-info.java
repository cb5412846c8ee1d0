/**
 * The cmdlets of a stamp's privileged endpoint as typed calls, over whichever of its three addresses answers, and the
 * reading of what every generation of stamps says. What a rotation makes of that is not known here.
 */
package io.jenkins.plugins.azurestack.pep;
