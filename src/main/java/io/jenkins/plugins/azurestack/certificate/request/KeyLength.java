package io.jenkins.plugins.azurestack.certificate.request;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;

/** The lengths of RSA keys that are made here. */
public enum KeyLength {
    RSA_2048(2048),
    RSA_4096(4096);

    private final int bits;

    KeyLength(final int bits) {
        this.bits = bits;
    }

    /** In bits. */
    public int bits() {
        return bits;
    }

    /** The one that is not shorter than a certificate's key, as far as there is one. */
    static KeyLength of(final X509Certificate certificate) {
        final boolean longer = certificate.getPublicKey() instanceof RSAPublicKey key
                && key.getModulus().bitLength() > RSA_2048.bits;
        return longer ? RSA_4096 : RSA_2048;
    }
}
