package io.jenkins.plugins.azurestack.wiring;

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
        final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            final Thread thread = new Thread(task, "looking at endpoints of " + stamp.name());
            thread.setDaemon(true);
            return thread;
        });
        try {
            final Map<String, Future<Served>> looks = new LinkedHashMap<>();
            for (final Endpoint endpoint : endpoints(folders)) {
                looks.put(endpoint.toString(), threads.submit(() -> look(endpoint)));
            }
            final Map<String, Served> served = new LinkedHashMap<>();
            for (final Map.Entry<String, Future<Served>> one : looks.entrySet()) {
                served.put(one.getKey(), one.getValue().get());
            }
            return served;
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
        final String host = endpoint.host("azs" + Long.toHexString(random.nextLong() | Long.MIN_VALUE));
        try {
            final X509Certificate leaf =
                    probe.look(host, endpoint.port(), timeout).certificates().get(0);
            return new Served(endpoint.folder(), Optional.of(fingerprint(leaf)), "");
        } catch (TlsProbeException e) {
            return new Served(endpoint.folder(), Optional.empty(), e.getMessage());
        }
    }

    /** SHA-256 of a certificate, in lower-case hex. */
    static String fingerprint(final X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("Every Java has SHA-256, and a parsed certificate an encoding", e);
        }
    }
}
