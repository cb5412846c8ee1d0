package io.jenkins.plugins.azurestack.certificate;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The rules of the stamp's PKI requirements that a chain alone can break, each a pure function; the order is the one in
 * which they are reported. Source: the page 'Azure Stack Hub public key infrastructure certificate requirements' of
 * 2025-08-12.
 *
 * <p>Client authentication among the key's purposes is not asked for: the page dropped it, and public authorities no
 * longer grant it.
 */
public enum PkiRule {
    /** The certificate must come from an authority. */
    SELF_SIGNED {
        @Override
        public Optional<String> violation(final CertificateChain chain, final Instant now) {
            return when(
                    CertificateChain.isSelfSigned(chain.leaf()),
                    "the certificate is self-signed; no stamp accepts that");
        }
    },

    /** 'Issued to' and 'issued by' must differ; told only where {@link #SELF_SIGNED} does not say it already. */
    ISSUER_IS_SUBJECT {
        @Override
        public Optional<String> violation(final CertificateChain chain, final Instant now) {
            final X509Certificate leaf = chain.leaf();
            return when(
                    leaf.getSubjectX500Principal().equals(leaf.getIssuerX500Principal())
                            && !CertificateChain.isSelfSigned(leaf),
                    "issuer and subject have the same name, '" + chain.subject() + "'");
        }
    },

    /** No SHA-1, and nothing older, in a signature that a client relies on: on any certificate but a root. */
    WEAK_SIGNATURE {
        @Override
        public Optional<String> violation(final CertificateChain chain, final Instant now) {
            final List<String> weak = new ArrayList<>();
            for (final X509Certificate certificate : chain.certificates()) {
                if (hasWeakSignature(certificate) && !isRoot(chain, certificate)) {
                    weak.add("'" + certificate.getSubjectX500Principal().getName() + "' is signed with "
                            + certificate.getSigAlgName());
                }
            }
            return when(!weak.isEmpty(), String.join("; ", weak));
        }
    },

    /** The key must be RSA. */
    KEY_NOT_RSA {
        @Override
        public Optional<String> violation(final CertificateChain chain, final Instant now) {
            final PublicKey key = chain.leaf().getPublicKey();
            return when(
                    !(key instanceof RSAPublicKey), "the key is " + key.getAlgorithm() + ", where a stamp wants RSA");
        }
    },

    /** The key must have 2048 bits or more. */
    KEY_TOO_SHORT {
        @Override
        public Optional<String> violation(final CertificateChain chain, final Instant now) {
            if (!(chain.leaf().getPublicKey() instanceof RSAPublicKey key)) {
                return Optional.empty();
            }
            final int bits = key.getModulus().bitLength();
            return when(bits < LEAST_RSA_BITS, "the key has " + bits + " bits, fewer than " + LEAST_RSA_BITS);
        }
    },

    /** The key usage must name digital signature and key encipherment. */
    KEY_USAGE {
        @Override
        public Optional<String> violation(final CertificateChain chain, final Instant now) {
            final boolean[] usage = chain.leaf().getKeyUsage();
            if (usage == null) {
                return Optional.of("the certificate names no key usage");
            }
            final List<String> missing = new ArrayList<>();
            if (!usage[DIGITAL_SIGNATURE]) {
                missing.add("digital signature");
            }
            if (!usage[KEY_ENCIPHERMENT]) {
                missing.add("key encipherment");
            }
            return when(!missing.isEmpty(), "the key usage lacks " + String.join(" and ", missing));
        }
    },

    /** The enhanced key usage must name server authentication. */
    SERVER_AUTHENTICATION {
        @Override
        public Optional<String> violation(final CertificateChain chain, final Instant now) {
            try {
                final List<String> purposes = chain.leaf().getExtendedKeyUsage();
                return when(
                        purposes == null || !purposes.contains(SERVER_AUTHENTICATION_PURPOSE),
                        "the enhanced key usage lacks server authentication (" + SERVER_AUTHENTICATION_PURPOSE + ")");
            } catch (CertificateParsingException e) {
                return Optional.of("the enhanced key usage can't be read");
            }
        }
    },

    /** The validity of every certificate must have begun. */
    NOT_YET_VALID {
        @Override
        public Optional<String> violation(final CertificateChain chain, final Instant now) {
            return chain.certificates().stream()
                    .filter(certificate ->
                            certificate.getNotBefore().toInstant().isAfter(now))
                    .findFirst()
                    .map(certificate ->
                            "'" + certificate.getSubjectX500Principal().getName()
                                    + "' is not valid before "
                                    + certificate.getNotBefore().toInstant());
        }
    };

    private static final int LEAST_RSA_BITS = 2048;
    /** Bits of the key usage, RFC 5280 section 4.2.1.3. */
    private static final int DIGITAL_SIGNATURE = 0;

    private static final int KEY_ENCIPHERMENT = 2;
    private static final String PSS = "RSASSA-PSS";
    private static final String SHA_1 = "SHA-1";
    private static final String SERVER_AUTHENTICATION_PURPOSE = "1.3.6.1.5.5.7.3.1";

    /**
     * Whether and how a chain breaks this rule.
     *
     * @param now only {@link #NOT_YET_VALID} looks at it
     * @return what is wrong, as part of a sentence; empty if nothing is
     */
    public abstract Optional<String> violation(CertificateChain chain, Instant now);

    private static Optional<String> when(final boolean violated, final String message) {
        return violated ? Optional.of(message) : Optional.empty();
    }

    private static boolean hasWeakSignature(final X509Certificate certificate) {
        final String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        return algorithm.equals(PSS)
                ? pssDigest(certificate).equals(SHA_1)
                : algorithm.startsWith("SHA1") || algorithm.startsWith("MD");
    }

    /** RFC 4055 section 3.1: without parameters it is SHA-1. */
    private static String pssDigest(final X509Certificate certificate) {
        if (certificate.getSigAlgParams() == null) {
            return SHA_1;
        }
        try {
            final AlgorithmParameters parameters = AlgorithmParameters.getInstance(PSS);
            parameters.init(certificate.getSigAlgParams());
            return parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
        } catch (GeneralSecurityException | IOException e) {
            return SHA_1;
        }
    }

    /** A root is trusted for itself: its own signature protects nothing. A self-signed leaf is no root. */
    private static boolean isRoot(final CertificateChain chain, final X509Certificate certificate) {
        return !certificate.equals(chain.leaf()) && CertificateChain.isSelfSigned(certificate);
    }
}
