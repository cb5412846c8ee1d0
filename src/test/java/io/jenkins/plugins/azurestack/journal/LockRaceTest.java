package io.jenkins.plugins.azurestack.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Of several who want a lock at once exactly one gets it: threads, and processes. */
public class LockRaceTest {
    private static final int THREADS = 6;
    private static final int ROUNDS = 40;
    private static final RotationId ROTATION = new RotationId("east-1");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path home;
    private StampLocks locks;

    @Before
    public void setUp() {
        home = folder.getRoot().toPath();
        locks = new StampLocks(new FileDisk(), home, Clock.systemUTC());
    }

    private interface Attempt {
        StampLock by(int contender) throws IOException, LockedException;
    }

    private List<StampLock> winners(final Attempt attempt) throws Exception {
        final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            final CyclicBarrier start = new CyclicBarrier(THREADS);
            final List<Future<Optional<StampLock>>> attempts = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                final int contender = i;
                attempts.add(threads.submit(() -> {
                    start.await();
                    try {
                        return Optional.of(attempt.by(contender));
                    } catch (LockedException e) {
                        return Optional.empty();
                    }
                }));
            }
            final List<StampLock> winners = new ArrayList<>();
            for (final Future<Optional<StampLock>> one : attempts) {
                one.get().ifPresent(winners::add);
            }
            return winners;
        } finally {
            threads.shutdown();
        }
    }

    @Test
    public void ofSeveralThreadsOneGetsTheStamp() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            final SharePath share = new SharePath("\\\\server\\share-" + round % 3);
            final List<StampLock> winners =
                    winners(i -> locks.acquire("east", share, new RotationId("rotation-" + i), "job #" + i));
            assertThat(winners).hasSize(1);
            winners.get(0).check();
            winners.get(0).release();
            assertThat(locks.look("east")).isEmpty();
            assertThat(locks.look(share)).isEmpty();
        }
        assertThat(new FileDisk().list(home)).isEmpty();
    }

    @Test
    public void ofSeveralStampsOneGetsTheShareAndTheOthersKeepNothing() throws Exception {
        final SharePath share = new SharePath("\\\\server\\share");
        for (int round = 0; round < ROUNDS; round++) {
            final List<StampLock> winners =
                    winners(i -> locks.acquire("stamp-" + i, share, new RotationId("rotation-" + i), "job #" + i));
            assertThat(winners).hasSize(1);
            winners.get(0).check();
            winners.get(0).release();
            assertThat(new FileDisk().list(home)).isEmpty();
        }
    }

    @Test
    public void ofSeveralWhoResumeOneAdopts() throws Exception {
        Claim seen = locks.acquire("east", ROTATION, "job #0").claim();
        for (int round = 0; round < ROUNDS; round++) {
            final Claim dead = seen;
            final List<StampLock> winners = winners(i -> locks.adopt(ROTATION, dead, "job #" + i));
            assertThat(winners).hasSize(1);
            winners.get(0).check();
            seen = winners.get(0).claim();
        }
        assertThat(seen.turn()).isEqualTo(ROUNDS + 1);
    }

    @Test
    public void ofTwoProcessesOneGetsEachLock() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            locks.acquire("adopted-" + i, new RotationId("adopted-" + i), "dead");
        }
        final List<String> said = new ArrayList<>();
        try (Child one = new Child(Contender.class, home.toString(), "one");
                Child two = new Child(Contender.class, home.toString(), "two")) {
            for (final Child child : List.of(one, two)) {
                assertThat(child.line()).contains("ready");
            }
            for (final Child child : List.of(one, two)) {
                child.say("go");
            }
            for (final Child child : List.of(one, two)) {
                for (Optional<String> line = child.line(); line.isPresent(); line = child.line()) {
                    said.add(line.get());
                }
                assertThat(child.await()).isZero();
            }
        }
        assertThat(said).hasSize(6 * ROUNDS);
        for (int i = 0; i < ROUNDS; i++) {
            for (final String what : List.of("stamp", "share", "adopted")) {
                assertThat(said).containsOnlyOnce(what + " " + i + " won");
                assertThat(said).containsOnlyOnce(what + " " + i + " lost");
            }
        }
    }

    /** One of two processes that want the same locks in the same order. */
    static final class Contender {
        private Contender() {}

        /** @param arguments the folder, and the contender's name */
        public static void main(final String[] arguments) throws Exception {
            final StampLocks locks = new StampLocks(new FileDisk(), Path.of(arguments[0]), Clock.systemUTC());
            final String me = arguments[1];
            System.out.println("ready");
            if (System.in.read() < 0) {
                return;
            }
            final StringBuilder said = new StringBuilder();
            for (int i = 0; i < ROUNDS; i++) {
                final String number = String.valueOf(i);
                final RotationId rotation = new RotationId(me + "-" + i);
                said.append(attempt("stamp " + i, () -> locks.acquire("stamp-" + number, rotation, me)));
                final SharePath share = new SharePath("\\\\server\\share-" + i);
                said.append(attempt("share " + i, () -> locks.acquire(me + "-" + number, share, rotation, me)));
                final RotationId adopted = new RotationId("adopted-" + i);
                final Claim first = firstClaim(locks, adopted);
                said.append(attempt("adopted " + i, () -> locks.adopt(adopted, first, me)));
            }
            System.out.write(said.toString().getBytes(StandardCharsets.UTF_8));
            System.out.flush();
        }

        private static String attempt(final String what, final Taking taking) throws IOException {
            try {
                taking.take().check();
                return what + " won\n";
            } catch (LockedException e) {
                return what + " lost\n";
            }
        }

        /** What both saw: the claim of the dead, whoever was faster since. */
        private static Claim firstClaim(final StampLocks locks, final RotationId rotation) throws LockedException {
            final Claim now = locks.look(rotation.value()).orElseThrow();
            return now.turn() == 1 ? now : new Claim(now.stamp(), now.share(), rotation, "dead", now.since(), 1);
        }
    }

    private interface Taking {
        StampLock take() throws IOException, LockedException;
    }
}
