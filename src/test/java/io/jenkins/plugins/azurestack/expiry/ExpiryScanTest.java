package io.jenkins.plugins.azurestack.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.Test;

public class ExpiryScanTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final ExpiryScan.Progress QUIET = (done, total, target, seen) -> {};

    /** What an inquiry of these tests does. */
    private interface Look {
        List<Sighting> at(Target target) throws NotSeenException, InterruptedException;
    }

    @Test
    public void answersComeInTheOrderOfTheQuestionsHoweverLateTheyAre() throws Exception {
        final CountDownLatch second = new CountDownLatch(1);
        final List<Sighting> seen = new ExpiryScan(new ExpiryScan.Limits(2, LONG, LONG))
                .ask(
                        List.of(
                                inquiry("a", target -> {
                                    second.await();
                                    return List.of(unknown(target, "first"));
                                }),
                                inquiry("b", target -> {
                                    second.countDown();
                                    return List.of(unknown(target, "second"));
                                })),
                        QUIET);
        assertThat(seen).extracting(sighting -> sighting.target().name()).containsExactly("a", "b");
    }

    @Test
    public void neverMoreThanTheGivenThreadsLookAtATime() throws Exception {
        final AtomicInteger running = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        final List<Inquiry> many = IntStream.range(0, 200)
                .mapToObj(i -> inquiry("t" + i, target -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    Thread.yield();
                    running.decrementAndGet();
                    return List.of();
                }))
                .toList();
        assertThat(new ExpiryScan(new ExpiryScan.Limits(3, LONG, LONG)).ask(many, QUIET))
                .isEmpty();
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    public void anInquiryThatHangsIsAnsweredForAndTheOthersAreNotHeldUp() throws Exception {
        final List<Sighting> seen = new ExpiryScan(new ExpiryScan.Limits(2, Duration.ofMillis(500), LONG))
                .ask(
                        List.of(
                                inquiry("hangs", target -> {
                                    new CountDownLatch(1).await();
                                    return List.of();
                                }),
                                inquiry("fine", target -> List.of(unknown(target, "answered")))),
                        QUIET);
        assertThat(reasons(seen)).containsExactly("no answer within 0 s", "answered");
        assertThat(((Sighting.Unknown) seen.get(0)).advice()).contains("firewall");
    }

    @Test
    public void whatTakesNoNetworkIsNotLaidAtAFirewallsDoor() throws Exception {
        final Inquiry late = new Inquiry() {
            @Override
            public Target target() {
                return new Target("test", "late", Optional.empty());
            }

            @Override
            public String adviceIfLate() {
                return "Run it again.";
            }

            @Override
            public List<Sighting> look() throws InterruptedException {
                new CountDownLatch(1).await();
                return List.of();
            }
        };
        final List<Sighting> seen =
                new ExpiryScan(new ExpiryScan.Limits(1, Duration.ofMillis(200), LONG)).ask(List.of(late), QUIET);
        assertThat(((Sighting.Unknown) seen.get(0)).advice()).isEqualTo("Run it again.");
    }

    @Test
    public void anInquiryThatAsksForMoreTimeGetsIt() throws Exception {
        final CountDownLatch givenUp = new CountDownLatch(1);
        final Inquiry brief = inquiry("brief", target -> {
            new CountDownLatch(1).await();
            return List.of();
        });
        final Inquiry patient = new Inquiry() {
            @Override
            public Target target() {
                return new Target("test", "patient", Optional.empty());
            }

            @Override
            public Optional<Duration> patience() {
                return Optional.of(LONG);
            }

            @Override
            public List<Sighting> look() throws InterruptedException {
                givenUp.await();
                return List.of(unknown(target(), "answered late"));
            }
        };
        final List<Sighting> seen = new ExpiryScan(new ExpiryScan.Limits(2, Duration.ofMillis(200), LONG))
                .ask(List.of(brief, patient), (done, total, target, sightings) -> givenUp.countDown());
        assertThat(reasons(seen)).containsExactly("no answer within 0 s", "answered late");
    }

    @Test
    public void anInquiryThatIgnoresItsInterruptIsAnsweredForAllTheSame() throws Exception {
        final CountDownLatch release = new CountDownLatch(1);
        try {
            final List<Sighting> seen = new ExpiryScan(new ExpiryScan.Limits(1, Duration.ofMillis(500), LONG))
                    .ask(
                            List.of(inquiry("deaf", target -> {
                                while (release.getCount() > 0) {
                                    LockSupport.parkNanos(1_000_000);
                                }
                                return List.of();
                            })),
                            QUIET);
            assertThat(reasons(seen)).containsExactly("no answer within 0 s");
        } finally {
            release.countDown();
        }
    }

    @Test
    public void whatIsNotReachedInTimeIsUnknownAndSaysSo() throws Exception {
        final Inquiry hangs = inquiry("hangs", target -> {
            new CountDownLatch(1).await();
            return List.of();
        });
        final List<Sighting> seen = new ExpiryScan(new ExpiryScan.Limits(1, LONG, Duration.ofMillis(500)))
                .ask(List.of(hangs, inquiry("waits", target -> List.of())), QUIET);
        assertThat(reasons(seen))
                .containsExactly(
                        "not reached within the 0 s of the whole check",
                        "not reached within the 0 s of the whole check");
    }

    @Test
    public void cancellingEndsTheScanAndEveryLook() throws Exception {
        final CountDownLatch looking = new CountDownLatch(2);
        final CountDownLatch stopped = new CountDownLatch(2);
        final List<Inquiry> hanging = IntStream.range(0, 2)
                .mapToObj(i -> inquiry("t" + i, target -> {
                    looking.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        stopped.countDown();
                    }
                    return List.of();
                }))
                .toList();
        final Thread scanning = Thread.currentThread();
        final Thread canceller = new Thread(() -> {
            try {
                looking.await();
            } catch (InterruptedException e) {
                return;
            }
            scanning.interrupt();
        });
        canceller.start();
        assertThatThrownBy(() -> new ExpiryScan(new ExpiryScan.Limits(2, LONG, LONG)).ask(hanging, QUIET))
                .isInstanceOf(InterruptedException.class);
        stopped.await();
        canceller.join();
    }

    @Test
    public void aLookThatFailsIsUnknownWithItsReason() throws Exception {
        final List<Sighting> seen = new ExpiryScan(new ExpiryScan.Limits(2, LONG, LONG))
                .ask(
                        List.of(
                                inquiry("refused", target -> {
                                    throw new NotSeenException("refused", "Start it.");
                                }),
                                inquiry("broken", target -> {
                                    throw new IllegalStateException("oops\nFinished: SUCCESS");
                                })),
                        QUIET);
        assertThat(reasons(seen))
                .containsExactly("refused", "the look failed: java.lang.IllegalStateException: oops?Finished: SUCCESS");
        assertThat(((Sighting.Unknown) seen.get(0)).advice()).isEqualTo("Start it.");
    }

    @Test
    public void progressCountsEveryAnswerOnce() throws Exception {
        final List<String> heard = new ArrayList<>();
        new ExpiryScan(new ExpiryScan.Limits(4, LONG, LONG))
                .ask(
                        IntStream.range(0, 5)
                                .mapToObj(i -> inquiry("t" + i, target -> List.of()))
                                .toList(),
                        (done, total, target, seen) -> heard.add(done + "/" + total));
        assertThat(heard).containsExactly("1/5", "2/5", "3/5", "4/5", "5/5");
    }

    private static Inquiry inquiry(final String name, final Look look) {
        final Target target = new Target("test", name, Optional.empty());
        return new Inquiry() {
            @Override
            public Target target() {
                return target;
            }

            @Override
            public List<Sighting> look() throws NotSeenException, InterruptedException {
                return look.at(target);
            }
        };
    }

    private static Sighting unknown(final Target target, final String reason) {
        return new Sighting.Unknown(target, reason, "");
    }

    private static List<String> reasons(final List<Sighting> seen) {
        return seen.stream()
                .map(sighting -> ((Sighting.Unknown) sighting).reason())
                .toList();
    }
}
