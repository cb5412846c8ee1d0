package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.bmc.StampCredential.Outcome;
import io.jenkins.plugins.azurestack.pep.ActionReport;
import io.jenkins.plugins.azurestack.pep.ActionReport.Status;
import java.util.Optional;
import org.junit.Test;

/** What the end of a {@code Set-BmcCredential} is taken for. */
public class PepStampCredentialTest {
    private static ActionReport report(final Status status, final String words) {
        return new ActionReport(Optional.of("4711"), Optional.empty(), status, words);
    }

    @Test
    public void completedRan() {
        assertThat(PepStampCredential.outcome(report(Status.COMPLETED, "is Completed"), true))
                .isInstanceOf(Outcome.Ran.class);
        assertThat(PepStampCredential.outcome(report(Status.COMPLETED, "is Completed"), false))
                .isInstanceOf(Outcome.Ran.class);
    }

    @Test
    public void wordsThatNobodyUnderstandsAreNoSuccess() {
        assertThat(PepStampCredential.outcome(report(Status.NOT_UNDERSTOOD, "is Wobbling"), true))
                .isInstanceOfSatisfying(
                        Outcome.Lost.class, lost -> assertThat(lost.words()).contains("is Wobbling"));
    }

    @Test
    public void silenceIsAGoodEndOnlyWhereEveryErrorWouldHaveBeenHeard() {
        assertThat(PepStampCredential.outcome(report(Status.NOT_UNDERSTOOD, ""), true))
                .isInstanceOf(Outcome.Ran.class);
        assertThat(PepStampCredential.outcome(report(Status.NOT_UNDERSTOOD, ""), false))
                .isInstanceOf(Outcome.Lost.class);
    }

    @Test
    public void failuresAreFailures() {
        assertThat(PepStampCredential.outcome(report(Status.FAILED, "is Failed"), true))
                .isInstanceOf(Outcome.Failed.class);
    }
}
