package io.jenkins.plugins.azurestack.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Test;

public class MutantTest {
    private static final List<String> LIST = List.of(
            "# For people.",
            "mutant the guard is gone",
            "in rotation/RotationRun.java",
            "- if (isGuarded()) {",
            "-     return;",
            "+ if (false) {",
            "+     return;",
            "- last();",
            "by rotation.SecretRotationTest rotation.GatesTest");

    @Test
    public void aListIsReadAndAppliedWhateverTheIndent() throws Exception {
        final Mutant mutant = Mutant.parse(LIST).get(0);
        assertThat(mutant.name()).isEqualTo("the guard is gone");
        assertThat(mutant.tests()).containsExactly("rotation.SecretRotationTest", "rotation.GatesTest");
        assertThat(mutant.applyTo(List.of("first();", "    if (isGuarded()) {", "        return;", "    }", "last();")))
                .containsExactly("first();", "if (false) {", "return;", "    }");
    }

    @Test
    public void whatIsNotThereOnceDoesNotApply() {
        final Mutant mutant = Mutant.parse(LIST).get(0);
        assertThatThrownBy(() -> mutant.applyTo(List.of("if (isGuarded()) {", "last();")))
                .isInstanceOf(Mutant.DoesNotApplyException.class)
                .hasMessageContaining("rotation/RotationRun.java has no such lines");
        assertThatThrownBy(() -> mutant.applyTo(List.of("if (isGuarded()) {", "return;", "last();", "last();")))
                .isInstanceOf(Mutant.DoesNotApplyException.class)
                .hasMessageContaining("twice");
    }

    @Test
    public void aListThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> Mutant.parse(List.of("something else"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Mutant.parse(List.of("mutant without tests", "in a/B.java", "- x")))
                .hasMessageContaining("names no tests");
        assertThatThrownBy(() -> Mutant.parse(List.of("mutant without lines", "in a/B.java", "by a.BTest")))
                .hasMessageContaining("lacks its file, its lines or its tests");
    }

    @Test
    public void everyMutantOfTheListsAppliesToTheSourcesAsTheyAre() throws Exception {
        final Path sources = Path.of("src", "main", "java", "io", "jenkins", "plugins", "azurestack");
        for (final Mutant mutant : Mutants.all()) {
            final List<String> lines = Files.readAllLines(sources.resolve(mutant.file()));
            assertThatCode(() -> mutant.applyTo(lines)).as(mutant.name()).doesNotThrowAnyException();
        }
    }

    @Test
    public void everyMutantOfTheListsNamesTestsThatAreThere() throws Exception {
        final List<Mutant> all = Mutants.all();
        assertThat(all).hasSizeGreaterThan(20).extracting(Mutant::name).doesNotHaveDuplicates();
        for (final Mutant mutant : all) {
            for (final String test : mutant.tests()) {
                assertThat(getClass().getResource("../" + test.replace('.', '/') + ".class"))
                        .as(mutant.name() + " by " + test)
                        .isNotNull();
            }
        }
    }
}
