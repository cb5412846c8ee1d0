package io.jenkins.plugins.casc;

import hudson.model.ManagementLink;
import java.util.List;

public class ConfigurationAsCode extends ManagementLink {
    public static ConfigurationAsCode get() {
        throw new UnsupportedOperationException();
    }

    public List<String> getSources() {
        throw new UnsupportedOperationException();
    }

    public static boolean isSupportedURI(String configurationParameter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getIconFileName() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getUrlName() {
        throw new UnsupportedOperationException();
    }
}
