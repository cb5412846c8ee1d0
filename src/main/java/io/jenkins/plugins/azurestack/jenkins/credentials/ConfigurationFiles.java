package io.jenkins.plugins.azurestack.jenkins.credentials;

import io.jenkins.plugins.azurestack.stamp.Text;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.yaml.YamlSource;
import io.jenkins.plugins.casc.yaml.YamlUtils;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of Configuration as Code, as far as they decide what becomes of credentials: one with {@code credentials:
 * system:} replaces the whole of Jenkins's own store at every start and reload, so what a run wrote there is lost.
 */
final class ConfigurationFiles {
    private ConfigurationFiles() {}

    /**
     * What is wrong with writing to Jenkins's own store, as the end of a sentence; empty if nothing is, or if there is no
     * Configuration as Code.
     */
    static Optional<String> replacingTheSystemStore() {
        try {
            return ConfigurationAsCode.get().getSources().stream()
                    .flatMap(source -> complaint(source).stream())
                    .findFirst();
        } catch (NoClassDefFoundError e) {
            // The plugin is not there.
            return Optional.empty();
        }
    }

    private static Optional<String> complaint(final String source) {
        final String name = "Configuration as Code's '" + Text.printable(source) + "'";
        try {
            for (final YamlSource<?> file : files(source)) {
                if (replaces(file)) {
                    return Optional.of(name + " replaces at every start and reload");
                }
            }
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.of(name + " may replace at every start and reload: it can't be read now ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    private static List<? extends YamlSource<?>> files(final String source) throws IOException {
        if (ConfigurationAsCode.isSupportedURI(source)) {
            return List.of(YamlSource.of(source));
        }
        try (Stream<Path> below = Files.walk(Path.of(source), FileVisitOption.FOLLOW_LINKS)) {
            return below.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches("(?i).*[.]ya?ml")
                            || file.toString().equals(source))
                    .map(YamlSource::of)
                    .toList();
        }
    }

    @SuppressWarnings("rawtypes")
    private static boolean replaces(final YamlSource file) {
        final ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        final CNode credentials = YamlUtils.loadFrom(List.of(file), context).get("credentials");
        return credentials != null && credentials.asMapping().containsKey("system");
    }
}
