package io.jenkins.plugins.azurestack.powershell.psrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.Test;

/** What the numbers of messages tell after a loss, and what they do not tell before. */
public class IncomingMessagesTest {
    private final IncomingMessages incoming = new IncomingMessages();

    private static byte[] message(long number) {
        byte[] bytes = Message.toClient(
                        MessageType.PIPELINE_OUTPUT,
                        DotNetGuid.NONE,
                        DotNetGuid.NONE,
                        ("" + number).getBytes(StandardCharsets.UTF_8))
                .encode();
        return new Fragment(number, 0, true, true, bytes).encode();
    }

    private List<String> take(long number) throws MalformedMessageException {
        return incoming.acceptForPipeline(message(number)).stream()
                .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    public void holesAreNoSignOfLossWhileNothingWasLost() throws Exception {
        take(3);
        take(7);
        assertThat(take(9)).containsExactly("9");
        assertThat(incoming.takeGaps()).isEmpty();
        assertThat(incoming.lastObjectSeen()).isEqualTo(9);
    }

    @Test
    public void theNextNumberAfterALossProvesThatNothingIsMissing() throws Exception {
        take(1);
        incoming.answerLost();
        take(2);
        assertThat(incoming.takeGaps()).isEmpty();
        assertThat(incoming.openSuspicion()).isEmpty();
    }

    @Test
    public void aHoleAfterALossIsCountedOnce() throws Exception {
        take(1);
        incoming.answerLost();
        take(4);
        take(9);
        assertThat(incoming.takeGaps())
                .containsExactly(
                        new OutputGap(OutputGap.Cause.MESSAGES_MISSING, "2 message(s) before number 4 are missing"));
        assertThat(incoming.takeGaps()).isEmpty();
    }

    @Test
    public void whatIsStillOpenAtTheEndIsSaid() throws Exception {
        take(1);
        incoming.answerLost();
        assertThat(incoming.openSuspicion().orElseThrow().cause()).isEqualTo(OutputGap.Cause.LAST_ANSWER_LOST);
    }

    @Test
    public void aRepeatedMessageIsDroppedOnlyAfterALoss() throws Exception {
        take(1);
        take(2);
        incoming.answerLost();
        assertThat(take(2)).isEmpty();
        assertThat(take(3)).containsExactly("3");
        assertThat(incoming.takeGaps()).isEmpty();
    }

    @Test
    public void aLateMessageThatFillsAHoleIsTaken() throws Exception {
        incoming.answerLost();
        incoming.acceptForPool(message(5));
        assertThat(take(3)).containsExactly("3");
        assertThat(take(4)).containsExactly("4");
    }

    @Test
    public void enormousNumbersCostNothing() throws Exception {
        incoming.answerLost();
        take(Long.MAX_VALUE);
        take(-1);
        assertThat(incoming.lastObjectSeen()).isEqualTo(-1);
        assertThat(incoming.takeGaps()).hasSize(1);
    }

    @Test
    public void oneForgedNumberDoesNotSilenceWhatFollows() throws Exception {
        incoming.acceptForPool(message(Long.MIN_VALUE));
        incoming.answerLost();
        assertThat(take(5)).containsExactly("5");
        assertThat(take(6)).containsExactly("6");
    }

    @Test(timeout = 20_000)
    public void manyLongLeapsAreNoMoreWorkThanManyMessages() throws Exception {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        for (long number = 1; number < 100_000; number++) {
            answer.writeBytes(message(number * 4095));
        }
        incoming.answerLost();
        assertThat(incoming.acceptForPipeline(answer.toByteArray())).hasSize(99_999);
    }

    @Test
    public void onlyWhatIsMissingOfTheLastFewThousandIsCounted() throws Exception {
        take(4000);
        incoming.answerLost();
        take(4010);
        assertThat(incoming.takeGaps())
                .extracting(OutputGap::description)
                .containsExactly("9 message(s) before number 4010 are missing");
        assertThat(take(4005)).containsExactly("4005");
        assertThat(take(4000)).isEmpty();
        assertThat(take(4005)).isEmpty();
        take(8200);
        assertThat(take(4005)).as("too far back to be known").containsExactly("4005");
    }

    @Test
    public void whatAPipelineBeganAndNeverFinishedIsMissing() throws Exception {
        incoming.acceptForPool(new Fragment(1, 0, true, false, new byte[50]).encode());
        incoming.acceptForPipeline(new Fragment(2, 0, true, false, new byte[50]).encode());
        take(3);
        incoming.pipelineEnded();
        assertThat(incoming.takeGaps())
                .extracting(OutputGap::description)
                .containsExactly("the end of message 2 is missing");
        incoming.pipelineEnded();
        assertThat(incoming.takeGaps()).isEmpty();
    }

    @Test
    public void aMessageWithoutBeginningDoesNotHideThoseThatAreMissingAltogether() throws Exception {
        take(1);
        incoming.answerLost();
        incoming.acceptForPipeline(new Fragment(4, 1, false, true, new byte[50]).encode());
        take(5);
        assertThat(incoming.takeGaps())
                .extracting(OutputGap::description)
                .containsExactly("the beginning of message 4 is missing", "2 message(s) before number 5 are missing");
        assertThat(incoming.openSuspicion()).isEmpty();
    }

    @Test
    public void whatIsMissingAfterNonsenseIsCounted() throws Exception {
        take(1);
        incoming.acceptForPipeline(new byte[] {1, 2, 3});
        take(4);
        assertThat(incoming.takeGaps())
                .extracting(OutputGap::cause)
                .containsExactly(OutputGap.Cause.MESSAGE_UNREADABLE, OutputGap.Cause.MESSAGES_MISSING);
    }

    @Test
    public void tooManyUnfinishedMessagesAreForgottenAndMakeRoom() throws Exception {
        long number = 1;
        while (incoming.takeGaps().isEmpty()) {
            incoming.acceptForPipeline(new Fragment(number++, 0, true, false, new byte[1]).encode());
        }
        assertThat(take(number)).containsExactly("" + number);
        incoming.pipelineEnded();
        assertThat(incoming.takeGaps()).as("those that were forgotten").hasSize(1);
    }

    @Test
    public void nonsenseForThePoolIsAnErrorAndNonsenseForAPipelineAGap() throws Exception {
        byte[] nonsense = {1, 2, 3};
        assertThatThrownBy(() -> incoming.acceptForPool(nonsense)).isInstanceOf(MalformedMessageException.class);
        assertThat(incoming.acceptForPipeline(nonsense)).isEmpty();
        assertThat(incoming.takeGaps())
                .extracting(OutputGap::cause)
                .containsExactly(OutputGap.Cause.MESSAGE_UNREADABLE);
    }
}
