package io.jenkins.plugins.azurestack.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How soon a simulated stamp is ready, from the start of a Java of its own and within one, and what it takes: as a small
 * stamp of four nodes, and as a large one of 64 nodes and 13 front ends of which every one was spoken to. Medians.
 */
final class SimulatorBenchmark implements Benchmark {
    private static final int ROUNDS = 5;
    private static final int FEW = 4;
    private static final int MANY = 64;

    /** What one Java measured of itself. */
    private record Measured(double ready, double worked, double again, double heap, double resident) {
        static Measured read(final String said) {
            final String[] words = said.strip().split(" ");
            return new Measured(
                    Double.parseDouble(words[0]),
                    Double.parseDouble(words[1]),
                    Double.parseDouble(words[2]),
                    Double.parseDouble(words[3]),
                    Double.parseDouble(words[4]));
        }
    }

    @Override
    public String name() {
        return "simulator";
    }

    @Override
    public List<String> programs() {
        return List.of();
    }

    @Override
    public void run(final Path folder, final Scores scores) throws Exception {
        for (final int nodes : new int[] {FEW, MANY}) {
            final List<Measured> rounds = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                rounds.add(Measured.read(Shell.run(folder, Shell.java(StampFootprint.class, String.valueOf(nodes)))));
            }
            final String name = "simulator." + nodes + "-nodes.";
            scores.figure(name + "start-to-ready.milliseconds", median(rounds, Measured::ready));
            scores.figure(name + "start-to-ready.processor-milliseconds", median(rounds, Measured::worked));
            scores.figure(name + "second-start-to-ready.milliseconds", median(rounds, Measured::again));
            scores.figure(name + "heap-megabytes", median(rounds, Measured::heap));
            scores.figure(name + "peak-resident-megabytes", median(rounds, Measured::resident));
        }
    }

    private static double median(final List<Measured> rounds, final ToDoubleFunction<Measured> which) {
        return rounds.stream().mapToDouble(which).sorted().toArray()[rounds.size() / 2];
    }
}
