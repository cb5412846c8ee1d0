package io.jenkins.plugins.azurestack.arm;

/** TLS did not come about, mostly because the certificate is not trusted, has expired or is another host's. */
public final class UntrustedEndpointException extends ResourceManagerException {
    private static final long serialVersionUID = 1L;

    UntrustedEndpointException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
