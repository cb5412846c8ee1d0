package io.jenkins.plugins.azurestack.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What was measured: ratios, some of which have a floor, and plain figures. */
final class Scores {
    private final Map<String, Object> ratios = new LinkedHashMap<>();
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final Map<String, Object> skipped = new LinkedHashMap<>();

    /** How many times better than the other way, and how many times at least it should be. */
    void ratio(final String name, final double value, final double floor) {
        final Map<String, Object> ratio = new LinkedHashMap<>();
        ratio.put("value", rounded(value));
        ratio.put("floor", floor);
        ratio.put("met", value >= floor);
        ratios.put(name, ratio);
        print("ratio", name, value, value >= floor ? "(floor " + floor + ")" : "BELOW its floor of " + floor);
    }

    /** A ratio that is only reported. */
    void ratio(final String name, final double value) {
        ratios.put(name, Map.of("value", rounded(value)));
        print("ratio", name, value, "");
    }

    /** A plain measurement, its unit in the name. */
    void figure(final String name, final double value) {
        figures.put(name, rounded(value));
        print("figure", name, value, "");
    }

    void skipped(final String name, final String reason) {
        skipped.put(name, reason);
        System.out.println("skipped " + name + ": " + reason);
    }

    boolean isEmpty() {
        return ratios.isEmpty() && figures.isEmpty() && skipped.isEmpty();
    }

    private static void print(final String kind, final String name, final double value, final String remark) {
        System.out.println(String.format(Locale.ROOT, "%s %s %.2f %s", kind, name, value, remark)
                .strip());
    }

    private static double rounded(final double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    void write(final Path file) throws IOException {
        final Map<String, Object> all = new LinkedHashMap<>();
        all.put("schema", 1);
        all.put("processors", Runtime.getRuntime().availableProcessors());
        all.put("java", Runtime.version().toString());
        all.put("ratios", ratios);
        all.put("figures", figures);
        all.put("skipped", skipped);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(
                file, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
    }
}
