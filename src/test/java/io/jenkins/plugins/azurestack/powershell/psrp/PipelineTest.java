package io.jenkins.plugins.azurestack.powershell.psrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.clixml.PsEntry;
import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import io.jenkins.plugins.azurestack.powershell.clixml.PsSecureString;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.clixml.TypeNames;
import io.jenkins.plugins.azurestack.powershell.psrp.FakePowerShell.Cut;
import io.jenkins.plugins.azurestack.powershell.wsman.ConnectionFailedException;
import io.jenkins.plugins.azurestack.powershell.wsman.OutcomeUnknownException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Pipelines against a server in memory, for what no recording shows. */
public class PipelineTest {
    @Rule
    public final Timeout limit = Timeout.seconds(120);

    private final FakePowerShell server = new FakePowerShell();
    private final RecordedConversationsTest.Heard heard = new RecordedConversationsTest.Heard();

    private static void silent(FakePowerShell.Running running) {
        // says nothing until it is told to
    }

    @Test
    public void aCommandIsSentByItsNameWithItsParameters() throws Exception {
        server.on("Get-ActionStatus", running -> running.output("Completed").complete());
        try (RunspacePool pool = server.client().open()) {
            PipelineResult result = pool.command("Get-ActionStatus")
                    .parameter("FunctionName", "Start-SecretRotation")
                    .withSwitch("ReRun")
                    .parameter("Last", 3)
                    .parameter("Names", List.of("a", "b"))
                    .run();

            assertThat(result.succeeded()).isTrue();
            PsValue command = sentCommand(0);
            assertThat(command.property("IsScript").asBoolean()).isFalse();
            List<PsValue> arguments = command.property("Args").items();
            assertThat(arguments)
                    .extracting(a -> a.property("N").asString())
                    .containsExactly("FunctionName", "ReRun", "Last", "Names");
            assertThat(arguments.get(1).property("V").asBoolean()).isTrue();
            assertThat(arguments.get(2).property("V").asInt()).isEqualTo(3);
            assertThat(arguments.get(3).property("V").items())
                    .extracting(PsValue::asString)
                    .containsExactly("a", "b");
        }
        assertThat(server.ledger)
                .contains("Signal http://schemas.microsoft.com/wbem/wsman/1/windows/shell/signal/Terminate");
        assertThat(server.count("Delete")).isEqualTo(1);
    }

    private PsValue sentCommand(int index) {
        return server.created
                .get(0)
                .property("PowerShell")
                .property("Cmds")
                .items()
                .get(index);
    }

    @Test
    public void commandsArePiped() throws Exception {
        server.on("Get-Thing", running -> running.complete());
        try (RunspacePool pool = server.client().open()) {
            pool.command("Get-Thing")
                    .pipeTo("Select-Object")
                    .parameter("First", 1)
                    .run();
        }
        assertThat(sentCommand(0).property("Args").items()).isEmpty();
        assertThat(sentCommand(1).property("Cmd").asString()).isEqualTo("Select-Object");
    }

    @Test
    public void theServersChoiceOfIdIsFollowed() throws Exception {
        server.otherCommandId = "24864ED3-8FB4-4934-AD7D-B29723D4681F";
        server.on("Get-Date", running -> running.output("now").complete());
        try (RunspacePool pool = server.client().open()) {
            Pipeline pipeline = pool.command("Get-Date").start();
            assertThat(pipeline.ids().commandId()).isEqualTo(server.otherCommandId);
            assertThat(pipeline.await().output()).hasSize(1);
        }
    }

    @Test
    public void anUnknownCommandHasItsOwnException() throws Exception {
        try (RunspacePool pool = server.client().open()) {
            CommandNotFoundException failed =
                    catchThrowableOfType(CommandNotFoundException.class, () -> pool.command("Get-Nothing")
                            .run());

            assertThat(failed).hasMessageContaining("Check the spelling");
            assertThat(failed.error().category()).isEqualTo(ErrorCategory.OBJECT_NOT_FOUND);
        }
    }

    @Test
    public void onePipelineRunsAtATime() throws Exception {
        server.on("Wait-Job", PipelineTest::silent);
        try (RunspacePool pool = server.client().open()) {
            Pipeline first = pool.command("Wait-Job").start();
            assertThatThrownBy(() -> pool.command("Wait-Job").start())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("one pipeline at a time");

            server.onlyPipeline().complete();
            first.await();
            Pipeline second = pool.command("Wait-Job").start();
            server.onlyPipeline().complete();
            second.await();
        }
        assertThat(server.count("Command")).isEqualTo(2);
    }

    @Test
    public void anHourOfSilenceIsSurvived() throws Exception {
        server.timePasses = true;
        server.on("Start-SecretRotation", PipelineTest::silent);
        java.time.Instant begin = server.clock.instant();
        server.whileSilent = () -> {
            if (Duration.between(begin, server.clock.instant()).compareTo(Duration.ofHours(1)) > 0) {
                server.onlyPipeline().output("DONE").complete();
                server.whileSilent = () -> {};
            }
        };
        try (RunspacePool pool = server.client().open()) {
            PipelineResult result = pool.command("Start-SecretRotation").run();

            assertThat(result.succeeded()).isTrue();
        }
        assertThat(server.count("silent Receive pipeline")).isGreaterThan(180);
        assertThat(server.count("Command")).isEqualTo(1);
        assertThat(server.ledger).noneMatch(line -> line.contains("crtl_c"));
    }

    @Test
    public void theEndOfAWaitIsNotTheEndOfThePipeline() throws Exception {
        server.timePasses = true;
        server.on("Start-SecretRotation", PipelineTest::silent);
        RunspacePool pool = server.client().open();
        Pipeline pipeline = pool.command("Start-SecretRotation").start();

        PipelineStillRunningException still =
                catchThrowableOfType(PipelineStillRunningException.class, () -> pipeline.await(Duration.ofMinutes(10)));

        assertThat(still.ids().commandId()).isEqualTo(server.onlyPipeline().id);
        assertThat(server.ledger).noneMatch(line -> line.startsWith("Signal") || line.startsWith("Disconnect"));
        server.onlyPipeline().complete();
        assertThat(pipeline.await().succeeded()).isTrue();
        pool.close();
    }

    @Test
    public void anInterruptEndsTheWaitAndNothingElse() throws Exception {
        server.on("Start-SecretRotation", PipelineTest::silent);
        try (RunspacePool pool = server.client().open()) {
            Pipeline pipeline = pool.command("Start-SecretRotation").start();
            FutureTask<PipelineResult> waiting = new FutureTask<>(pipeline::await);
            Thread thread = new Thread(waiting);
            thread.start();
            server.awaitCount("silent Receive pipeline", 2);

            thread.interrupt();

            assertThatThrownBy(waiting::get).hasCauseInstanceOf(InterruptedException.class);
            server.onlyPipeline().output("still here").complete();
            assertThat(pipeline.await().output()).hasSize(1);
        }
        assertThat(server.ledger).noneMatch(line -> line.contains("crtl_c"));
    }

    @Test
    public void stoppingIsSpeltAsWindowsSpellsItAndEndsStopped() throws Exception {
        server.on("Wait-Job", PipelineTest::silent);
        try (RunspacePool pool = server.client().open()) {
            Pipeline pipeline = pool.command("Wait-Job").start();

            assertThat(pipeline.stop(Duration.ofMinutes(1))).isEqualTo(PipelineState.STOPPED);
            assertThat(pipeline.stop(Duration.ofMinutes(1))).isEqualTo(PipelineState.STOPPED);

            assertThat(server.count("Signal powershell/signal/crtl_c")).isEqualTo(1);
            assertThatThrownBy(pipeline::await).isInstanceOf(PipelineStoppedException.class);
        }
    }

    @Test
    public void aStopThatIsIgnoredIsSaidToBeIgnored() throws Exception {
        server.timePasses = true;
        server.stopsAtOnce = false;
        server.on("Wait-Job", PipelineTest::silent);
        try (RunspacePool pool = server.client().open()) {
            Pipeline pipeline = pool.command("Wait-Job").start();

            assertThatThrownBy(() -> pipeline.stop(Duration.ofMinutes(5)))
                    .isInstanceOf(PipelineStillRunningException.class);

            assertThat(pipeline.state()).isEqualTo(PipelineState.STOPPING);
        }
    }

    @Test
    public void aStopThatNeverLeftMaySafelyBeTriedAgain() throws Exception {
        server.on("Wait-Job", PipelineTest::silent);
        server.cut("Signal powershell/signal/crtl_c", FakePowerShell.Cut.REFUSED);
        try (RunspacePool pool = server.client().open()) {
            Pipeline pipeline = pool.command("Wait-Job").start();

            assertThatThrownBy(() -> pipeline.stop(Duration.ofMinutes(1)))
                    .isInstanceOf(io.jenkins.plugins.azurestack.powershell.wsman.ConnectionFailedException.class);
            assertThat(pipeline.state()).isEqualTo(PipelineState.RUNNING);
            assertThat(pipeline.stop(Duration.ofMinutes(1))).isEqualTo(PipelineState.STOPPED);
        }
    }

    @Test
    public void aStopWithoutAnswerIsNotSentAgain() throws Exception {
        server.on("Wait-Job", PipelineTest::silent);
        server.cut("Signal powershell/signal/crtl_c", FakePowerShell.Cut.ANSWER_LOST);
        try (RunspacePool pool = server.client().open()) {
            Pipeline pipeline = pool.command("Wait-Job").start();

            assertThat(pipeline.stop(Duration.ofMinutes(1))).isEqualTo(PipelineState.STOPPED);

            assertThat(server.count("Signal powershell/signal/crtl_c")).isEqualTo(1);
        }
    }

    @Test
    public void aStopOfUnknownOutcomeIsNotSentAgainByAnotherCall() throws Exception {
        server.timePasses = true;
        server.stopsAtOnce = false;
        server.on("Wait-Job", PipelineTest::silent);
        server.cut("Signal powershell/signal/crtl_c", Cut.ANSWER_LOST);
        try (RunspacePool pool = server.client().open()) {
            Pipeline pipeline = pool.command("Wait-Job").start();
            assertThatThrownBy(() -> pipeline.stop(Duration.ofMinutes(1))).isInstanceOf(OutcomeUnknownException.class);

            assertThatThrownBy(() -> pipeline.stop(Duration.ofMinutes(1)))
                    .isInstanceOf(PipelineStillRunningException.class);

            assertThat(server.count("Signal powershell/signal/crtl_c")).isEqualTo(1);
        }
    }

    @Test
    public void aQuestionIsRefusedPolitelyAndNamedInTheFailure() throws Exception {
        server.on("Remove-Thing", running -> running.hostCall(7, 26, "PromptForChoice"));
        try (RunspacePool pool = server.client().open()) {
            Pipeline pipeline = pool.command("Remove-Thing").start();
            server.awaitCount("Send pr pipeline", 1);
            server.onlyPipeline().fail("HostFunctionNotImplemented", "refused");

            NonInteractiveException failed =
                    catchThrowableOfType(NonInteractiveException.class, () -> pipeline.await());

            assertThat(failed).hasMessageContaining("PromptForChoice");
            PsValue answer = server.hostAnswers.get(0);
            assertThat(answer.property("ci").asLong()).isEqualTo(7);
            assertThat(answer.property("mi").asInt()).isEqualTo(26);
            assertThat(answer.property("mr").isNull()).isTrue();
            assertThat(ErrorRecord.of(answer.property("me")).message()).contains("non-interactive");
        }
    }

    @Test
    public void aRefusalThatNeverLeftIsSentLaterAndCostsNoOutput() throws Exception {
        server.cut("Send pr pipeline", FakePowerShell.Cut.REFUSED, FakePowerShell.Cut.REFUSED);
        server.on("Remove-Thing", running -> {
            running.hostCall(7, 11, "ReadLine");
            running.output("after");
            running.inOneAnswer();
        });
        try (RunspacePool pool = server.client().open()) {
            Pipeline pipeline = pool.command("Remove-Thing").start();
            server.awaitCount("Send pr pipeline", 1);
            server.onlyPipeline().complete();

            assertThat(pipeline.await().output()).extracting(PsValue::asString).containsExactly("after");
        }
        assertThat(server.hostAnswers).hasSize(1);
    }

    @Test
    public void aRefusalWithoutAnswerIsNotSentTwice() throws Exception {
        server.cut("Send pr pipeline", FakePowerShell.Cut.ANSWER_LOST);
        server.on(
                "Remove-Thing",
                running -> running.hostCall(7, 11, "ReadLine").output("after").complete());
        try (RunspacePool pool = server.client().open()) {
            assertThat(pool.command("Remove-Thing").run().output()).hasSize(1);
        }
        assertThat(server.hostAnswers).hasSize(1);
    }

    @Test
    public void nonsenseForThePoolDoesNotEndThePipeline() throws Exception {
        server.on("Wait-Job", PipelineTest::silent);
        try (RunspacePool pool = server.client().open()) {
            Pipeline pipeline = pool.command("Wait-Job").start();
            server.nonsenseForPool();
            server.awaitCount("Receive pool", 4);
            server.onlyPipeline().complete();

            assertThat(pipeline.await().gaps())
                    .extracting(OutputGap::cause)
                    .containsExactly(OutputGap.Cause.MESSAGE_UNREADABLE);
        }
    }

    @Test
    public void aHostCallThatWantsNoAnswerGetsNone() throws Exception {
        server.on("Write-Thing", running -> running.hostCall(-100, 16, "WriteLine2")
                .complete());
        try (RunspacePool pool = server.client().open()) {
            PipelineResult result = pool.command("Write-Thing").run();

            assertThat(result.refusedHostCalls()).isEmpty();
        }
        assertThat(server.hostAnswers).isEmpty();
    }

    @Test
    public void anUnknownHostMethodIsAnsweredToo() throws Exception {
        server.on("Do-Thing", running -> running.hostCall(1, 999, "Brand<New>").complete());
        try (RunspacePool pool = server.client().open()) {
            assertThat(pool.command("Do-Thing").run().refusedHostCalls()).containsExactly("number 999");
        }
        assertThat(server.hostAnswers).hasSize(1);
    }

    @Test
    public void aQuestionToThePoolIsRefusedOnceWhateverBecomesOfTheRefusal() throws Exception {
        for (Cut cut : List.of(Cut.NONE, Cut.REFUSED, Cut.ANSWER_LOST)) {
            FakePowerShell asking = new FakePowerShell().on("Wait-Job", PipelineTest::silent);
            asking.cut("Send pr pool", cut);
            try (RunspacePool pool = asking.client().open()) {
                Pipeline pipeline = pool.command("Wait-Job").start();
                asking.ask(MessageType.RUNSPACEPOOL_HOST_CALL, FakePowerShell.question(5, 11, "ReadLine"));
                asking.awaitCount("Send pr pool", 1);
                asking.onlyPipeline().output("done").complete();

                assertThat(pipeline.await().succeeded()).as("%s", cut).isTrue();
            }
            assertThat(asking.hostAnswers).as("%s", cut).hasSize(1);
            assertThat(asking.hostAnswers.get(0).property("ci").asLong()).isEqualTo(5);
            assertThat(asking.hostAnswers.get(0).property("me").isNull()).isFalse();
        }
    }

    @Test
    public void aRefusalThatThePoolDoesNotWantEndsNoPipeline() throws Exception {
        server.on("Wait-Job", PipelineTest::silent);
        server.faults.put("Send pr pool", 87L);
        server.faults.put("Send stdin pool", 87L);
        try (RunspacePool pool = server.client().open()) {
            Pipeline pipeline = pool.command("Wait-Job").start();
            server.ask(MessageType.PUBLIC_KEY_REQUEST, PsPrimitive.of(""));
            server.ask(MessageType.RUNSPACEPOOL_HOST_CALL, FakePowerShell.question(5, 11, "ReadLine"));
            server.awaitCount("Send pr pool", 1);
            server.onlyPipeline().output("done").complete();

            assertThat(pipeline.await().succeeded()).isTrue();
        }
        assertThat(server.count("Send pr pool")).isEqualTo(1);
        assertThat(server.count("Send stdin pool")).isEqualTo(1);
    }

    @Test
    public void theStateOfAnotherPipelineIsNotTakenForThisOnes() throws Exception {
        byte[] completed =
                "<Obj RefId=\"0\"><MS><I32 N=\"PipelineState\">4</I32></MS></Obj>".getBytes(StandardCharsets.UTF_8);
        Message foreign = Message.toClient(MessageType.PIPELINE_STATE, new UUID(0, 0), new UUID(6, 6), completed);
        server.on("Get-Thing", running -> {
            new Fragmenter(Fragmenter.SAFE_SIZE).split(foreign).forEach(running::raw);
            running.fail("Mine", "it failed");
        });
        try (RunspacePool pool = server.client().open()) {
            PipelineFailedException failed =
                    catchThrowableOfType(PipelineFailedException.class, () -> pool.command("Get-Thing")
                            .run());

            assertThat(failed.error().fullyQualifiedErrorId()).isEqualTo("Mine");
            assertThat(failed.soFar().gaps())
                    .extracting(OutputGap::cause)
                    .containsExactly(OutputGap.Cause.MESSAGE_UNREADABLE);
        }
    }

    @Test
    public void aPublicKeyWithoutAnswerIsNotSentTwiceAndMayHaveArrived() throws Exception {
        server.on("Set-Secret", running -> running.complete());
        server.cut("Send stdin pool", Cut.ANSWER_LOST);
        try (RunspacePool pool = server.client().open();
                PsSecureString secret = PsSecureString.of("hunter2".toCharArray())) {
            assertThat(pool.command("Set-Secret")
                            .parameter("Value", secret)
                            .run()
                            .succeeded())
                    .isTrue();
        }
        assertThat(server.count("Send stdin pool")).isEqualTo(1);
    }

    @Test
    public void aPublicKeyThatNeverLeftIsSentWithTheNextSecret() throws Exception {
        server.on("Set-Secret", running -> running.complete());
        server.cut("Send stdin pool", Cut.REFUSED);
        try (RunspacePool pool = server.client().open();
                PsSecureString secret = PsSecureString.of("hunter2".toCharArray())) {
            assertThatThrownBy(() -> pool.command("Set-Secret")
                            .parameter("Value", secret)
                            .run())
                    .isInstanceOf(ConnectionFailedException.class);
            assertThat(pool.command("Set-Secret")
                            .parameter("Value", secret)
                            .run()
                            .succeeded())
                    .isTrue();
        }
    }

    @Test
    public void aNewSessionAgreesOnAKeyOfItsOwn() throws Exception {
        server.on("Set-Secret", running -> running.complete());
        server.faults.put("Reconnect", SoapAnswer.RECONNECT_NOT_VALID);
        try (RunspacePool pool = server.client().open();
                PsSecureString secret = PsSecureString.of("hunter2".toCharArray())) {
            pool.command("Set-Secret").parameter("Value", secret).run();
            pool.disconnect();
            pool.reconnect();
            pool.command("Set-Secret").parameter("Value", secret).run();

            assertThat(server.ledger).containsSubsequence("Send stdin pool", "Connect pool", "Send stdin pool");
        }
    }

    @Test
    public void aClosedPoolDecryptsNothing() throws Exception {
        server.on("Get-Secret", running -> running.say(
                        MessageType.PIPELINE_OUTPUT, PsSecureString.of("abc".toCharArray()))
                .complete());
        RunspacePool pool = server.client().open();
        pool.exchangeKey();
        PsSecureString sealed =
                (PsSecureString) pool.command("Get-Secret").run().output().get(0);
        pool.unseal(sealed).close();

        pool.close();

        assertThatThrownBy(() -> pool.unseal(sealed)).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    public void secretsAreFoundWhereverTheyAreAndTheirCopiesWiped() {
        PsSecureString secret = PsSecureString.of("hunter2".toCharArray());
        PsObject list = PsObject.list(TypeNames.OBJECT_ARRAY, List.of(PsPrimitive.of(1), secret));
        assertThat(Secrets.within(list)).isTrue();
        assertThat(Secrets.within(
                        PsObject.dictionary(TypeNames.HASHTABLE, List.of(new PsEntry(PsPrimitive.of("k"), list)))))
                .isTrue();
        assertThat(Secrets.within(PsObject.builder().extended("e", list).build()))
                .isTrue();
        assertThat(Secrets.within(PsObject.credential("me", secret))).isTrue();
        assertThat(Secrets.within(PsObject.list(TypeNames.OBJECT_ARRAY, List.of(PsPrimitive.of("x")))))
                .isFalse();

        PsValue copy;
        try (PasswordCredentials credentials = new PasswordCredentials("me", "s3cret".toCharArray());
                Secrets secrets = new Secrets()) {
            copy = Argument.of(credentials).value(secrets).property("Password");
            assertThat(((PsSecureString) copy).reveal()).isEqualTo("s3cret".toCharArray());
        }
        PsSecureString wiped = (PsSecureString) copy;
        assertThatThrownBy(wiped::reveal).isInstanceOf(IllegalStateException.class);
        assertThat(secret.reveal()).as("the caller's own").isEqualTo("hunter2".toCharArray());
    }

    @Test
    public void aLaterProtocolVersionSendsMoreAtATime() throws Exception {
        Map<String, Long> sends = new HashMap<>();
        for (String version : List.of("2.1", "2.3")) {
            FakePowerShell capable = new FakePowerShell().on("Get-Thing", running -> running.complete());
            capable.protocolVersion = version;
            try (RunspacePool pool = capable.client().open()) {
                assertThat(pool.command("Get-Thing")
                                .parameter("Text", "x".repeat(1_000_000))
                                .run()
                                .succeeded())
                        .isTrue();
            }
            sends.put(version, capable.count("Send stdin pipeline"));
        }
        assertThat(sends).containsEntry("2.1", 10L).containsEntry("2.3", 3L);
    }

    @Test
    public void aPipelineIsStartedOnce() throws Exception {
        server.on("Get-Thing", running -> running.complete());
        try (RunspacePool pool = server.client().open()) {
            PipelineBuilder builder = pool.command("Get-Thing");
            builder.run();
            assertThatThrownBy(builder::start).isInstanceOf(IllegalStateException.class);
        }
        assertThat(server.count("Command")).isEqualTo(1);
    }

    @Test
    public void noMoreBytesThanAgreedAreKept() {
        PipelineRecords records = new PipelineRecords(PipelineListener.NONE, 10);
        records.output(PsPrimitive.of("a"), 40 << 20);
        records.output(PsPrimitive.of("b"), 40 << 20);

        PipelineResult result = records.result(PipelineState.COMPLETED);

        assertThat(result.output()).extracting(PsValue::asString).containsExactly("a");
        assertThat(result.gaps()).extracting(OutputGap::cause).containsExactly(OutputGap.Cause.NOT_KEPT);
    }

    @Test
    public void secretsTravelEncrypted() throws Exception {
        server.on("Set-Secret", running -> running.complete());
        try (RunspacePool pool = server.client().open();
                PsSecureString secret = PsSecureString.of("h\u00fcnter2".toCharArray());
                PasswordCredentials credentials = new PasswordCredentials("CONTOSO\\me", "s3cret".toCharArray())) {
            pool.command("Set-Secret")
                    .parameter("Value", secret)
                    .parameter("Credential", credentials)
                    .run();
            pool.command("Set-Secret").parameter("Value", secret).run();

            List<PsValue> arguments = sentCommand(0).property("Args").items();
            assertThat(server.reveal(arguments.get(0).property("V"))).isEqualTo("h\u00fcnter2".toCharArray());
            PsValue credential = arguments.get(1).property("V");
            assertThat(credential.property("UserName").asString()).isEqualTo("CONTOSO\\me");
            assertThat(server.reveal(credential.property("Password"))).isEqualTo("s3cret".toCharArray());
        }
        assertThat(server.count("Send stdin pool")).as("one key exchange").isEqualTo(1);
    }

    @Test
    public void withoutASessionKeyNoSecretAndNoPipelineIsSent() throws Exception {
        server.answersKeys = false;
        server.whileSilent = () -> server.clock.advance(Duration.ofSeconds(20));
        try (RunspacePool pool = server.client().open();
                PsSecureString secret = PsSecureString.of("hunter2".toCharArray())) {
            assertThatThrownBy(() -> pool.command("Set-Secret")
                            .parameter("Value", secret)
                            .run())
                    .isInstanceOf(KeyExchangeException.class)
                    .hasMessageContaining("PT1M");
        }
        assertThat(server.count("Command")).isZero();
        assertThat(server.count("Send stdin pool")).isEqualTo(1);
    }

    @Test
    public void aServerThatWantsAKeyWhileAPipelineRunsGetsOne() throws Exception {
        server.on("Get-Secret", PipelineTest::silent);
        try (RunspacePool pool = server.client().open()) {
            Pipeline pipeline = pool.command("Get-Secret").start();
            server.ask(MessageType.PUBLIC_KEY_REQUEST, PsPrimitive.of(""));
            server.ask(MessageType.PUBLIC_KEY_REQUEST, PsPrimitive.of(""));
            server.awaitCount("Send stdin pool", 1);
            server.onlyPipeline()
                    .say(MessageType.PIPELINE_OUTPUT, PsSecureString.of("abc".toCharArray()))
                    .complete();

            PipelineResult result = pipeline.await();

            PsSecureString sealed = (PsSecureString) result.output().get(0);
            pool.exchangeKey();
            try (PsSecureString open = pool.unseal(sealed)) {
                assertThat(open.reveal()).isEqualTo("abc".toCharArray());
            }
        }
        assertThat(server.count("Send stdin pool")).as("one key exchange").isEqualTo(1);
    }

    @Test
    public void aPoolThatBreaksWhileThePipelineIsSilentIsNoticed() throws Exception {
        server.on("Wait-Job", PipelineTest::silent);
        RunspacePool pool = server.client().open();
        Pipeline pipeline = pool.command("Wait-Job").start();

        server.breakPool();

        assertThatThrownBy(pipeline::await)
                .isInstanceOf(PipelineUnreachableException.class)
                .hasCauseInstanceOf(PoolBrokenException.class);
        pool.close();
        assertThat(server.count("Delete")).as("what runs is not killed").isZero();
    }

    @Test
    public void anUnreadableMessageIsAGapAndNotTheEnd() throws Exception {
        server.on("Get-Thing", running -> {
            running.output("one");
            running.fragments(MessageType.PIPELINE_OUTPUT, new byte[] {'<', 'x'})
                    .forEach(running::raw);
            running.output("two").complete();
        });
        try (RunspacePool pool = server.client().open()) {
            PipelineResult result = pool.command("Get-Thing").run();

            assertThat(result.output()).extracting(PsValue::asString).containsExactly("one", "two");
            assertThat(result.gaps()).extracting(OutputGap::cause).containsExactly(OutputGap.Cause.MESSAGE_UNREADABLE);
            assertThat(result.succeeded()).isFalse();
        }
    }

    @Test
    public void aMessageThatIsCutOffByTheEndIsAGap() throws Exception {
        server.on("Get-Thing", running -> {
            List<byte[]> message = running.fragments(MessageType.PIPELINE_OUTPUT, new byte[Fragmenter.SAFE_SIZE]);
            running.output("whole").raw(message.get(0)).complete();
        });
        try (RunspacePool pool = server.client().open()) {
            PipelineResult result = pool.command("Get-Thing").run();

            assertThat(result.output()).hasSize(1);
            assertThat(result.succeeded()).isFalse();
            assertThat(result.gaps()).extracting(OutputGap::cause).containsExactly(OutputGap.Cause.MESSAGES_MISSING);
        }
    }

    @Test
    public void aCompletedPipelineThatWroteAnErrorIsNoSuccess() throws Exception {
        server.on("Get-Thing", running -> running.output("some")
                .say(MessageType.ERROR_RECORD, FakePowerShell.errorRecord("NotThere", "one of them is missing"))
                .complete());
        try (RunspacePool pool = server.client().open()) {
            PipelineResult result = pool.command("Get-Thing").run();

            assertThat(result.state()).isEqualTo(PipelineState.COMPLETED);
            assertThat(result.isComplete()).isTrue();
            assertThat(result.errors())
                    .extracting(ErrorRecord::fullyQualifiedErrorId)
                    .containsExactly("NotThere");
            assertThat(result.succeeded()).isFalse();
        }
    }

    @Test
    public void anEndWithoutAStateIsNoSuccess() throws Exception {
        server.on("Get-Thing", running -> running.output("one").done());
        try (RunspacePool pool = server.client().open()) {
            assertThatThrownBy(() -> pool.command("Get-Thing").run())
                    .isInstanceOf(PipelineGoneException.class)
                    .hasMessageContaining("without saying its state");
        }
    }

    @Test
    public void aListenerThatThrowsIsNotCalledAgainAndHarmsNothing() throws Exception {
        List<String> calls = new ArrayList<>();
        server.on("Get-Thing", running -> running.output("one").output("two").complete());
        try (RunspacePool pool = server.client().open()) {
            PipelineResult result = pool.command("Get-Thing")
                    .listener(new PipelineListener() {
                        @Override
                        public void output(PsValue value) {
                            calls.add(value.asString());
                            throw new IllegalStateException("disk full");
                        }
                    })
                    .run();

            assertThat(calls).containsExactly("one");
            assertThat(result.output()).hasSize(2);
            assertThat(result.gaps()).extracting(OutputGap::cause).containsExactly(OutputGap.Cause.LISTENER_FAILED);
        }
    }

    @Test
    public void aListenerThatWouldWaitForItselfIsToldSo() throws Exception {
        List<Throwable> refusals = new ArrayList<>();
        CountDownLatch started = new CountDownLatch(1);
        AtomicReference<Pipeline> pipeline = new AtomicReference<>();
        server.on("Get-Thing", running -> running.output("1").complete());
        try (RunspacePool pool = server.client().open()) {
            pipeline.set(pool.command("Get-Thing")
                    .listener(new PipelineListener() {
                        @Override
                        public void output(PsValue value) {
                            refusals.add(catchThrowable(started::await));
                            refusals.add(catchThrowable(() -> pipeline.get().await()));
                            refusals.add(catchThrowable(() -> pipeline.get().await(Duration.ofHours(1))));
                            refusals.add(catchThrowable(() -> pipeline.get().stop(Duration.ofHours(1))));
                            refusals.add(catchThrowable(() -> pipeline.get().detach()));
                        }
                    })
                    .start());
            started.countDown();

            assertThat(pipeline.get().await().succeeded()).isTrue();
        }
        assertThat(refusals.subList(1, refusals.size())).hasSize(4).allSatisfy(refusal -> assertThat(refusal)
                .isInstanceOf(IllegalStateException.class));
    }

    @Test
    public void aListenerMayForbidTheStart() throws Exception {
        try (RunspacePool pool = server.client().open()) {
            PipelineListener journalIsFull = new PipelineListener() {
                @Override
                public void starting(DetachedPipeline ids) {
                    throw new IllegalStateException("the journal can't be written");
                }
            };
            assertThatThrownBy(() -> pool.command("Start-SecretRotation")
                            .listener(journalIsFull)
                            .start())
                    .hasMessage("the journal can't be written");
            assertThat(server.count("Command")).isZero();

            server.on("Get-Date", running -> running.complete());
            pool.command("Get-Date").run();
        }
    }

    @Test
    public void noMoreThanAgreedIsKept() throws Exception {
        server.on("Get-Thing", running -> {
            for (int i = 0; i < 10; i++) {
                running.output("" + i);
            }
            running.complete();
        });
        try (RunspacePool pool = server.client().keptRecords(4).open()) {
            PipelineResult result = pool.command("Get-Thing").listener(heard).run();

            assertThat(result.output()).hasSize(4);
            assertThat(result.gaps()).extracting(OutputGap::cause).containsExactly(OutputGap.Cause.NOT_KEPT);
            assertThat(heard.lines)
                    .filteredOn(line -> line.startsWith("output"))
                    .hasSize(10);
        }
    }

    @Test
    public void nothingPrintsAnArgument() throws Exception {
        server.on("Get-Thing", running -> running.complete());
        try (RunspacePool pool = server.client().open();
                PasswordCredentials credentials = new PasswordCredentials("me", "canary".toCharArray())) {
            PipelineBuilder builder = pool.command("Get-Thing")
                    .parameter("Password", "canary")
                    .parameter("Credential", credentials)
                    .argument("canary");
            Command command = new Command(
                    "Get-Thing",
                    false,
                    List.of(new Command.Parameter(
                            "Password",
                            Argument.of(io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive.of("canary")))),
                    false);
            Pipeline pipeline = builder.start();
            PipelineResult result = pipeline.await();

            assertThat(List.of(
                            builder,
                            command,
                            command.parameters(),
                            pipeline,
                            result,
                            pool,
                            pipeline.ids(),
                            server.client()))
                    .allSatisfy(thing -> assertThat(thing.toString()).doesNotContain("canary"));
        }
    }
}
