package io.jenkins.plugins.azurestack.powershell.ntlm;

import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;

/**
 * Ties a logon to the TLS channel it runs in, so that it can't be relayed to another server ({@code
 * tls-server-end-point}, RFC 5929 section 4).
 */
public final class ChannelBinding {

    private static final String PREFIX = "tls-server-end-point:";

    private ChannelBinding() {}

    /**
     * @param certificate the server's own, as it came in the handshake
     * @return what {@code MsvAvChannelBindings} carries: MD5 over a {@code gss_channel_bindings_struct}, 16 bytes
     */
    public static byte[] of(final X509Certificate certificate) throws NtlmException {
        final byte[] data = applicationData(certificate);
        return NtlmAlgorithms.md5(new byte[16], Bytes.u32(data.length), data);
    }

    /** @return prefix and hash of the certificate, which is what other GSS implementations want to be told */
    public static byte[] applicationData(final X509Certificate certificate) throws NtlmException {
        try {
            final byte[] hash =
                    MessageDigest.getInstance(hashAlgorithm(certificate)).digest(certificate.getEncoded());
            return Bytes.join(PREFIX.getBytes(StandardCharsets.US_ASCII), hash);
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new NtlmException("The server's certificate cannot be bound to the logon", e);
        }
    }

    /** RFC 5929 section 4.1: the signature's hash, but SHA-256 in place of MD5 and SHA-1. */
    private static String hashAlgorithm(final X509Certificate certificate) {
        final String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        final String hash = signature.contains("PSS") ? pssHash(certificate) : signature;
        if (hash.contains("512")) {
            return "SHA-512";
        }
        return hash.contains("384") ? "SHA-384" : "SHA-256";
    }

    private static String pssHash(final X509Certificate certificate) {
        try {
            final AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(certificate.getSigAlgParams());
            return parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
        } catch (NoSuchAlgorithmException | InvalidParameterSpecException | java.io.IOException e) {
            return "SHA-256";
        }
    }
}
