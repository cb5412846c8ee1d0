package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.net.TlsProbe;
import io.jenkins.plugins.azurestack.net.TlsProbeException;
import io.jenkins.plugins.azurestack.rotation.ServedCertificates;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Endpoint;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/** What a stamp's endpoints serve, seen in the middle of TLS handshakes, side by side. May be used by several threads. */
public final class ProbedCertificates implements ServedCertificates {
    private static final int THREADS = 8;

    private final Stamp stamp;
    private final TlsProbe probe;
    private final RandomGenerator random;
    private final Duration timeout;

    /**
     * @param random makes the labels that stand in for wildcards
     * @param timeout how long one endpoint may take
     */
    public ProbedCertificates(
            final Stamp stamp, final TlsProbe probe, final RandomGenerator random, final Duration timeout) {
        this.stamp = Objects.requireNonNull(stamp, "stamp");
        this.probe = Objects.requireNonNull(probe, "probe");
        this.random = Objects.requireNonNull(random, "random");
        this.timeout = Objects.requireNonNull(timeout, "timeout");
    }

    @Override
    public Map<String, Served> look(final Collection<CertificateFolder> folders) throws InterruptedException {
        return sideBySide(endpoints(folders), this::look);
    }

    /** A look at one endpoint. */
    private interface Look<T> {
        T at(Endpoint endpoint) throws InterruptedException;
    }

    private <T> Map<String, T> sideBySide(final List<Endpoint> endpoints, final Look<T> look)
            throws InterruptedException {
        final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            final Thread thread = new Thread(task, "looking at endpoints of " + stamp.name());
            thread.setDaemon(true);
            return thread;
        });
        try {
            final Map<String, Future<T>> looks = new LinkedHashMap<>();
            for (final Endpoint endpoint : endpoints) {
                looks.put(endpoint.toString(), threads.submit(() -> look.at(endpoint)));
            }
            final Map<String, T> seen = new LinkedHashMap<>();
            for (final Map.Entry<String, Future<T>> one : looks.entrySet()) {
                seen.put(one.getKey(), one.getValue().get());
            }
            return seen;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Looking at an endpoint throws nothing", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Endpoint> endpoints(final Collection<CertificateFolder> folders) {
        final List<Endpoint> endpoints = new ArrayList<>();
        folders.forEach(folder -> endpoints.addAll(folder.endpoints(stamp)));
        return endpoints;
    }

    private Served look(final Endpoint endpoint) throws InterruptedException {
        try {
            return new Served(
                    endpoint.folder(), Optional.of(fingerprint(chain(endpoint).leaf())), "");
        } catch (TlsProbeException e) {
            return new Served(endpoint.folder(), Optional.empty(), e.getMessage());
        }
    }

    private CertificateChain chain(final Endpoint endpoint) throws TlsProbeException, InterruptedException {
        final String host = endpoint.host("azs" + Long.toHexString(random.nextLong() | Long.MIN_VALUE));
        return CertificateChain.of(probe.look(host, endpoint.port(), timeout).certificates());
    }

    /** What the first endpoint of each folder serves; a folder whose endpoint can't be seen is left out. */
    public Map<CertificateFolder, CertificateChain> chains(final Collection<CertificateFolder> folders)
            throws InterruptedException {
        final Map<CertificateFolder, CertificateChain> chains = new ConcurrentHashMap<>();
        sideBySide(
                folders.stream()
                        .flatMap(folder -> folder.endpoints(stamp).stream().limit(1))
                        .toList(),
                endpoint -> {
                    try {
                        chains.put(endpoint.folder(), chain(endpoint));
                    } catch (TlsProbeException e) {
                        // It is left out.
                    }
                    return endpoint;
                });
        return chains;
    }

    /** SHA-256 of a certificate, in lower-case hex. */
    private static String fingerprint(final X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("Every Java has SHA-256, and a parsed certificate an encoding", e);
        }
    }
}
