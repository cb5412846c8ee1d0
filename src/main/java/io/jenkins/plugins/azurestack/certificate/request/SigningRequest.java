package io.jenkins.plugins.azurestack.certificate.request;

import io.jenkins.plugins.azurestack.certificate.Pem;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.security.PrivateKey;
import java.util.List;

/**
 * A request for one certificate, with the key that was made for it. Immutable, but for the key, which is the caller's to
 * seal and to forget; tells nothing of the key.
 */
public final class SigningRequest {
    private final List<CertificateFolder> folders;
    private final List<String> dnsNames;
    private final String fileName;
    private final byte[] request;
    private final PrivateKey key;

    SigningRequest(
            final List<CertificateFolder> folders,
            final List<String> dnsNames,
            final String fileName,
            final byte[] request,
            final PrivateKey key) {
        this.folders = List.copyOf(folders);
        this.dnsNames = List.copyOf(dnsNames);
        this.fileName = fileName;
        this.request = request.clone();
        this.key = key;
    }

    /** The folders that the certificate will be for; more than one only in a single request for all. */
    public List<CertificateFolder> folders() {
        return folders;
    }

    /** The names that it asks for, in the order of the request. */
    public List<String> dnsNames() {
        return dnsNames;
    }

    /** What the readiness checker would call the file: it ends in {@code .req}. */
    public String fileName() {
        return fileName;
    }

    /** PKCS #10 in DER. */
    public byte[] der() {
        return request.clone();
    }

    /** PKCS #10 as text, for the file. */
    public byte[] pem() {
        return Pem.of("CERTIFICATE REQUEST", request);
    }

    /** The private key of the request. */
    public PrivateKey key() {
        return key;
    }

    @Override
    public String toString() {
        return fileName;
    }
}
