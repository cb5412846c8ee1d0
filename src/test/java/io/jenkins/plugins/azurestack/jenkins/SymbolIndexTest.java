package io.jenkins.plugins.azurestack.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.Symbol;
import org.junit.Test;

/** Jenkins reads the index of symbols that its own processor writes; ours is kept by hand, and has to be the same. */
public class SymbolIndexTest {
    private static final Path CLASSES = Path.of("target/classes");

    @Test
    public void theIndexListsTheClassesThatHaveASymbol() throws IOException {
        final List<String> index = new String(
                        Symbol.class
                                .getResourceAsStream("/META-INF/services/annotations/org.jenkinsci.Symbol")
                                .readAllBytes(),
                        StandardCharsets.UTF_8)
                .lines()
                .toList();

        assertThat(index).isNotEmpty().isEqualTo(annotated());
    }

    private static List<String> annotated() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES.resolve("io/jenkins/plugins/azurestack/jenkins"))) {
            return files.map(file -> CLASSES.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("package-info.class"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                    .filter(SymbolIndexTest::hasSymbol)
                    .sorted()
                    .toList();
        }
    }

    private static boolean hasSymbol(final String name) {
        try {
            return Class.forName(name, false, SymbolIndexTest.class.getClassLoader())
                    .isAnnotationPresent(Symbol.class);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
