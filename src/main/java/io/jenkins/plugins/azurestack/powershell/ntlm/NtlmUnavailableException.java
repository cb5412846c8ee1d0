package io.jenkins.plugins.azurestack.powershell.ntlm;

/** This JVM lacks, or its policy forbids, an algorithm that NTLM is made of: MD4, MD5 or RC4. */
public final class NtlmUnavailableException extends NtlmException {

    private static final long serialVersionUID = 1;

    NtlmUnavailableException(final String algorithm, final Throwable cause) {
        super(
                "NTLM needs " + algorithm + ", which this JVM does not offer (FIPS mode?). Use the endpoint's HTTPS"
                        + " listener with Basic authentication instead",
                cause);
    }
}
