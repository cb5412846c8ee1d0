package io.jenkins.plugins.azurestack.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The benchmarks of one JMH class, as plain figures named by method and parameters, in the class's own unit.
 *
 * @param measured the annotated class
 */
record JmhBenchmark(String name, Class<?> measured) implements Benchmark {
    @Override
    public List<String> programs() {
        return List.of();
    }

    @Override
    public void run(final Path folder, final Scores scores) throws Exception {
        final var options = new OptionsBuilder()
                .include(measured.getName().replace(".", "\\.") + "\\..*")
                .verbosity(VerboseMode.SILENT)
                .build();
        for (final RunResult result : new Runner(options).run()) {
            final BenchmarkParams asked = result.getParams();
            final String parameters = asked.getParamsKeys().stream()
                    .map(key -> "." + key + "-" + asked.getParam(key))
                    .collect(Collectors.joining());
            final String unit = result.getPrimaryResult().getScoreUnit().toLowerCase(Locale.ROOT);
            scores.figure(
                    name + "." + result.getPrimaryResult().getLabel() + parameters + "." + unit,
                    result.getPrimaryResult().getScore());
        }
    }
}
