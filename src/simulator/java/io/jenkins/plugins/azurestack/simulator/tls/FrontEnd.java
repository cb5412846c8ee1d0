package io.jenkins.plugins.azurestack.simulator.tls;

import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;

/**
 * What answers for one folder's names.
 *
 * @param certificate what it serves
 * @param manner how it meets those who connect
 */
public record FrontEnd(IssuedCertificate certificate, Manner manner) {}
