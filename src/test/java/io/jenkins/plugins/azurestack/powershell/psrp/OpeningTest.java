package io.jenkins.plugins.azurestack.powershell.psrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.azurestack.powershell.psrp.FakePowerShell.Cut;
import io.jenkins.plugins.azurestack.powershell.wsman.AccessDeniedException;
import io.jenkins.plugins.azurestack.powershell.wsman.ConnectionFailedException;
import io.jenkins.plugins.azurestack.powershell.wsman.LogonRefusedException;
import io.jenkins.plugins.azurestack.powershell.wsman.OutcomeUnknownException;
import io.jenkins.plugins.azurestack.powershell.wsman.UnknownConfigurationException;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManEndpoint;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Opening and closing a pool, and what can go wrong with it. */
public class OpeningTest {
    @Rule
    public final Timeout limit = Timeout.seconds(60);

    private final FakePowerShell server = new FakePowerShell();

    @Test
    public void aPoolOpensAndCloses() throws Exception {
        RunspacePool pool = server.client().open();
        assertThat(pool.state()).isEqualTo(RunspacePoolState.OPENED);

        pool.close();
        pool.close();

        assertThat(pool.state()).isEqualTo(RunspacePoolState.CLOSED);
        assertThat(server.count("Delete")).isEqualTo(1);
        assertThatThrownBy(() -> pool.command("Get-Date").start()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    public void theLowerVersionCounts() throws Exception {
        server.protocolVersion = "2.1";
        try (RunspacePool pool = server.client().open()) {
            assertThat(pool.protocolVersion()).isEqualTo(ProtocolVersion.V2_1);
        }
    }

    @Test
    public void aLaterMinorVersionIsAnsweredWithOurs() throws Exception {
        server.protocolVersion = "2.9";
        try (RunspacePool pool = server.client().open()) {
            assertThat(pool.protocolVersion()).isEqualTo(ProtocolVersion.V2_3);
        }
    }

    @Test
    public void anotherMajorVersionIsRefusedAndTheShellGivenBack() throws Exception {
        server.protocolVersion = "3.0";

        assertThatThrownBy(() -> server.client().open())
                .isInstanceOf(UnsupportedProtocolException.class)
                .hasMessageContaining("version 3.0");

        server.awaitCount("Delete", 1);
    }

    @Test
    public void aPoolThatBreaksSaysWhy() throws Exception {
        server.breaksWith = FakePowerShell.errorRecord("RunspaceInitFailed", "no module of that name");

        PoolBrokenException broken = catchThrowableOfType(
                PoolBrokenException.class, () -> server.client().open());

        assertThat(broken).hasMessageContaining("no module of that name");
        assertThat(broken.reason().orElseThrow().fullyQualifiedErrorId()).isEqualTo("RunspaceInitFailed");
        server.awaitCount("Delete", 1);
    }

    @Test
    public void aPoolThatDoesNotOpenInTimeIsGivenBack() throws Exception {
        server.opens = false;
        server.whileSilent = () -> server.clock.advance(Duration.ofSeconds(20));

        assertThatThrownBy(
                        () -> server.client().openLimit(Duration.ofMinutes(2)).open())
                .isInstanceOf(PoolOpenTimeoutException.class)
                .hasMessageContaining("PT2M");

        server.awaitCount("Delete", 1);
    }

    @Test
    public void anUnknownConfigurationHasItsOwnException() {
        server.faults.put("Create", SoapAnswer.NO_SUCH_CONFIGURATION);

        assertThatThrownBy(() -> server.client().open()).isInstanceOf(UnknownConfigurationException.class);
        assertThat(server.ledger).containsExactly("Create");
    }

    @Test
    public void aUserWithoutARoleHasItsOwnException() {
        server.faults.put("Create", SoapAnswer.ACCESS_DENIED);

        assertThatThrownBy(() -> server.client().open()).isInstanceOf(AccessDeniedException.class);
        assertThat(server.ledger).containsExactly("Create");
    }

    @Test
    public void aWrongPasswordIsSentOnce() {
        server.cut("Create", Cut.LOGON_REFUSED);

        assertThatThrownBy(() -> server.client().open()).isInstanceOf(LogonRefusedException.class);
        assertThat(server.ledger).isEmpty();
    }

    @Test
    public void aServerOutOfReachHasMadeNothingToGiveBack() {
        server.cut("Create", Cut.REFUSED);

        assertThatThrownBy(() -> server.client().open()).isInstanceOf(ConnectionFailedException.class);
        assertThat(server.ledger).isEmpty();
    }

    @Test
    public void aCreateWithoutAnswerIsNotRepeatedAndItsShellGivenBack() throws Exception {
        server.cut("Create", Cut.ANSWER_LOST);

        assertThatThrownBy(() -> server.client().open()).isInstanceOf(OutcomeUnknownException.class);

        server.awaitCount("Delete", 1);
        assertThat(server.count("Create")).isEqualTo(1);
        assertThat(server.shells).isEmpty();
    }

    @Test
    public void aLostReceiveWhileOpeningIsAskedAgain() throws Exception {
        server.cut("Receive pool", Cut.REQUEST_TORN, Cut.REFUSED, Cut.REQUEST_VANISHED);
        try (RunspacePool pool = server.client().open()) {
            assertThat(pool.state()).isEqualTo(RunspacePoolState.OPENED);
        }
    }

    @Test
    public void anInterruptEndsTheWaitAtOnceAndGivesTheShellBack() throws Exception {
        server.opens = false;
        FutureTask<RunspacePool> opening =
                new FutureTask<>(() -> server.client().open());
        Thread thread = new Thread(opening);
        thread.start();
        server.awaitCount("silent Receive pool", 1);

        thread.interrupt();

        assertThatThrownBy(opening::get).hasCauseInstanceOf(InterruptedException.class);
        server.awaitCount("Delete", 1);
    }

    @Test
    public void anIdleSessionIsLeftAndTakenUpAgain() throws Exception {
        try (RunspacePool pool = server.client().open()) {
            pool.disconnect();
            assertThatThrownBy(() -> pool.command("Get-Date").start()).isInstanceOf(IllegalStateException.class);
            pool.reconnect();
            assertThat(pool.state()).isEqualTo(RunspacePoolState.OPENED);
        }
        assertThat(server.count("Delete")).isEqualTo(1);
    }

    @Test
    public void closingDoesNotDeleteASessionThatWasLeft() throws Exception {
        RunspacePool pool = server.client().open();
        pool.disconnect();

        pool.close();

        assertThat(server.count("Delete")).isZero();
        assertThat(server.shells).hasSize(1);
    }

    @Test
    public void noPipelineStartsWhileASessionIsBeingLeft() throws Exception {
        CountDownLatch leaving = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        server.on("Get-Date", running -> running.complete());
        server.onDisconnect = () -> {
            leaving.countDown();
            server.hold(release);
        };
        RunspacePool pool = server.client().open();
        FutureTask<Void> disconnecting = new FutureTask<>(() -> {
            pool.disconnect();
            return null;
        });
        new Thread(disconnecting).start();
        leaving.await();

        assertThatThrownBy(() -> pool.command("Get-Date").start()).isInstanceOf(IllegalStateException.class);

        release.countDown();
        disconnecting.get();
        assertThat(pool.state()).isEqualTo(RunspacePoolState.DISCONNECTED);
        pool.close();
    }

    @Test
    public void aSessionIsLeftEvenIfNobodyWaitsForThatAnyMore() throws Exception {
        CountDownLatch leaving = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        server.onDisconnect = () -> {
            leaving.countDown();
            server.hold(release);
        };
        RunspacePool pool = server.client().open();
        Thread leaver = new Thread(() -> catchThrowable(pool::disconnect));
        leaver.start();
        leaving.await();
        leaver.interrupt();
        leaver.join();
        Thread closer = new Thread(pool::close);
        closer.start();
        release.countDown();
        closer.join();

        assertThat(server.ledger).doesNotContain("Delete", "interrupted");
        assertThat(server.count("Disconnect")).isEqualTo(1);
    }

    @Test
    public void comingBackCanBeTriedAgain() throws Exception {
        try (RunspacePool pool = server.client().open()) {
            pool.disconnect();
            server.cut("Reconnect", Cut.REFUSED);

            assertThatThrownBy(pool::reconnect).isInstanceOf(ConnectionFailedException.class);

            assertThat(pool.state()).isEqualTo(RunspacePoolState.DISCONNECTED);
            pool.reconnect();
            assertThat(pool.state()).isEqualTo(RunspacePoolState.OPENED);
        }
    }

    @Test
    public void aDescriptionThatLacksSomethingIsRefusedBeforeAnythingIsSent() {
        WsManEndpoint endpoint = WsManEndpoint.https("127.0.0.1");
        assertThatThrownBy(() -> RunspacePool.at(endpoint, "Privileged Endpoint"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RunspacePool.at(endpoint, "PrivilegedEndpoint").open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("credentials");
    }
}
