package io.jenkins.plugins.azurestack.rehearsal;

import io.jenkins.plugins.azurestack.certificate.Pem;
import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The authority of a rehearsal: issues what was asked for last under each name, as if somebody had carried it there. Used
 * by one thread at a time.
 */
public final class RehearsedAuthority {
    private static final Duration LASTS = Duration.ofDays(729);
    private static final String REQUEST = "_CertRequest_";

    private final SimulatedStamp stamp;
    private final Map<String, byte[]> requests = new LinkedHashMap<>();

    /** @param stamp whose authority answers */
    public RehearsedAuthority(final SimulatedStamp stamp) {
        this.stamp = stamp;
    }

    /**
     * Takes a file that was saved, if it is a request.
     *
     * @param fileName begins with what it is for, as {@code azsCertificateRequests} calls its files
     * @param content PEM text
     */
    public void take(final String fileName, final byte[] content) {
        final int end = fileName.indexOf(REQUEST);
        if (end > 0) {
            final String text = new String(content, StandardCharsets.US_ASCII);
            requests.put(
                    fileName.substring(0, end), Base64.getMimeDecoder().decode(text.replaceAll("-----.*-----", "")));
        }
    }

    /**
     * Every answer, as PEM text.
     *
     * @throws IOException if a request can't be read
     */
    public byte[] answers() throws IOException {
        final Instant now = stamp.world().time().now();
        final ByteArrayOutputStream answers = new ByteArrayOutputStream();
        for (final byte[] request : requests.values()) {
            for (final X509Certificate certificate :
                    stamp.authority().answer(request, now.minus(Duration.ofDays(1)), now.plus(LASTS))) {
                try {
                    answers.write(Pem.of("CERTIFICATE", certificate.getEncoded()));
                } catch (CertificateEncodingException e) {
                    throw new IllegalStateException("A certificate that was issued has an encoding", e);
                }
            }
        }
        return answers.toByteArray();
    }
}
