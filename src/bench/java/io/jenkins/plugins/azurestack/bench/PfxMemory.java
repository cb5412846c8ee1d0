package io.jenkins.plugins.azurestack.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/** Reads PFX files in a Java of its own and prints used heap after collection and peak resident size, in megabytes. */
final class PfxMemory {
    private static final double MEGABYTE = 1024.0 * 1024;
    private static final double KILOBYTES = 1024.0;

    private PfxMemory() {}

    /** @param arguments the folder, and how many files */
    public static void main(final String[] arguments) throws Exception {
        PfxBenchmark.read(Path.of(arguments[0]), 0, Integer.parseInt(arguments[1]));
        System.gc();
        final Runtime runtime = Runtime.getRuntime();
        final double heap = (runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE;
        final double resident = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
        System.out.println(heap + " " + resident / KILOBYTES);
    }
}
