/**
 * What makes a certificate, a chain or a PFX acceptable, as pure functions over certificates and bytes.
 * Nothing here opens a socket or knows where a certificate came from.
 */
package io.jenkins.plugins.azurestack.certificate;
