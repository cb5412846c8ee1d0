package io.jenkins.plugins.casc.yaml;

import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.model.Mapping;
import java.util.List;

public final class YamlUtils {
    @SuppressWarnings("rawtypes")
    public static Mapping loadFrom(List<YamlSource> sources, ConfigurationContext context)
            throws ConfiguratorException {
        throw new UnsupportedOperationException();
    }
}
