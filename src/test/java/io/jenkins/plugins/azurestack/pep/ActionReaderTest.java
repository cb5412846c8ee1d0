package io.jenkins.plugins.azurestack.pep;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.pep.ActionReport.Status;
import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.Test;

/** The literal texts of every generation's documentation and of a published console log. */
public class ActionReaderTest {
    private static final String ID = "1a2b3c4d-5e6f-4071-8293-a4b5c6d7e8f9";

    private final ActionReader reader = new ActionReader();

    private ActionReport read(final String... lines) {
        for (final String line : lines) {
            reader.accept(line);
        }
        return reader.report();
    }

    private static Status statusOf(final String... lines) {
        return new ActionReaderTest().read(lines).status();
    }

    @Test
    public void successIsUnderstoodInTheWordsOfEachGeneration() {
        assertThat(statusOf("Overall action status: Success")).isEqualTo(Status.COMPLETED);
        assertThat(statusOf("Overall action status: 'Success'")).isEqualTo(Status.COMPLETED);
        assertThat(statusOf("ActionPlanInstanceID " + ID + " CurrentStatus: Completed", "DONE"))
                .isEqualTo(Status.COMPLETED);
        assertThat(statusOf("Action plan finished with status: 'Completed'")).isEqualTo(Status.COMPLETED);
        assertThat(statusOf("action plan finished with status: completed")).isEqualTo(Status.COMPLETED);
    }

    @Test
    public void aBareDoneOnlyEndsTheTalking() {
        assertThat(statusOf("DONE")).isEqualTo(Status.NOT_UNDERSTOOD);
        assertThat(statusOf("Overall action status: 'Running'", "DONE")).isEqualTo(Status.RUNNING);
        read("DONE");
        assertThat(reader.heardOfOne()).isFalse();
    }

    @Test
    public void failuresAndWhatStillRunsAreToldApart() {
        assertThat(statusOf("Overall action status: 'Pending'")).isEqualTo(Status.RUNNING);
        assertThat(statusOf("Overall action status: 'InProgress'")).isEqualTo(Status.RUNNING);
        assertThat(statusOf("ActionPlanInstanceID " + ID + " CurrentStatus: Failed"))
                .isEqualTo(Status.FAILED);
        assertThat(statusOf("Overall action status: 'Error'")).isEqualTo(Status.FAILED);
        assertThat(statusOf("Action plan finished with status: 'Canceled'")).isEqualTo(Status.CANCELED);
        assertThat(statusOf("Overall action status: 'Fulfilled'")).isEqualTo(Status.NOT_UNDERSTOOD);
    }

    @Test
    public void theLastWordCounts() {
        assertThat(statusOf("Overall action status: 'Running'", "Overall action status: Success"))
                .isEqualTo(Status.COMPLETED);
        assertThat(statusOf("CurrentStatus: Completed", "Action plan finished with status: 'Failed'"))
                .isEqualTo(Status.FAILED);
    }

    @Test
    public void theLogOfAPublishedRunIsPutTogether() {
        final ActionReport report = read(
                "Action plan instance ID specified: " + ID.toUpperCase(java.util.Locale.ROOT),
                "StartTime: 07/09/2019 03:04:05",
                "Timeout estimate: 02:00:00",
                "Overall action status: 'Running'");
        assertThat(report.instance()).contains(ID);
        assertThat(report.started()).contains(Instant.parse("2019-07-09T03:04:05Z"));
        assertThat(reader.accept("Step 'Configure TLS policy' status: 'InProgress'"))
                .contains(new ActionReader.Step("Configure TLS policy", "InProgress"));
        assertThat(reader.report().status()).isEqualTo(Status.RUNNING);
    }

    @Test
    public void aStepsOwnStatusIsNotThePlans() {
        assertThat(statusOf("Overall action status: 'Running'", "Step 'x' status: 'Success'"))
                .isEqualTo(Status.RUNNING);
    }

    @Test
    public void aTimeThatIsNoneIsLeftOut() {
        assertThat(read("StartTime: 31/12/2019 03:04:05").started()).isEmpty();
    }

    @Test
    public void theActionPlansObjectSaysItAll() {
        final PsValue plan = PsObject.builder()
                .extended("InstanceID", ID)
                .extended("ActionTypeName", "ExternalSecretRotation")
                .extended("Status", "Failed")
                .extended("StartDateTime", "07/09/2019 03:04:05")
                .extended(
                        "ProgressAsXml",
                        "<Action><Steps><Step FullStepIndex=\"1.5\" Name=\"Update portals\" Status=\"Error\"/></Steps></Action>")
                .build();
        assertThat(reader.accept(plan)).isTrue();
        final ActionReport report = reader.report();
        assertThat(report.status()).isEqualTo(Status.FAILED);
        assertThat(report.instance()).contains(ID);
        assertThat(report.started()).contains(Instant.parse("2019-07-09T03:04:05Z"));
        assertThat(report.words()).isEqualTo("ExternalSecretRotation is Failed, failed at step 1.5 'Update portals'");
    }

    @Test
    public void aGuidInTheOutputNamesThePlan() {
        assertThat(reader.accept(PsPrimitive.of(UUID.fromString(ID)))).isFalse();
        assertThat(reader.report().instance()).contains(ID);
        assertThat(reader.report().status()).isEqualTo(Status.NOT_UNDERSTOOD);
    }

    @Test
    public void wordsThatNoStampUsesAreNeverSuccess() {
        for (final String word : List.of("", "Complete", "OK", "Successful", "NotCompleted", "true")) {
            assertThat(ActionReader.status(word)).as(word).isEqualTo(Status.NOT_UNDERSTOOD);
        }
    }

    @Test
    public void stepsThatFailedAreNamedAndHostileXmlIsNot() {
        assertThat(FailedSteps.of("")).isEmpty();
        assertThat(FailedSteps.of("<Action><Step FullStepIndex=")).isEmpty();
        assertThat(FailedSteps.of("<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>"))
                .isEmpty();
    }
}
