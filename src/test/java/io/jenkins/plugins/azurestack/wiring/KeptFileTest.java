package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.Test;

/** A file that can't be kept fails nothing. */
public class KeptFileTest {
    private final MaintenanceBuild build = new MaintenanceBuild(Path.of("home"));
    private final Map<String, Object> result = new LinkedHashMap<>(Map.of("state", "COMPLETED"));

    @Test
    public void aFullDiskIsSaid() throws Exception {
        build.diskFull = true;
        requireSaid("No space left on device");
    }

    @Test
    public void anAgentThatIsLostMeanwhileIsSaid() throws Exception {
        build.agentLost = true;
        requireSaid("the channel was closed");
    }

    private void requireSaid(final String why) throws Exception {
        KeptFile.save(build, "east-evidence.json", result, result);
        assertThat(build.log)
                .singleElement()
                .asString()
                .startsWith("ERROR: east-evidence.json")
                .contains(why);
        assertThat(build.marks).singleElement().asString().startsWith("UNSTABLE");
        assertThat(result).doesNotContainKey("files");
    }
}
