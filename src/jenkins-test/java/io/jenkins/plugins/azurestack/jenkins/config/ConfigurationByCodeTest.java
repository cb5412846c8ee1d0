package io.jenkins.plugins.azurestack.jenkins.config;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;
import org.yaml.snakeyaml.Yaml;

/** The scenario in a file of Configuration as Code. */
public class ConfigurationByCodeTest extends ConfigurationScenario {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Override
    void tell(final Map<String, Object> fields) throws Exception {
        final Path file = folder.newFile("jenkins.yaml").toPath();
        Files.writeString(
                file,
                new Yaml().dump(Map.of("unclassified", Map.of("azureStackHub", Map.of("stamps", List.of(fields))))));

        ConfigurationAsCode.get().configure(file.toString());
    }
}
