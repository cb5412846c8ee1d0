package io.jenkins.plugins.azurestack.certificate.request;

import java.security.cert.X509Certificate;
import java.util.Objects;

/**
 * How the requests of a set look.
 *
 * @param subject of all of them
 * @param keyLength of their new keys
 * @param hash that they are signed with
 * @param clientAuthentication whether they ask for client authentication besides server authentication
 */
public record RequestRules(
        RequestSubject subject, KeyLength keyLength, RequestHash hash, boolean clientAuthentication) {

    public RequestRules {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(keyLength, "keyLength");
        Objects.requireNonNull(hash, "hash");
    }

    /** From scratch. */
    public static RequestRules fresh(final RequestSubject subject, final boolean clientAuthentication) {
        return new RequestRules(subject, KeyLength.RSA_2048, RequestHash.SHA256, clientAuthentication);
    }

    /**
     * With the subject, the key length and the signature algorithm of a certificate that is served now, as far as a
     * stamp accepts them still.
     *
     * @param served usually the portal's
     */
    public static RequestRules clonedFrom(final X509Certificate served, final boolean clientAuthentication) {
        return new RequestRules(
                RequestSubject.of(served), KeyLength.of(served), RequestHash.of(served), clientAuthentication);
    }
}
