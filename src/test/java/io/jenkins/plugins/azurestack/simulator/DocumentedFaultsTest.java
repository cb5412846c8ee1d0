package io.jenkins.plugins.azurestack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.Test;

/** What docs/simulator.md says of faults is what there is. */
public class DocumentedFaultsTest {
    private static final Path DOCUMENT = Path.of("docs", "simulator.md");
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z-]+)` \\| [^|]+ \\| [^|]+ \\|$", Pattern.MULTILINE);
    private static final Pattern WRITTEN = Pattern.compile("^\\| `([a-z-]+@[^`]+)` \\|", Pattern.MULTILINE);

    private static String document() throws IOException {
        return Files.readString(DOCUMENT);
    }

    @Test
    public void everyFaultHasALineOfItsOwnInTheirOrder() throws IOException {
        final List<String> documented =
                ROW.matcher(document()).results().map(row -> row.group(1)).toList();
        assertThat(documented)
                .containsExactlyElementsOf(
                        Arrays.stream(Fault.values()).map(Fault::word).toList());
    }

    @Test
    public void everyMomentThatIsShownCanBeArmed() throws IOException {
        final List<String> written = WRITTEN.matcher(document())
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();
        assertThat(written).hasSizeGreaterThan(3).allSatisfy(Faults::require);
    }

    @Test
    public void everyKindOfBmcIsNamed() throws IOException {
        assertThat(document())
                .contains(Arrays.stream(Flavour.values())
                        .map(flavour -> "`" + flavour.word() + "`")
                        .toList());
    }
}
