package io.jenkins.plugins.casc.yaml;

import java.nio.file.Path;

public class YamlSource<T> {
    public YamlSource(T source) {}

    public static YamlSource<String> of(String url) {
        throw new UnsupportedOperationException();
    }

    public static YamlSource<Path> of(Path path) {
        throw new UnsupportedOperationException();
    }
}
