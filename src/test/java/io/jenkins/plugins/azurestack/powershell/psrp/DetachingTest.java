package io.jenkins.plugins.azurestack.powershell.psrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.psrp.FakePowerShell.Cut;
import io.jenkins.plugins.azurestack.powershell.wsman.SoapChannel;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManClient;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManEndpoint;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Leaving a running pipeline alone, and coming back to it from another client. */
public class DetachingTest {
    @Rule
    public final Timeout limit = Timeout.seconds(60);

    private final FakePowerShell server = new FakePowerShell();
    private final RecordedConversationsTest.Heard heard = new RecordedConversationsTest.Heard();

    @Before
    public void rotationTakesLong() {
        server.on("Start-SecretRotation", running -> running.output("step 1"));
    }

    private Pipeline started() throws Exception {
        Pipeline pipeline = server.client()
                .open()
                .command("Start-SecretRotation")
                .listener(heard)
                .start();
        server.awaitCount("silent Receive pipeline", 1);
        return pipeline;
    }

    private void nothingWasStoppedOrDeleted() {
        assertThat(server.ledger).noneMatch(line -> line.startsWith("Signal") || line.equals("Delete"));
        assertThat(server.onlyShell()).isNotNull();
    }

    @Test
    public void leavingDisconnectsAndNeitherStopsNorDeletes() throws Exception {
        Pipeline pipeline = started();

        DetachedPipeline ids = pipeline.detach().orElseThrow();

        assertThat(ids.disconnected()).isTrue();
        assertThat(ids.lastObjectSeen()).isEqualTo(4);
        assertThat(ids.configurationName()).isEqualTo("PrivilegedEndpoint");
        assertThat(server.count("Disconnect")).isEqualTo(1);
        assertThat(server.onlyShell().connected).as("nobody came back to it").isFalse();
        nothingWasStoppedOrDeleted();
        assertThat(pipeline.state()).isEqualTo(PipelineState.DISCONNECTED);
        assertThatThrownBy(pipeline::await).isInstanceOf(PipelineDetachedException.class);
        assertThat(heard.lines).containsExactly("output step 1");
    }

    @Test
    public void anotherClientReconnectsAndFollowsToTheEnd() throws Exception {
        DetachedPipeline ids = started().detach().orElseThrow();
        server.onlyPipeline().output("step 2").complete();

        Pipeline again = server.client().reattach(DetachedPipeline.fromMap(ids.toMap()), heard);
        PipelineResult result = again.await();

        assertThat(result.succeeded()).isTrue();
        assertThat(result.output()).extracting(PsValue::asString).containsExactly("step 2");
        assertThat(heard.lines).containsExactly("output step 1", "output step 2");
        assertThat(server.count("Reconnect")).isEqualTo(1);
        assertThat(server.count("Command")).isEqualTo(1);
        again.pool().close();
        assertThat(server.shells).isEmpty();
    }

    @Test
    public void aClientThatMayNotReconnectConnectsAsANewSession() throws Exception {
        DetachedPipeline ids = started().detach().orElseThrow();
        server.onlyShell().session = "uuid:SOMEBODY-ELSE";
        server.onlyPipeline().output("step 2").complete();

        Pipeline again = server.client().reattach(ids, heard);

        assertThat(again.await().succeeded()).isTrue();
        assertThat(server.ledger).containsSubsequence("Reconnect", "Connect pool", "Connect pipeline");
        assertThat(again.ids().sessionId()).isNotEqualTo(ids.sessionId());
        again.pool().close();
    }

    @Test
    public void aClientThatComesBackBeforeTheServerNoticedSimplyReceives() throws Exception {
        List<DetachedPipeline> journal = new ArrayList<>();
        RunspacePool lost = server.client().open();
        lost.command("Start-SecretRotation")
                .listener(new PipelineListener() {
                    @Override
                    public void started(DetachedPipeline ids) {
                        journal.add(ids);
                    }
                })
                .start();
        server.awaitCount("silent Receive pipeline", 1);
        DetachedPipeline writtenBefore = journal.get(0);
        assertThat(writtenBefore.disconnected()).isFalse();
        server.killClients();
        server.onlyPipeline().output("step 2").complete();

        Pipeline again = server.client().reattach(writtenBefore, heard);
        PipelineResult result = again.await();

        assertThat(result.state()).isEqualTo(PipelineState.COMPLETED);
        assertThat(result.gaps()).as("the crashed client had heard step 1").isNotEmpty();
        again.pool().close();
    }

    @Test
    public void earlierOutputThatNobodyWroteDownIsSaidToBeMissing() throws Exception {
        DetachedPipeline ids = started().detach().orElseThrow();
        DetachedPipeline old = new DetachedPipeline(
                ids.shellId(),
                ids.commandId(),
                ids.sessionId(),
                ids.poolId(),
                ids.protocolVersion(),
                ids.resourceUri(),
                3,
                false);
        server.onlyPipeline().output("step 2").complete();

        Pipeline again = server.client().reattach(old, heard);

        assertThat(again.await().gaps())
                .extracting(OutputGap::cause)
                .containsExactly(OutputGap.Cause.EARLIER_OUTPUT_NOT_SEEN);
        again.pool().close();
    }

    @Test
    public void aShellThatIsGoneIsSaidToBeGone() throws Exception {
        DetachedPipeline ids = started().detach().orElseThrow();
        server.shells.clear();

        assertThatThrownBy(() -> server.client().reattach(ids, heard)).isInstanceOf(PipelineGoneException.class);
    }

    @Test
    public void leavingWithoutTheServersWordLeavesAllTheSame() throws Exception {
        for (Cut cut : List.of(Cut.REFUSED, Cut.REQUEST_TORN, Cut.ANSWER_LOST)) {
            server.shells.clear();
            server.ledger.clear();
            Pipeline pipeline = started();
            server.cut("Disconnect", cut);

            DetachedPipeline ids = pipeline.detach().orElseThrow();

            assertThat(ids.disconnected()).isFalse();
            nothingWasStoppedOrDeleted();
            assertThatThrownBy(pipeline::await).isInstanceOf(PipelineDetachedException.class);
            assertThat(pipeline.pool().toString()).isNotEmpty();
        }
    }

    @Test
    public void leavingDuringAnOutageDoesNotWaitForItsEnd() throws Exception {
        RunspacePoolBuilder patient = server.client().pauses(Pauses.REAL);
        Pipeline pipeline =
                patient.open().command("Start-SecretRotation").listener(heard).start();
        Cut[] away = new Cut[500];
        java.util.Arrays.fill(away, Cut.REFUSED);
        server.cut("Receive pipeline", away).cut("Disconnect", Cut.REFUSED);

        DetachedPipeline ids = pipeline.detach().orElseThrow();

        assertThat(ids.disconnected()).isFalse();
        assertThatThrownBy(pipeline::await).isInstanceOf(PipelineDetachedException.class);
        nothingWasStoppedOrDeleted();
    }

    @Test
    public void closingAPoolLeavesItsPipelineRunning() throws Exception {
        Pipeline pipeline = started();

        pipeline.pool().close();
        pipeline.pool().close();

        assertThat(server.count("Disconnect")).isEqualTo(1);
        nothingWasStoppedOrDeleted();
        assertThatThrownBy(pipeline::await).isInstanceOf(PipelineDetachedException.class);
    }

    @Test
    public void onlyDeletingKills() throws Exception {
        Pipeline pipeline = started();

        pipeline.pool().kill();

        assertThat(server.count("Delete")).isEqualTo(1);
        assertThat(server.shells).isEmpty();
        assertThatThrownBy(pipeline::await).isInstanceOf(PipelineException.class);
    }

    @Test
    public void whatWasLeftIsNotSaidToBeKilled() throws Exception {
        Pipeline pipeline = started();
        pipeline.detach();

        assertThatThrownBy(() -> pipeline.pool().kill())
                .isInstanceOf(PoolClosedException.class)
                .hasMessageContaining("runs on");
        nothingWasStoppedOrDeleted();
    }

    @Test
    public void leavingWhatHasEndedIsNothing() throws Exception {
        Pipeline pipeline = started();
        server.onlyPipeline().complete();
        pipeline.await();

        assertThat(pipeline.detach()).isEmpty();

        pipeline.pool().close();
        assertThat(server.count("Delete")).isEqualTo(1);
        assertThat(server.count("Disconnect")).isZero();
    }

    @Test
    public void anInterruptedLeaverHasLeftNevertheless() throws Exception {
        Pipeline pipeline = started();
        synchronized (server) {
            // while this is held the server can't answer the Disconnect
            Thread.currentThread().interrupt();
            assertThatThrownBy(pipeline::detach).isInstanceOf(InterruptedException.class);
        }

        server.awaitCount("Disconnect", 1);
        assertThatThrownBy(() -> pipeline.await(Duration.ofDays(1))).isInstanceOf(PipelineDetachedException.class);
        nothingWasStoppedOrDeleted();
    }

    @Test
    public void theIdsAreKnownBeforeAnythingIsSent() throws Exception {
        Map<String, Long> commandsThen = new HashMap<>();
        RunspacePool pool = server.client().open();
        pool.command("Start-SecretRotation")
                .listener(new PipelineListener() {
                    @Override
                    public void starting(DetachedPipeline ids) {
                        commandsThen.put(ids.commandId(), server.count("Command"));
                    }
                })
                .start();

        assertThat(commandsThen).containsExactly(Map.entry(server.onlyPipeline().id, 0L));
        pool.close();
    }

    @Test
    public void theIdsSurviveBeingWrittenDown() throws Exception {
        DetachedPipeline ids = started().detach().orElseThrow();

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(ids);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(ids);
        }
        assertThat(DetachedPipeline.fromMap(ids.toMap())).isEqualTo(ids);
        Map<String, String> late = ids.toMap();
        late.put("lastObjectSeen", "18446744073709551615");
        assertThat(DetachedPipeline.fromMap(late).toMap()).isEqualTo(late);
        Map<String, String> torn = ids.toMap();
        torn.remove("sessionId");
        assertThatThrownBy(() -> DetachedPipeline.fromMap(torn))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sessionId");
    }

    @Test
    public void anotherConfigurationsPipelineIsNotLookedFor() throws Exception {
        DetachedPipeline ids = started().detach().orElseThrow();
        Map<String, String> other = ids.toMap();
        other.put("resourceUri", "http://schemas.microsoft.com/powershell/Other");

        assertThatThrownBy(() -> server.client().reattach(DetachedPipeline.fromMap(other), heard))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void whoLeavesWhileComingBackStaysAway() throws Exception {
        CompletableFuture<Pipeline> started = new CompletableFuture<>();
        CountDownLatch closed = new CountDownLatch(1);
        AtomicInteger sessions = new AtomicInteger();
        server.on("Wait-Job", running -> server.disconnectShells());
        server.faults.put("Reconnect", SoapAnswer.RECONNECT_NOT_VALID);
        server.cut("Disconnect", Cut.REFUSED);
        RunspacePool pool = server.client()
                .clients(session -> {
                    if (sessions.incrementAndGet() == 2) {
                        leaveInTheBackground(started, closed);
                    }
                    return WsManClient.to(WsManEndpoint.https("127.0.0.1"), FakePowerShell.CONFIGURATION)
                            .sessionId(session)
                            .channels(telling(server.channel(), closed), server.channel())
                            .build();
                })
                .open();
        Pipeline pipeline = pool.command("Wait-Job").start();
        started.complete(pipeline);

        assertThatThrownBy(pipeline::await).isInstanceOf(PipelineDetachedException.class);
        assertThat(server.count("Connect pipeline")).isZero();
    }

    /** Returns when the connections of the first session are closed. */
    private static void leaveInTheBackground(CompletableFuture<Pipeline> started, CountDownLatch closed) {
        Thread leaver = new Thread(() -> catchThrowable(() -> started.get().detach()));
        leaver.start();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static SoapChannel telling(SoapChannel channel, CountDownLatch closed) {
        return new SoapChannel() {
            @Override
            public byte[] exchange(byte[] envelope, Duration limit) throws WsManException {
                return channel.exchange(envelope, limit);
            }

            @Override
            public void close() {
                channel.close();
                closed.countDown();
            }
        };
    }
}
