package io.jenkins.plugins.azurestack.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredCertificate;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.junit.Test;
import org.yaml.snakeyaml.Yaml;

/** The configuration in the documentation names fields that exist, and leaves none out. */
public class SampleConfigurationTest {
    @Test
    public void theDocumentationShowsEveryFieldOfAStamp() throws IOException {
        final String page = Files.readString(Path.of("docs/configuration.md"));
        final int start = page.indexOf("```yaml\n") + "```yaml\n".length();
        assertComplete(page.substring(start, page.indexOf("```", start)));
    }

    @SuppressWarnings("unchecked")
    private static void assertComplete(final String yaml) {
        final String symbol =
                AzureStackHubConfiguration.class.getAnnotation(Symbol.class).value()[0];
        final Map<String, Map<String, Map<String, Object>>> root = new Yaml().load(yaml);
        final List<Map<String, Object>> stamps =
                (List<Map<String, Object>>) root.get("unclassified").get(symbol).get("stamps");
        assertThat(stamps.get(0).keySet())
                .containsExactlyInAnyOrderElementsOf(Extensions.fields(ConfiguredStamp.class));
        final List<Map<String, Object>> certificates =
                (List<Map<String, Object>>) stamps.get(0).get("certificates");
        for (final Map<String, Object> certificate : certificates) {
            assertThat(Extensions.fields(ConfiguredCertificate.class)).containsAll(certificate.keySet());
        }
    }
}
