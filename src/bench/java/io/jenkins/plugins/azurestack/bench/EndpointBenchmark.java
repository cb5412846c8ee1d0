package io.jenkins.plugins.azurestack.bench;

import io.jenkins.plugins.azurestack.net.DirectNetwork;
import io.jenkins.plugins.azurestack.net.TlsProbe;
import io.jenkins.plugins.azurestack.peer.DebianProgram;
import io.jenkins.plugins.azurestack.peer.Nginx;
import io.jenkins.plugins.azurestack.peer.PemFiles;
import io.jenkins.plugins.azurestack.simulator.pki.CertificateAuthority;
import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * The certificates of 2,000 endpoints of an nginx, each asked for by its own name; a tenth of them answer 200 ms late.
 * Against a loop of {@code openssl s_client} on a sample with as many slow ones, and against {@code xargs -P 64} on all
 * of them. The other side does not even read the dates out of what it gets.
 */
final class EndpointBenchmark implements Benchmark {
    private static final int ENDPOINTS = 2_000;
    private static final int SLOW_EVERY = 10;
    private static final int DELAY_MILLIS = 200;
    /**
     * In truth the servers are other machines: here they go first, or 64 clients on few processors would mostly starve
     * them. It takes a privileged user; for others it stays a wish.
     */
    private static final int SERVER_NICENESS = -15;

    private static final int GROUPS = 20;
    private static final int PARALLEL = 64;
    private static final int ROUNDS = 5;
    private static final int LOOP_SAMPLE = 100;
    private static final int SEQUENTIAL_SAMPLE = 400;
    private static final double LOOP_FLOOR = 20;
    private static final double XARGS_FLOOR = 1;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private record Endpoint(String name, int port) {
        String line() {
            return port + " " + name;
        }
    }

    @Override
    public String name() {
        return "endpoints";
    }

    @Override
    public List<String> programs() {
        return List.of("openssl", "nginx", "bash", "xargs", "nice");
    }

    @Override
    public void run(final Path folder, final Scores scores) throws Exception {
        final DebianProgram nginx = DebianProgram.required("nginx", "nginx-light");
        try (Nginx server =
                Nginx.start(nginx, folder, certificates(folder), "worker_priority " + SERVER_NICENESS + ";")) {
            final List<String> command = new ArrayList<>(List.of("nice", "-n", String.valueOf(SERVER_NICENESS)));
            command.addAll(Shell.java(SlowRelay.class, String.valueOf(server.port()), String.valueOf(DELAY_MILLIS)));
            final Process relay = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader said =
                    new BufferedReader(new InputStreamReader(relay.getInputStream(), StandardCharsets.UTF_8))) {
                measure(folder, endpoints(server.port(), Integer.parseInt(said.readLine())), scores);
            } finally {
                relay.destroy();
                relay.waitFor();
            }
        }
    }

    private static Map<String, PemFiles> certificates(final Path folder) throws IOException {
        final Instant now = Instant.now();
        final CertificateAuthority authority =
                new CertificateAuthority("Contoso", "contoso.com", now, new SecureRandom());
        final Map<String, PemFiles> files = new LinkedHashMap<>();
        for (int group = 0; group < GROUPS; group++) {
            final String name = "*.group" + group + ".east.contoso.com";
            files.put(
                    name,
                    PemFiles.write(
                            folder,
                            "group" + group,
                            authority.issue(Specimen.of(List.of(name), now, now.plus(Duration.ofDays(90))))));
        }
        return files;
    }

    private static List<Endpoint> endpoints(final int fast, final int slow) {
        final List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < ENDPOINTS; i++) {
            endpoints.add(new Endpoint(
                    "host" + i + ".group" + i % GROUPS + ".east.contoso.com", i % SLOW_EVERY == 0 ? slow : fast));
        }
        return endpoints;
    }

    private static void measure(final Path folder, final List<Endpoint> endpoints, final Scores scores)
            throws Exception {
        final TlsProbe probe = new TlsProbe(
                (host, port, timeout) -> new DirectNetwork().connect("127.0.0.1", port, timeout), new SecureRandom());
        final double cold = probeAll(probe, endpoints);
        double ours = 0;
        double loop = 0;
        double xargs = 0;
        // In turns, so that whatever else the machine does meets all three.
        for (int round = 0; round < ROUNDS; round++) {
            ours += probeAll(probe, endpoints);
            final int share = LOOP_SAMPLE / ROUNDS;
            loop += Shell.time(folder, clientLoop(endpoints.subList(round * share, (round + 1) * share)));
            final int part = ENDPOINTS / ROUNDS;
            Files.write(
                    folder.resolve("endpoints"),
                    endpoints.subList(round * part, (round + 1) * part).stream()
                            .map(Endpoint::line)
                            .toList());
            xargs += Shell.time(folder, clientXargs());
        }
        final double perSecond = (double) ROUNDS * ENDPOINTS / ours;
        scores.figure("endpoints.per-second", perSecond);
        scores.figure("endpoints.per-second-cold", ENDPOINTS / cold);
        scores.figure("endpoints.loop-per-second", LOOP_SAMPLE / loop);
        scores.figure("endpoints.xargs-per-second", ENDPOINTS / xargs);
        scores.ratio("endpoints.s_client-loop", perSecond / (LOOP_SAMPLE / loop), LOOP_FLOOR);
        scores.ratio("endpoints.s_client-loop-cold", ENDPOINTS / cold / (LOOP_SAMPLE / loop));
        scores.ratio("endpoints.s_client-xargs", perSecond / (ENDPOINTS / xargs), XARGS_FLOOR);
        scores.ratio("endpoints.s_client-xargs-cold", ENDPOINTS / cold / (ENDPOINTS / xargs));
        scores.ratio("endpoints.wall-over-ideal", ours / ROUNDS / ideal(probe, endpoints));
    }

    /**
     * The shortest time in which both could be done: all the waiting, 64 at a time; all the work of probe and server,
     * as one after the other takes it, spread evenly over the processors.
     */
    private static double ideal(final TlsProbe probe, final List<Endpoint> endpoints) throws Exception {
        final double waiting = ENDPOINTS / SLOW_EVERY * DELAY_MILLIS / 1000.0 / PARALLEL;
        final long start = System.nanoTime();
        final List<Endpoint> fast = endpoints.stream()
                .filter(endpoint -> endpoint.port() != endpoints.get(0).port())
                .limit(SEQUENTIAL_SAMPLE)
                .toList();
        for (final Endpoint endpoint : fast) {
            probe.look(endpoint.name(), endpoint.port(), LIMIT);
        }
        final double each = (System.nanoTime() - start) / 1e9 / fast.size();
        return Math.max(waiting, ENDPOINTS * each / Runtime.getRuntime().availableProcessors());
    }

    private static double probeAll(final TlsProbe probe, final List<Endpoint> endpoints) throws Exception {
        final ExecutorService threads = Executors.newFixedThreadPool(PARALLEL);
        try {
            final long start = System.nanoTime();
            final List<Future<TlsProbe.Presented>> looks = new ArrayList<>();
            for (final Endpoint endpoint : endpoints) {
                looks.add(threads.submit(() -> probe.look(endpoint.name(), endpoint.port(), LIMIT)));
            }
            for (final Future<TlsProbe.Presented> look : looks) {
                if (look.get().certificates().size() != 2) {
                    throw new IOException("A chain of two was expected");
                }
            }
            return (System.nanoTime() - start) / 1e9;
        } finally {
            threads.shutdown();
        }
    }

    private static String clientLoop(final List<Endpoint> endpoints) {
        return endpoints.stream()
                .map(endpoint -> String.format(
                        Locale.ROOT,
                        "openssl s_client -connect 127.0.0.1:%d -servername %s </dev/null >/dev/null 2>&1",
                        endpoint.port(),
                        endpoint.name()))
                .collect(Collectors.joining("\n"));
    }

    private static String clientXargs() {
        return "xargs -P " + PARALLEL + " -L 1 sh -c 'exec openssl s_client -connect 127.0.0.1:$0 -servername $1"
                + " </dev/null >/dev/null 2>&1' <endpoints";
    }
}
