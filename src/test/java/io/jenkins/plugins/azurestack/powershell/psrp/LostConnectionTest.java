package io.jenkins.plugins.azurestack.powershell.psrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.psrp.FakePowerShell.Cut;
import io.jenkins.plugins.azurestack.powershell.wsman.ConnectionFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Connections that break while a pipeline is followed: at every answer, in every way. */
public class LostConnectionTest {
    private static final int OUTPUTS = 5;

    @Rule
    public final Timeout limit = Timeout.seconds(120);

    private final RecordedConversationsTest.Heard heard = new RecordedConversationsTest.Heard();

    private static List<String> numbers(int... left) {
        return IntStream.of(left).mapToObj(String::valueOf).toList();
    }

    private static void talk(FakePowerShell.Running running) {
        for (int i = 0; i < OUTPUTS; i++) {
            running.output("" + i);
        }
        running.complete();
    }

    /** The nth Receive of the pipeline breaks. */
    private static FakePowerShell broken(int receive, Cut cut) {
        FakePowerShell server = new FakePowerShell().on("Get-Thing", LostConnectionTest::talk);
        server.cut("Receive pipeline", nothings(receive)).cut("Receive pipeline", cut);
        return server;
    }

    /** Cuts that do not cut. */
    private static Cut[] nothings(int count) {
        Cut[] none = new Cut[count];
        java.util.Arrays.fill(none, Cut.NONE);
        return none;
    }

    @Test
    public void nothingIsLostOrDoubledWhenARequestBreaksAtAnyAnswer() throws Exception {
        for (Cut cut : List.of(Cut.REFUSED, Cut.REQUEST_TORN, Cut.REQUEST_VANISHED)) {
            for (int receive = 0; receive <= OUTPUTS; receive++) {
                FakePowerShell server = broken(receive, cut);
                try (RunspacePool pool = server.client().open()) {
                    PipelineResult result = pool.command("Get-Thing").run();

                    assertThat(result.output())
                            .as("%s at Receive %d", cut, receive)
                            .extracting(PsValue::asString)
                            .containsExactlyElementsOf(numbers(0, 1, 2, 3, 4));
                    assertThat(result.succeeded()).isTrue();
                }
                assertThat(server.count("Command")).isEqualTo(1);
            }
        }
    }

    @Test
    public void anAnswerThatIsLostLeavesAGapThatIsSaid() throws Exception {
        for (Cut cut : List.of(Cut.ANSWER_LOST, Cut.ANSWER_TORN)) {
            for (int receive = 0; receive < OUTPUTS; receive++) {
                FakePowerShell server = broken(receive, cut);
                try (RunspacePool pool = server.client().open()) {
                    PipelineResult result = pool.command("Get-Thing").run();

                    List<String> expected = new ArrayList<>(numbers(0, 1, 2, 3, 4));
                    expected.remove(receive);
                    assertThat(result.output()).extracting(PsValue::asString).containsExactlyElementsOf(expected);
                    assertThat(result.gaps())
                            .extracting(OutputGap::cause)
                            .containsExactly(OutputGap.Cause.MESSAGES_MISSING);
                    assertThat(result.succeeded()).isFalse();
                }
            }
        }
    }

    @Test
    public void aLostLastAnswerIsAnUnknownEnd() throws Exception {
        FakePowerShell server = broken(OUTPUTS, Cut.ANSWER_LOST);
        RunspacePool pool = server.client().open();

        PipelineGoneException gone = catchThrowableOfType(
                PipelineGoneException.class, () -> pool.command("Get-Thing").run());

        assertThat(gone.soFar().output()).hasSize(OUTPUTS);
        assertThat(gone.soFar().gaps()).extracting(OutputGap::cause).containsExactly(OutputGap.Cause.LAST_ANSWER_LOST);
        pool.close();
        assertThat(server.count("Delete")).as("what may run is not killed").isZero();
    }

    @Test
    public void anAnswerThatComesTwiceCountsOnce() throws Exception {
        FakePowerShell server = new FakePowerShell().on("Get-Thing", running -> {
            running.output("0");
            List<byte[]> fragments = running.fragments(
                    MessageType.PIPELINE_OUTPUT, "<S>1</S>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            fragments.forEach(running::raw);
            fragments.forEach(running::raw);
            running.output("2").complete();
        });
        server.cut("Receive pipeline", Cut.NONE, Cut.REQUEST_VANISHED);
        try (RunspacePool pool = server.client().open()) {
            PipelineResult result = pool.command("Get-Thing").run();

            assertThat(result.output()).extracting(PsValue::asString).containsExactlyElementsOf(numbers(0, 1, 2));
            assertThat(result.succeeded()).isTrue();
        }
    }

    @Test
    public void aMessageThatLosesAFragmentIsAGapWhereverItBreaks() throws Exception {
        for (int lost = 0; lost < 4; lost++) {
            FakePowerShell server = new FakePowerShell();
            server.on("Get-Thing", running -> {
                server.fragmentsOf(running.shell, 20, 3);
                running.say(MessageType.PIPELINE_OUTPUT, PsPrimitive.of("a text that takes some fragments"));
                server.fragmentsOf(running.shell, 1000, 4);
                running.output("after").complete();
            });
            server.cut("Receive pipeline", nothings(lost)).cut("Receive pipeline", Cut.ANSWER_LOST);
            try (RunspacePool pool = server.client().open()) {
                PipelineResult result = pool.command("Get-Thing").run();

                assertThat(result.output())
                        .as("fragment %d lost", lost)
                        .extracting(PsValue::asString)
                        .containsExactly("after");
                assertThat(result.isComplete()).isFalse();
            }
        }
    }

    @Test
    public void aLostAnswerThatWasEmptyIsNoGap() throws Exception {
        FakePowerShell server = new FakePowerShell();
        server.on("Get-Thing", running -> {});
        server.cut("Receive pipeline", Cut.ANSWER_LOST, Cut.ANSWER_TORN);
        server.whileSilent = () -> {
            if (server.count("silent Receive pipeline") == 3) {
                talk(server.onlyPipeline());
            }
        };
        try (RunspacePool pool = server.client().open()) {
            assertThat(pool.command("Get-Thing").listener(heard).run().succeeded())
                    .isTrue();
        }
        assertThat(heard.lines).contains("connection lost", "connection restored");
    }

    @Test
    public void aShellThatWindowsDisconnectedIsReconnected() throws Exception {
        FakePowerShell server = new FakePowerShell();
        server.on("Get-Thing", running -> {
            running.output("0");
            server.disconnectShells();
        });
        server.onReconnect = () -> server.onlyPipeline().output("1").complete();
        try (RunspacePool pool = server.client().open()) {
            PipelineResult result = pool.command("Get-Thing").run();

            assertThat(result.output()).extracting(PsValue::asString).containsExactlyElementsOf(numbers(0, 1));
            assertThat(result.succeeded()).isTrue();
        }
        assertThat(server.count("Reconnect")).isEqualTo(1);
    }

    @Test
    public void aShellThatCannotBeReconnectedIsConnectedAsANewSession() throws Exception {
        FakePowerShell server = new FakePowerShell();
        server.on("Get-Thing", running -> {
            running.output("0");
            server.disconnectShells();
        });
        server.faults.put("Reconnect", SoapAnswer.RECONNECT_NOT_VALID);
        server.onReconnect = () -> server.onlyPipeline().output("1").complete();
        try (RunspacePool pool = server.client().open()) {
            PipelineResult result = pool.command("Get-Thing").run();

            assertThat(result.output()).extracting(PsValue::asString).containsExactlyElementsOf(numbers(0, 1));
            assertThat(result.succeeded()).isTrue();
        }
        assertThat(server.ledger).containsSubsequence("Reconnect", "Connect pool", "Connect pipeline");
    }

    @Test
    public void aConnectWhosePoolSaysNothingMoreStillLeadsToThePipeline() throws Exception {
        FakePowerShell server = new FakePowerShell();
        server.on("Get-Thing", running -> {
            running.output("0");
            server.disconnectShells();
            server.cut("Receive pool", Cut.ANSWER_TORN);
        });
        server.faults.put("Reconnect", SoapAnswer.RECONNECT_NOT_VALID);
        server.onReconnect = () -> server.onlyPipeline().output("1").complete();
        try (RunspacePool pool = server.client().open()) {
            assertThat(pool.command("Get-Thing").run().output())
                    .extracting(PsValue::asString)
                    .containsExactlyElementsOf(numbers(0, 1));
        }
        assertThat(server.ledger).containsSubsequence("Connect pool", "Receive pool", "Connect pipeline");
    }

    @Test
    public void aPipelineThatWasLostFromSightIsNotKilledByClosingAfterAnotherOne() throws Exception {
        FakePowerShell server =
                new FakePowerShell().on("Wait-Job", running -> {}).on("Get-Thing", LostConnectionTest::talk);
        server.faults.put("Receive pipeline", 87L);
        RunspacePool pool = server.client().open();
        assertThatThrownBy(() -> pool.command("Wait-Job").run()).isInstanceOf(PipelineUnreachableException.class);
        server.faults.clear();
        pool.command("Get-Thing").run();

        pool.close();

        assertThat(server.count("Delete")).isZero();
        assertThat(server.count("Disconnect")).isEqualTo(1);
    }

    @Test
    public void aServerThatKeepsEndingTheReceiveIsSoonBelieved() throws Exception {
        for (long ended : new long[] {995, 1223}) {
            FakePowerShell server = new FakePowerShell().on("Get-Thing", running -> {});
            server.faults.put("Receive pipeline", ended);
            RunspacePool pool = server.client().open();

            assertThatThrownBy(() -> pool.command("Get-Thing").run())
                    .isInstanceOf(PipelineUnreachableException.class)
                    .hasMessageContaining("told to");
            pool.close();
            assertThat(server.count("Delete")).isZero();
        }
    }

    @Test
    public void aShellThatKeepsBeingTakenAwayIsNotFoughtForWithoutPause() throws Exception {
        FakePowerShell server = new FakePowerShell().on("Get-Thing", running -> {});
        server.faults.put("Receive pipeline", SoapAnswer.SHELL_DISCONNECTED);
        RunspacePool pool = server.client().outageLimit(Duration.ofMinutes(10)).open();

        assertThatThrownBy(() -> pool.command("Get-Thing").run())
                .isInstanceOf(PipelineUnreachableException.class)
                .hasMessageContaining("PT10M");

        assertThat(server.count("Reconnect")).isLessThan(50);
        server.faults.clear();
        pool.close();
    }

    @Test
    public void aReconnectWithoutAnswerIsFollowedByAReceiveThatTells() throws Exception {
        FakePowerShell server = new FakePowerShell();
        server.on("Get-Thing", running -> server.disconnectShells());
        server.onReconnect = () -> server.onlyPipeline().output("1").complete();
        server.cut("Reconnect", Cut.REQUEST_VANISHED, Cut.ANSWER_LOST);
        try (RunspacePool pool = server.client().open()) {
            assertThat(pool.command("Get-Thing").run().succeeded()).isTrue();
        }
    }

    @Test
    public void aServerThatStaysAwayEndsTheWaitAndNotThePipeline() throws Exception {
        FakePowerShell server = new FakePowerShell().on("Get-Thing", running -> running.output("0"));
        Cut[] away = new Cut[500];
        java.util.Arrays.fill(away, Cut.REFUSED);
        server.cut("Receive pipeline", Cut.NONE).cut("Receive pipeline", away);
        RunspacePool pool = server.client().outageLimit(Duration.ofMinutes(30)).open();
        java.time.Instant begin = server.clock.instant();

        PipelineUnreachableException unreachable = catchThrowableOfType(
                PipelineUnreachableException.class,
                () -> pool.command("Get-Thing").listener(heard).run());

        assertThat(unreachable).hasCauseInstanceOf(ConnectionFailedException.class);
        assertThat(unreachable.soFar().output()).hasSize(1);
        assertThat(unreachable.ids().lastObjectSeen()).isEqualTo(4);
        assertThat(Duration.between(begin, server.clock.instant()))
                .isBetween(Duration.ofMinutes(30), Duration.ofMinutes(32));
        assertThat(heard.lines).containsOnlyOnce("connection lost");
        server.cuts.clear();
        pool.close();
        assertThat(server.count("Delete")).as("what runs is not killed").isZero();
        assertThat(server.count("Disconnect")).isEqualTo(1);
    }

    @Test
    public void aRefusedPasswordIsNotTriedAgain() throws Exception {
        FakePowerShell server = new FakePowerShell().on("Get-Thing", running -> running.output("0"));
        server.cut("Receive pipeline", Cut.NONE, Cut.LOGON_REFUSED, Cut.LOGON_REFUSED);
        RunspacePool pool = server.client().open();

        assertThatThrownBy(() -> pool.command("Get-Thing").run())
                .isInstanceOf(PipelineUnreachableException.class)
                .hasMessageContaining("the password is wrong");

        assertThat(server.cuts.get("Receive pipeline")).hasSize(1);
        pool.close();
    }

    @Test
    public void aVanishedShellIsAnUnknownEnd() throws Exception {
        FakePowerShell server = new FakePowerShell().on("Get-Thing", running -> running.output("0"));
        server.whileSilent = server.shells::clear;
        RunspacePool pool = server.client().open();

        assertThatThrownBy(() -> pool.command("Get-Thing").run()).isInstanceOf(PipelineGoneException.class);
        pool.close();
    }

    @Test
    public void aCommandWithoutAnswerIsNotRepeatedAndCanBeFound() throws Exception {
        FakePowerShell server = new FakePowerShell().on("Start-SecretRotation", LostConnectionTest::talk);
        server.cut("Command", Cut.ANSWER_LOST);
        RunspacePool pool = server.client().open();

        StartUnknownException unknown =
                catchThrowableOfType(StartUnknownException.class, () -> pool.command("Start-SecretRotation")
                        .start());

        assertThat(server.count("Command")).isEqualTo(1);
        assertThatThrownBy(() -> pool.command("Get-Date").start()).isInstanceOf(IllegalStateException.class);
        pool.close();
        assertThat(server.count("Delete")).as("what may run is not killed").isZero();
        Pipeline found = server.client().reattach(unknown.ids(), heard);
        assertThat(found.await().output()).hasSize(OUTPUTS);
        assertThat(found.await().succeeded()).isTrue();
        found.pool().close();
        assertThat(server.count("Command")).isEqualTo(1);
    }

    @Test
    public void aCommandThatNeverArrivedIsFoundToBeGone() throws Exception {
        FakePowerShell server = new FakePowerShell().on("Start-SecretRotation", LostConnectionTest::talk);
        server.cut("Command", Cut.REQUEST_TORN);
        RunspacePool pool = server.client().open();
        StartUnknownException unknown =
                catchThrowableOfType(StartUnknownException.class, () -> pool.command("Start-SecretRotation")
                        .start());
        pool.close();

        Pipeline found = server.client().reattach(unknown.ids(), heard);

        assertThatThrownBy(found::await).isInstanceOf(PipelineGoneException.class);
        found.pool().close();
        assertThat(server.count("Command")).isZero();
    }

    @Test
    public void aCommandThatNeverLeftIsAnOrdinaryError() throws Exception {
        FakePowerShell server = new FakePowerShell().on("Get-Date", LostConnectionTest::talk);
        server.cut("Command", Cut.REFUSED);
        try (RunspacePool pool = server.client().open()) {
            assertThatThrownBy(() -> pool.command("Get-Date").start()).isInstanceOf(ConnectionFailedException.class);

            assertThat(pool.command("Get-Date").run().succeeded()).isTrue();
        }
        assertThat(server.count("Delete")).isEqualTo(1);
    }
}
