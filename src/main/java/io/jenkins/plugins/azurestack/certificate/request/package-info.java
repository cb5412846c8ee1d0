/**
 * Certificate signing requests for a stamp's certificate set, and what becomes of them: the certificates that an
 * authority issued, joined with the keys of the requests. Nothing here keeps a key or a file.
 */
package io.jenkins.plugins.azurestack.certificate.request;
