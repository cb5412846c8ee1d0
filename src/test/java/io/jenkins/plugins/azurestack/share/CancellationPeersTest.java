package io.jenkins.plugins.azurestack.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.peer.LibraryLog;
import io.jenkins.plugins.azurestack.peer.Samba;
import io.jenkins.plugins.azurestack.share.ServedFolder.Notes;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;

/** A server's answers are lost on their way, and whoever waits for one is told to stop. */
public class CancellationPeersTest {
    @ClassRule
    public static final ServedFolder SERVED = new ServedFolder();

    @Rule
    public final LibraryLog log = new LibraryLog(Level.OFF);

    /** So long that nobody would wait for the end of it. */
    private static final ShareLimits PATIENT = new ShareLimits(Duration.ofSeconds(20), Duration.ofDays(1));

    private final CountDownLatch withheld = new CountDownLatch(1);
    private final AtomicReference<CertificatesFolder> open = new AtomicReference<>();
    private final AtomicReference<IOException> thrown = new AtomicReference<>();
    private final Notes notes = new Notes();
    private volatile boolean stayedInterrupted;
    private volatile boolean withholdFromNowOn;

    @After
    public void clear() throws IOException {
        SERVED.clear();
    }

    @Test
    public void closingEndsReadingAtOnce() throws Exception {
        final Thread worker = start(() -> withholdFromNowOn = true, false);
        withheld.await();

        open.get().close();
        worker.join();

        assertThat(thrown.get()).isInstanceOf(ShareCancelledException.class).hasMessageContaining("was cancelled");
    }

    @Test
    public void closingEndsWritingAtOnceAndSaysThatItsOutcomeIsUnknown() throws Exception {
        final Thread worker = start(() -> {}, true);
        withheld.await();

        open.get().close();
        worker.join();

        assertThat(thrown.get())
                .isInstanceOf(ShareOutcomeUnknownException.class)
                .hasMessageContaining("was closed while it was asked to");
        assertThat(notes.written).isEmpty();
    }

    @Test
    public void interruptingEndsReadingAtOnceAndTheThreadStaysInterrupted() throws Exception {
        final Thread worker = start(() -> withholdFromNowOn = true, false);
        withheld.await();

        worker.interrupt();
        worker.join();

        assertThat(thrown.get()).isInstanceOf(ShareCancelledException.class);
        assertThat(stayedInterrupted).isTrue();
    }

    @Test
    public void interruptingEndsWritingAtOnceAndTheThreadStaysInterrupted() throws Exception {
        final Thread worker = start(() -> {}, true);
        withheld.await();

        worker.interrupt();
        worker.join();

        assertThat(thrown.get()).isInstanceOf(ShareOutcomeUnknownException.class);
        assertThat(stayedInterrupted).isTrue();
    }

    @Test
    public void interruptingEndsOpeningAtOnceAndTheThreadStaysInterrupted() throws Exception {
        withholdFromNowOn = true;
        final Thread worker = start(() -> {}, false);
        withheld.await();

        worker.interrupt();
        worker.join();

        assertThat(thrown.get()).isInstanceOf(ShareCancelledException.class);
        assertThat(stayedInterrupted).isTrue();
    }

    private Thread start(final Runnable onceOpen, final boolean withholdOnceWriting) {
        final MeddlingNetwork network = new MeddlingNetwork(SERVED.samba().port(), message -> {
            if (withholdFromNowOn || withholdOnceWriting && !notes.intended.isEmpty()) {
                withheld.countDown();
                return null;
            }
            return message;
        });
        final Thread worker = new Thread(() -> {
            try {
                open.set(new ShareClient(network, new SecureRandom(), PATIENT)
                        .open(ServedFolder.path(Samba.SHARE), ServedFolder.credentials(), Protection.SIGNED));
                onceOpen.run();
                open.get().stage(ServedFolder.set(), notes);
            } catch (IOException e) {
                thrown.set(e);
                stayedInterrupted = Thread.currentThread().isInterrupted();
            }
        });
        worker.start();
        return worker;
    }
}
