package io.jenkins.plugins.azurestack.bench;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.certificate.PfxFile;
import io.jenkins.plugins.azurestack.certificate.UnreadablePfxException;
import io.jenkins.plugins.azurestack.simulator.pki.CertificateAuthority;
import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * The end dates of 10,000 different PFX files, against loops of openssl and keytool on samples of the same files. They
 * are protected as openssl does by default: PBES2 with AES-256, 2,048 iterations, a SHA-256 MAC.
 */
final class PfxBenchmark implements Benchmark {
    static final String PASSWORD = "Seaside7";

    private static final int FILES = 10_000;
    private static final int FEW_FILES = 1_000;
    private static final int WARM_UP = 500;
    private static final int ROUNDS = 5;
    private static final int OPENSSL_SAMPLE = 100;
    private static final int KEYTOOL_SAMPLE = 20;
    private static final double OPENSSL_FLOOR = 25;
    private static final double KEYTOOL_FLOOR = 250;
    private static final String ITERATIONS = "2048";

    @Override
    public String name() {
        return "pfx";
    }

    @Override
    public List<String> programs() {
        return List.of("openssl", "bash");
    }

    @Override
    public void run(final Path folder, final Scores scores) throws Exception {
        make(folder);
        read(folder, 0, WARM_UP);
        double ours = 0;
        double openssl = 0;
        double keytool = 0;
        // In turns, so that whatever else the machine does meets all three.
        for (int round = 0; round < ROUNDS; round++) {
            final int share = FILES / ROUNDS;
            ours += read(folder, round * share, (round + 1) * share);
            openssl += Shell.time(folder, opensslLoop(round, OPENSSL_SAMPLE / ROUNDS));
            keytool += Shell.time(folder, keytoolLoop(round, KEYTOOL_SAMPLE / ROUNDS));
        }
        final double perSecond = FILES / ours;
        scores.figure("pfx.files-per-second", perSecond);
        scores.figure("pfx.openssl-files-per-second", OPENSSL_SAMPLE / openssl);
        scores.figure("pfx.keytool-files-per-second", KEYTOOL_SAMPLE / keytool);
        scores.ratio("pfx.openssl-loop", perSecond / (OPENSSL_SAMPLE / openssl), OPENSSL_FLOOR);
        scores.ratio("pfx.keytool-loop", perSecond / (KEYTOOL_SAMPLE / keytool), KEYTOOL_FLOOR);
        scores.ratio("pfx.two-threads", ours / readWithTwoThreads(folder));
        memory(folder, scores);
    }

    private static void make(final Path folder) {
        for (final String what : List.of("certPbe", "keyPbe", "mac")) {
            System.setProperty("keystore.pkcs12." + what + "IterationCount", ITERATIONS);
        }
        final Instant now = Instant.now();
        final CertificateAuthority authority =
                new CertificateAuthority("Contoso", "contoso.com", now, new SecureRandom());
        IntStream.range(0, FILES).parallel().forEach(i -> {
            final Specimen specimen =
                    Specimen.of(List.of("host" + i + ".east.contoso.com"), now, now.plus(Duration.ofDays(1 + i % 700)));
            try {
                Files.write(file(folder, i), authority.issue(specimen).pfx(PASSWORD.toCharArray()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Path file(final Path folder, final int number) {
        return folder.resolve(number + ".pfx");
    }

    /** Reads from one number up to another; gives seconds. */
    static double read(final Path folder, final int from, final int to) throws IOException, UnreadablePfxException {
        final char[] password = PASSWORD.toCharArray();
        final long start = System.nanoTime();
        Instant first = Instant.MAX;
        for (int i = from; i < to; i++) {
            final List<CertificateChain> chains =
                    PfxFile.open(Files.readAllBytes(file(folder, i)), password).chains();
            final Instant end = chains.get(0).notAfter();
            first = end.isBefore(first) ? end : first;
        }
        if (first.equals(Instant.MAX)) {
            throw new IOException("No certificate was seen");
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static double readWithTwoThreads(final Path folder) throws InterruptedException, ExecutionException {
        final ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            final long start = System.nanoTime();
            final List<Future<Double>> halves = new ArrayList<>();
            halves.add(threads.submit(() -> read(folder, 0, FILES / 2)));
            halves.add(threads.submit(() -> read(folder, FILES / 2, FILES)));
            for (final Future<Double> half : halves) {
                half.get();
            }
            return (System.nanoTime() - start) / 1e9;
        } finally {
            threads.shutdown();
        }
    }

    private static String opensslLoop(final int round, final int files) {
        return "for i in $(seq " + round * files + " " + ((round + 1) * files - 1) + "); do"
                + " openssl pkcs12 -in $i.pfx -passin pass:" + PASSWORD + " -nokeys -clcerts"
                + " | openssl x509 -noout -enddate; done";
    }

    private static String keytoolLoop(final int round, final int files) {
        return "for i in $(seq " + round * files + " " + ((round + 1) * files - 1) + "); do '"
                + Path.of(System.getProperty("java.home"), "bin", "keytool") + "' -list -v -keystore $i.pfx -storepass "
                + PASSWORD + " | grep until; done";
    }

    /** Two Javas of their own, alike but for the number of files: what the number costs. */
    private static void memory(final Path folder, final Scores scores) throws IOException, InterruptedException {
        final double[] few = memory(folder, FEW_FILES);
        final double[] many = memory(folder, FILES);
        scores.figure("pfx.heap-megabytes-after-1000", few[0]);
        scores.figure("pfx.heap-megabytes-after-10000", many[0]);
        scores.figure("pfx.peak-resident-megabytes-1000", few[1]);
        scores.figure("pfx.peak-resident-megabytes-10000", many[1]);
        scores.ratio("pfx.heap-1000-to-10000", few[0] / many[0]);
        scores.ratio("pfx.resident-1000-to-10000", few[1] / many[1]);
    }

    private static double[] memory(final Path folder, final int files) throws IOException, InterruptedException {
        final String[] said = Shell.run(folder, Shell.java(PfxMemory.class, folder.toString(), String.valueOf(files)))
                .strip()
                .split(" ");
        return new double[] {Double.parseDouble(said[0]), Double.parseDouble(said[1])};
    }
}
