package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.Test;

public class WritableIdsTest {
    private final WritableIds ids = new WritableIds(Set.of("east-bmc"));

    @Test
    public void whatTheStampNamesIsWrittenAndWhatIsPendingAndPreviousOfIt() {
        for (final String id : Set.of("east-bmc", "east-bmc-pending", "east-bmc-previous")) {
            assertThatCode(() -> ids.require(id)).as(id).doesNotThrowAnyException();
        }
    }

    @Test
    public void noOtherIdIsWritten() {
        for (final String id :
                Set.of("west-bmc", "east-bmc-", "east-bmc-next", "east-bmc-pending-pending", "", "-pending")) {
            assertThatThrownBy(() -> ids.require(id))
                    .as(id)
                    .isInstanceOf(NotWrittenException.class)
                    .hasMessageContaining("left alone");
        }
    }
}
