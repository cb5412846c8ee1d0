package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.expiry.ExpirySource;
import io.jenkins.plugins.azurestack.expiry.Inquiry;
import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.expiry.Sighting;
import io.jenkins.plugins.azurestack.expiry.Target;
import io.jenkins.plugins.azurestack.net.TlsProbe;
import io.jenkins.plugins.azurestack.net.TlsProbeException;
import io.jenkins.plugins.azurestack.stamp.Endpoint;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Looks at the certificate that every endpoint of the stamp serves. */
public final class EndpointSource implements ExpirySource {
    /** The source's name. */
    public static final String NAME = "endpoints";

    private final Stamp stamp;
    private final TlsProbe probe;
    private final RandomGenerator random;
    private final Duration timeout;

    /**
     * @param random makes the labels that stand in for wildcards
     * @param timeout how long one endpoint may take, from resolving its name to its certificates
     */
    public EndpointSource(
            final Stamp stamp, final TlsProbe probe, final RandomGenerator random, final Duration timeout) {
        this.stamp = stamp;
        this.probe = probe;
        this.random = random;
        this.timeout = timeout;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Inquiry> inquiries() {
        return stamp.endpoints().stream().map(this::inquiry).toList();
    }

    private Inquiry inquiry(final Endpoint endpoint) {
        final Target target = new Target(NAME, endpoint.toString(), Optional.of(endpoint.folder()));
        final String host = endpoint.host(label());
        return new Inquiry() {
            @Override
            public Target target() {
                return target;
            }

            @Override
            public List<Sighting> look() throws NotSeenException, InterruptedException {
                try {
                    final CertificateChain chain = CertificateChain.of(
                            probe.look(host, endpoint.port(), timeout).certificates());
                    return List.of(new Sighting.Certificate(target, host, chain));
                } catch (TlsProbeException e) {
                    throw new NotSeenException(e.getMessage(), e.advice());
                }
            }
        };
    }

    /** A label no host has: any label under a wildcard answers with the folder's certificate. */
    private String label() {
        return "azs" + Long.toHexString(random.nextLong() | Long.MIN_VALUE);
    }
}
