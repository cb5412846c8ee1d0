package io.jenkins.plugins.azurestack.certificate.request;

import java.util.Objects;

/**
 * A request whose key is kept until its certificate is served.
 *
 * @param request with one folder
 * @param keyId the credential that holds the sealed key
 * @param passphraseId the credential that holds the key's passphrase
 * @param again whether the key is that of an earlier request
 */
public record PendingRequest(SigningRequest request, String keyId, String passphraseId, boolean again) {
    public PendingRequest {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(keyId, "keyId");
        Objects.requireNonNull(passphraseId, "passphraseId");
    }
}
