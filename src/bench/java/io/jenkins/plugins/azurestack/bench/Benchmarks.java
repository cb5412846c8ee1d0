package io.jenkins.plugins.azurestack.bench;

import io.jenkins.plugins.azurestack.powershell.ClixmlBenchmark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs every benchmark, or with {@code -Dbench=name} one; prints {@code ratio <name> <value>} lines and writes
 * {@code target/bench.json}.
 */
public final class Benchmarks {
    private static final List<Benchmark> ALL = List.of(
            new PfxBenchmark(),
            new ReadinessBenchmark(),
            new EndpointBenchmark(),
            new RoundTripBenchmark(),
            new JournalBenchmark(),
            new SimulatorBenchmark(),
            new BmcBenchmark(),
            new JmhBenchmark("clixml", ClixmlBenchmark.class));

    private Benchmarks() {}

    /** @param arguments the file to write */
    public static void main(final String[] arguments) throws Exception {
        final String wanted = System.getProperty("bench", "");
        final Scores scores = new Scores();
        for (final Benchmark benchmark : ALL) {
            if (wanted.isEmpty() || wanted.equals(benchmark.name())) {
                run(benchmark, scores);
            }
        }
        if (scores.isEmpty()) {
            throw new IllegalArgumentException("No benchmark '" + wanted + "'; there are "
                    + ALL.stream().map(Benchmark::name).toList());
        }
        scores.write(Path.of(arguments[0]));
    }

    private static void run(final Benchmark benchmark, final Scores scores) throws Exception {
        final Optional<String> missing = benchmark.programs().stream()
                .filter(program -> !Shell.has(program))
                .findFirst();
        if (missing.isPresent()) {
            scores.skipped(benchmark.name(), "needs '" + missing.get() + "'");
            return;
        }
        final Path folder = Files.createTempDirectory("bench-" + benchmark.name());
        try {
            benchmark.run(folder, scores);
        } finally {
            delete(folder);
        }
    }

    private static void delete(final Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
