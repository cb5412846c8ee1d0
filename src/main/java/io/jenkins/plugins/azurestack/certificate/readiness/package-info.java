/**
 * The checks that tell before a rotation whether a stamp will accept a PFX file and a whole certificate set, with the
 * names, order and statuses of Microsoft's readiness checker. Nothing here opens a socket or a file.
 */
package io.jenkins.plugins.azurestack.certificate.readiness;
