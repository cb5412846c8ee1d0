package io.jenkins.plugins.azurestack.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.change.ChangeListener;
import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.journal.LockedException;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.rotation.PaperStamp.Answer;
import io.jenkins.plugins.azurestack.rotation.PaperStamp.Mishap;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

/** What the engine may and may not do, told by what a stamp on paper was sent. */
public class SecretRotationTest {
    private final Desk desk = Desk.external();
    private final PaperStamp stamp = desk.stamp;

    private static RotationEnding state(final End<RotationEnding> end) {
        return end.state();
    }

    @Test
    public void aPlanIsCarriedOutOnceAndItsEndIsRememberedForEver() throws Exception {
        final RotationPlan plan = desk.plan();
        assertThat(state(desk.apply(plan))).isEqualTo(RotationEnding.COMPLETED);
        assertThat(stamp.share).isEmpty();
        assertThat(desk.isLocked()).isFalse();
        assertThat(state(desk.apply(plan))).isEqualTo(RotationEnding.COMPLETED);
        assertThat(state(desk.resume(plan))).isEqualTo(RotationEnding.COMPLETED);
        assertThat(stamp.ledger).hasSize(1);
        assertThat(desk.plan().isEmpty()).isTrue();
    }

    @Test
    public void aRejectedCallIsOverAndAnotherPlanMayCorrectIt() throws Exception {
        stamp.answers.add(Answer.REJECTS);
        final RotationPlan plan = desk.plan();
        final End<RotationEnding> end = desk.apply(plan);
        assertThat(state(end)).isEqualTo(RotationEnding.NOT_STARTED);
        assertThat(end.message()).contains("The layout is wrong").contains("Nothing began");
        assertThat(stamp.share).isEmpty();
        assertThat(state(desk.apply(desk.plan()))).isEqualTo(RotationEnding.COMPLETED);
        assertThat(stamp.fresh()).isEqualTo(2);
    }

    @Test
    public void anotherRotationThatTheCallRanIntoIsNotTakenForIts() throws Exception {
        stamp.answers.add(Answer.IS_BUSY);
        final RotationPlan plan = desk.plan();
        final End<RotationEnding> end = desk.apply(plan);
        assertThat(state(end)).isEqualTo(RotationEnding.UNKNOWN);
        assertThat(end.message()).contains("somebody else's").contains("foreign-0");
        assertThat(end.warnings()).anyMatch(warning -> warning.contains("private keys are on"));
        stamp.pass(Duration.ofHours(2));
        assertThat(state(desk.resume(plan))).isEqualTo(RotationEnding.UNKNOWN);
        assertThat(stamp.ledger).hasSize(1);
        assertThat(desk.isLocked()).isTrue();
    }

    @Test
    public void aLostSessionIsSettledByAsking() throws Exception {
        stamp.answers.add(Answer.LOSES_SESSION);
        assertThat(state(desk.apply(desk.plan()))).isEqualTo(RotationEnding.COMPLETED);
        assertThat(stamp.ledger).hasSize(1);
    }

    @Test
    public void aLostCallIsNeverSentAgainUntilAnOperatorHasReleasedItsLock() throws Exception {
        stamp.answers.add(Answer.LOSES_CALL);
        final RotationPlan plan = desk.plan();
        assertThat(state(desk.apply(plan))).isEqualTo(RotationEnding.UNKNOWN);
        assertThat(state(desk.resume(plan))).isEqualTo(RotationEnding.UNKNOWN);
        assertThatThrownBy(() -> desk.apply(desk.plan())).isInstanceOf(LockedException.class);
        assertThat(stamp.ledger).hasSize(1);

        desk.locks().release(desk.locks().look("east").orElseThrow(), "alice", "Get-ActionStatus shows none");
        assertThat(state(desk.resume(plan))).isEqualTo(RotationEnding.NOT_STARTED);
        assertThat(stamp.share).isEmpty();
        assertThat(stamp.ledger).hasSize(1);
        assertThat(state(desk.apply(desk.plan()))).isEqualTo(RotationEnding.COMPLETED);
        assertThat(stamp.ledger).hasSize(2);
    }

    @Test
    public void whatWasReleasedByHandDoesNotTakeTheNextRotationForItsOwn() throws Exception {
        stamp.answers.addAll(List.of(Answer.LOSES_CALL, Answer.FAILS));
        final RotationPlan given = desk.plan();
        desk.apply(given);
        desk.locks().release(desk.locks().look("east").orElseThrow(), "alice", "none runs");
        stamp.share.clear();
        final RotationPlan next = desk.plan();
        assertThat(state(desk.apply(next))).isEqualTo(RotationEnding.NEEDS_RERUN);
        desk.locks().release(desk.locks().look("east").orElseThrow(), "alice", "looking after it by hand");
        assertThat(state(desk.resume(given))).isEqualTo(RotationEnding.NOT_STARTED);
        assertThat(stamp.ledger).hasSize(2);
    }

    @Test
    public void aFailureIsRunAgainOnlyWhenThatIsAskedForAndStagesTheSetAnew() throws Exception {
        stamp.answers.add(Answer.FAILS);
        final RotationPlan plan = desk.plan();
        final End<RotationEnding> failed = desk.apply(plan);
        assertThat(state(failed)).isEqualTo(RotationEnding.NEEDS_RERUN);
        assertThat(failed.message()).contains("is FAILED");
        assertThat(failed.warnings()).anyMatch(warning -> warning.contains("private keys are on"));
        assertThat(state(desk.resume(plan))).isEqualTo(RotationEnding.NEEDS_RERUN);
        assertThat(stamp.ledger).hasSize(1);
        stamp.share.replaceAll((path, sha256) -> "rewritten by the stamp");
        assertThat(state(desk.rerun(plan))).isEqualTo(RotationEnding.COMPLETED);
        assertThat(stamp.ledger.get(1).text()).isEqualTo("Start-SecretRotation -ReRun");
        assertThat(stamp.share).isEmpty();
        assertThatThrownBy(() -> desk.rerun(plan)).isInstanceOf(Rejected.class);
        assertThat(stamp.ledger).hasSize(2);
    }

    @Test
    public void aRerunStagesAnewOnlyWhatTheStampHasRewrittenAndForgetsNothing() throws Exception {
        for (final CertificateFolder rewritten : PaperStamp.SET.keySet()) {
            final Desk desk = Desk.external();
            final PaperStamp stamp = desk.stamp;
            final RotationPlan plan = desk.plan();
            stamp.answers.add(Answer.FAILS);
            assertThat(desk.apply(plan).state()).isEqualTo(RotationEnding.NEEDS_RERUN);
            stamp.share.replace(PaperStamp.path(rewritten), "rewritten by the stamp");
            assertThat(desk.rerun(plan).state())
                    .as("%s: %s", rewritten, stamp.log)
                    .isEqualTo(RotationEnding.COMPLETED);
            assertThat(stamp.share).isEmpty();
        }
    }

    @Test
    public void whateverBeginsBeforeTheLastLookIsSeenAndNothingIsSent() throws Exception {
        final RotationPlan planned = desk.plan();
        stamp.calls = 0;
        desk.apply(planned);
        final int start = stamp.startedAt;
        for (int call = 0; call < start; call++) {
            final Desk busy = Desk.external();
            final RotationPlan plan = busy.plan();
            busy.stamp.at(call, () -> busy.stamp.exclusive = Optional.of("Storage repair"));
            assertThat(busy.apply(plan).state()).as("operation at call " + call).isEqualTo(RotationEnding.NOT_STARTED);
            assertThat(busy.stamp.ledger).isEmpty();
            assertThat(busy.stamp.share).isEmpty();
        }
        // The last of these calls asks for operations only.
        for (int call = 0; call < start - 1; call++) {
            final Desk late = Desk.external();
            final RotationPlan plan = late.plan();
            late.stamp.at(call, () -> late.stamp.foreign(false));
            assertThat(late.apply(plan).state()).as("rotation at call " + call).isEqualTo(RotationEnding.NOT_STARTED);
            assertThat(late.stamp.ledger).isEmpty();
        }
    }

    @Test
    public void whatReadsBackDifferentlyIsNotStartedWith() throws Exception {
        stamp.shareGarbles = true;
        final End<RotationEnding> end = desk.apply(desk.plan());
        assertThat(state(end)).isEqualTo(RotationEnding.NOT_STARTED);
        assertThat(end.message()).contains("reads back differently");
        assertThat(stamp.ledger).isEmpty();
        assertThat(stamp.share).isEmpty();
    }

    @Test
    public void whatSomebodyPutsThereMeanwhileStaysThere() throws Exception {
        final RotationPlan planned = desk.plan();
        stamp.calls = 0;
        desk.apply(planned);
        final Desk other = Desk.external();
        final RotationPlan plan = other.plan();
        other.stamp.at(stamp.startedAt, () -> other.stamp.share.put("AAD/theirs.pfx", "00"));
        assertThat(state(other.apply(plan))).isEqualTo(RotationEnding.COMPLETED);
        assertThat(other.stamp.share).containsOnlyKeys("AAD/theirs.pfx");
    }

    @Test
    public void whatIsNotInTheAuditTrailIsNotBegun() throws Exception {
        final RotationPlan planned = desk.plan();
        stamp.calls = 0;
        desk.apply(planned);
        final Desk other = Desk.external();
        final RotationPlan plan = other.plan();
        other.stamp.at(stamp.startedAt - 1, other::spoilAuditTrail);
        assertThatThrownBy(() -> other.apply(plan))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("The audit trail can't be written");
        assertThat(other.stamp.ledger).isEmpty();
        assertThat(other.isLocked()).isTrue();
    }

    @Test
    public void aRerunThatCanNotBeginLeavesTheFailureAsItWas() throws Exception {
        stamp.answers.addAll(List.of(Answer.FAILS, Answer.IS_AWAY, Answer.REJECTS, Answer.FAILS));
        final RotationPlan plan = desk.plan();
        desk.apply(plan);
        stamp.ready = false;
        assertThat(desk.rerun(plan).message()).contains("readiness");
        stamp.ready = true;
        stamp.set = new EnumMap<>(Map.of(CertificateFolder.ARM_ADMIN, "cc33"));
        assertThat(desk.rerun(plan).message()).contains("not those that were approved");
        stamp.set = new EnumMap<>(PaperStamp.SET);
        for (final String words : List.of("was not sent", "re-run was rejected", "is FAILED")) {
            final End<RotationEnding> end = desk.rerun(plan);
            assertThat(state(end)).isEqualTo(RotationEnding.NEEDS_RERUN);
            assertThat(end.message()).contains(words);
            assertThat(state(desk.resume(plan))).isEqualTo(RotationEnding.NEEDS_RERUN);
            assertThat(desk.isLocked()).isTrue();
        }
        assertThat(stamp.fresh()).isEqualTo(1);
        assertThat(state(desk.rerun(plan))).isEqualTo(RotationEnding.COMPLETED);
    }

    @Test
    public void aResumeAfterARerunThatWasNotSentNeverBeginsAfresh() throws Exception {
        stamp.answers.addAll(List.of(Answer.FAILS, Answer.IS_AWAY));
        final RotationPlan plan = desk.plan();
        desk.apply(plan);
        desk.rerun(plan);
        // Somebody ran it again by hand, so that no gate stands in the way any more.
        stamp.foreign(false);
        stamp.pass(Duration.ofHours(2));
        assertThat(state(desk.resume(plan))).isEqualTo(RotationEnding.NEEDS_RERUN);
        assertThat(stamp.fresh()).isEqualTo(1);
    }

    @Test
    public void aRerunThatMayHaveBeenSentIsNotSentAgain() throws Exception {
        stamp.answers.addAll(List.of(Answer.FAILS, Answer.LOSES_CALL));
        final RotationPlan plan = desk.plan();
        desk.apply(plan);
        assertThat(state(desk.rerun(plan))).isEqualTo(RotationEnding.UNKNOWN);
        assertThatThrownBy(() -> desk.rerun(plan)).isInstanceOf(Rejected.class);
        assertThat(stamp.again()).isEqualTo(1);
    }

    @Test
    public void aRerunInterruptedAfterItWasSentIsNotSentAgain() throws Exception {
        Desk other = desk;
        for (int call = 0; other.stamp.again() == 0; call++) {
            other = Desk.external();
            other.stamp.answers.addAll(List.of(Answer.FAILS, Answer.FAILS));
            final Desk one = other;
            final RotationPlan plan = one.plan();
            one.apply(plan);
            one.stamp.at(call, Mishap.INTERRUPT);
            assertThatThrownBy(() -> one.rerun(plan)).isInstanceOf(InterruptedException.class);
            one.stamp.calm();
            if (one.stamp.again() > 0) {
                assertThatThrownBy(() -> one.rerun(plan)).isInstanceOf(Rejected.class);
            }
        }
        assertThat(other.stamp.again()).isEqualTo(1);
    }

    @Test
    public void somebodyElsesFailureIsNotRunAgain() throws Exception {
        stamp.answers.add(Answer.FAILS);
        final RotationPlan plan = desk.plan();
        desk.apply(plan);
        stamp.foreign(true);
        stamp.pass(Duration.ofHours(2));
        assertThat(desk.rerun(plan).message()).contains("not the one of this rotation that failed");
        stamp.foreign(false);
        stamp.pass(Duration.ofHours(2));
        assertThat(desk.rerun(plan).message()).contains("nothing to run again");
        assertThat(stamp.again()).isZero();
    }

    @Test
    public void whatSomebodyElseRunsAgainMeanwhileIsNotRunAgainToo() throws Exception {
        stamp.answers.add(Answer.FAILS);
        final RotationPlan first = desk.plan();
        desk.apply(first);
        stamp.calls = 0;
        desk.rerun(first);
        final int lastLook = stamp.startedAt - 2;
        for (int call = 0; call <= lastLook; call++) {
            final Desk other = Desk.external();
            other.stamp.answers.add(Answer.FAILS);
            final RotationPlan plan = other.plan();
            other.apply(plan);
            other.stamp.at(call, other.stamp::foreignRerun);
            assertThat(state(other.rerun(plan))).as("call " + call).isEqualTo(RotationEnding.NEEDS_RERUN);
            assertThat(other.stamp.again()).as("call " + call).isZero();
        }
    }

    @Test
    public void whoeverEndsTheWaitingIsToldOfKeysOnTheShare() throws Exception {
        int told = 0;
        boolean ended = false;
        for (int call = 0; !ended; call++) {
            final Desk other = Desk.external();
            final RotationPlan plan = other.plan();
            other.stamp.at(call, Mishap.INTERRUPT);
            try {
                other.apply(plan);
                ended = true;
            } catch (InterruptedException e) {
                if (!other.stamp.share.isEmpty()) {
                    assertThat(other.stamp.log)
                            .as("call " + call)
                            .anyMatch(line -> line.contains("private keys are on " + PaperStamp.SHARE));
                    told++;
                }
            }
        }
        assertThat(told).isPositive();
    }

    @Test
    public void afterAFailedCleaningAResumeOnlyCleans() throws Exception {
        stamp.answers.add(Answer.REJECTS);
        stamp.shareStuck = true;
        final RotationPlan plan = desk.plan();
        final End<RotationEnding> end = desk.apply(plan);
        assertThat(state(end)).isEqualTo(RotationEnding.NOT_CLEANED);
        assertThat(end.message()).contains("Nothing began").contains("somebody has it open");
        assertThat(state(desk.resume(plan))).isEqualTo(RotationEnding.NOT_CLEANED);
        stamp.shareStuck = false;
        assertThat(state(desk.resume(plan))).isEqualTo(RotationEnding.NOT_STARTED);
        assertThat(stamp.ledger).hasSize(1);
        assertThat(desk.isLocked()).isFalse();
    }

    @Test
    public void aCallThatWasNotSentAndCouldNotBeCleanedUpIsNotSentByAResume() throws Exception {
        stamp.answers.add(Answer.IS_AWAY);
        stamp.shareStuck = true;
        final RotationPlan plan = desk.plan();
        assertThat(state(desk.apply(plan))).isEqualTo(RotationEnding.NOT_CLEANED);
        stamp.shareStuck = false;
        assertThat(state(desk.resume(plan))).isEqualTo(RotationEnding.NOT_STARTED);
        assertThat(stamp.ledger).isEmpty();
        assertThat(stamp.share).isEmpty();
    }

    @Test
    public void aCompletedRotationWhoseShareIsStuckIsCleanedByAResume() throws Exception {
        stamp.shareStuck = true;
        final RotationPlan plan = desk.plan();
        assertThat(state(desk.apply(plan))).isEqualTo(RotationEnding.NOT_CLEANED);
        stamp.shareStuck = false;
        assertThat(state(desk.resume(plan))).isEqualTo(RotationEnding.COMPLETED);
    }

    @Test
    public void onAnotherShareNothingIsRemoved() throws Exception {
        stamp.answers.add(Answer.REJECTS);
        stamp.shareStuck = true;
        final RotationPlan plan = desk.plan();
        desk.apply(plan);
        stamp.shareStuck = false;
        stamp.sharePath = "\\\\10.30.0.51\\other\\Certificates";
        assertThat(desk.resume(plan).message()).contains("is not " + PaperStamp.SHARE + " any more");
        assertThat(stamp.share).hasSize(2);
        stamp.shareGone = true;
        assertThat(state(desk.resume(plan))).isEqualTo(RotationEnding.NOT_CLEANED);
    }

    @Test
    public void whatChangedSinceThePlanIsFoundBeforeAnythingIsChangedEvenByAResume() throws Exception {
        final RotationPlan plan = desk.plan();
        stamp.at(3, Mishap.INTERRUPT);
        assertThatThrownBy(() -> desk.apply(plan)).isInstanceOf(InterruptedException.class);
        stamp.calm();
        stamp.served.put(CertificateFolder.ARM_ADMIN, "9999");
        final End<RotationEnding> end = desk.resume(plan);
        assertThat(state(end)).isEqualTo(RotationEnding.NOT_STARTED);
        assertThat(end.message()).contains("not what was approved");
        assertThat(stamp.ledger).isEmpty();
    }

    @Test
    public void aPlanThatExpiredMeanwhileIsTakenBack() throws Exception {
        final RotationPlan plan = desk.plan();
        stamp.at(16, Mishap.INTERRUPT);
        assertThatThrownBy(() -> desk.apply(plan)).isInstanceOf(InterruptedException.class);
        stamp.calm();
        assertThat(stamp.share).isNotEmpty();
        stamp.pass(Duration.ofDays(2));
        assertThat(state(desk.resume(plan))).isEqualTo(RotationEnding.NOT_STARTED);
        assertThat(stamp.share).isEmpty();
        assertThat(stamp.ledger).isEmpty();
        assertThatThrownBy(() -> desk.apply(desk.plan(RotationCondition.SHARE))).isInstanceOf(Rejected.class);
    }

    @Test
    public void anAnswerWithoutAnIdIsNeverTheSameAsAnother() throws Exception {
        stamp.foreign(false);
        stamp.pass(Duration.ofHours(2));
        stamp.namesInstances = false;
        stamp.answers.add(Answer.REJECTS);
        assertThat(state(desk.apply(desk.plan()))).isEqualTo(RotationEnding.UNKNOWN);
        assertThat(stamp.share).isNotEmpty();
    }

    @Test
    public void aRotationThatWasProvedKeepsItsWarnings() throws Exception {
        stamp.shareStuck = true;
        final RotationPlan plan = desk.plan();
        stamp.alerts = List.of(new StampOperations.Alert(
                "a1",
                "Pending external certificate expiration",
                "Warning",
                Optional.of(StampOperations.Alert.Expiring.EXTERNAL_CERTIFICATE)));
        assertThat(desk.apply(plan).warnings()).anyMatch(warning -> warning.contains("still active"));
        stamp.shareStuck = false;
        assertThat(desk.resume(plan).warnings()).anyMatch(warning -> warning.contains("still active"));
    }

    @Test
    public void whatIsNotProvedIsLookedAtAgainByAResume() throws Exception {
        final RotationPlan plan = desk.plan();
        stamp.publishes = false;
        final End<RotationEnding> end = desk.apply(plan);
        assertThat(state(end)).isEqualTo(RotationEnding.NOT_VERIFIED);
        assertThat(end.message()).contains("ARM Admin:443 does not serve its new certificate");
        assertThat(end.warnings()).anyMatch(warning -> warning.contains("private keys are on"));
        assertThat(stamp.share).hasSize(2);
        stamp.served.putAll(stamp.set);
        assertThat(state(desk.resume(plan))).isEqualTo(RotationEnding.COMPLETED);
        assertThat(stamp.ledger).hasSize(1);
        assertThat(stamp.share).isEmpty();
    }

    @Test
    public void internalRotationsProveTheNewRootEvenIfItMovedBeforeTheRerun() throws Exception {
        final Desk internal = Desk.internal();
        internal.stamp.answers.add(Answer.FAILS);
        final RotationPlan plan = internal.plan();
        assertThat(state(internal.apply(plan))).isEqualTo(RotationEnding.NEEDS_RERUN);
        internal.stamp.root = internal.stamp.nextRoot;
        assertThat(state(internal.rerun(plan))).isEqualTo(RotationEnding.COMPLETED);
        assertThat(internal.stamp.ledger)
                .extracting(RotationCall::text)
                .containsExactly("Start-SecretRotation -Internal", "Start-SecretRotation -Internal -ReRun");
    }

    @Test
    public void aRootThatCanNotBeComparedIsNotTakenForProved() throws Exception {
        final Desk internal = Desk.internal();
        internal.stamp.root = Optional.empty();

        final End<RotationEnding> end = internal.apply(internal.plan());

        assertThat(end.state()).isEqualTo(RotationEnding.COMPLETED);
        assertThat(end.warnings()).anyMatch(warning -> warning.contains("nobody can tell that it is new"));
    }

    @Test
    public void aFailedInternalRotationIsRunAgainThoughItsAlertHasClosed() throws Exception {
        final Desk internal = Desk.internal();
        final StampOperations.Alert alert = new StampOperations.Alert(
                "a1",
                "Pending internal certificate expiration",
                "Critical",
                Optional.of(StampOperations.Alert.Expiring.INTERNAL_CERTIFICATE));
        internal.stamp.alerts = List.of(alert);
        internal.stamp.answers.add(Answer.FAILS);
        final RotationPlan plan = new RotationPlanner(
                        internal.stamp.world(RotationScope.INTERNAL), internal.stamp.clock(), new java.util.Random(1))
                .plan(new RotationRequest(RotationScope.INTERNAL, false, java.util.Set.of()));
        assertThat(plan.isOpen()).isTrue();
        assertThat(state(internal.apply(plan))).isEqualTo(RotationEnding.NEEDS_RERUN);
        internal.stamp.alerts = List.of();
        assertThat(state(internal.rerun(plan))).isEqualTo(RotationEnding.COMPLETED);
    }

    @Test
    public void anInternalRootThatDoesNotMoveIsNotProved() throws Exception {
        final Desk internal = Desk.internal();
        internal.stamp.nextRoot = internal.stamp.root;
        final RotationPlan plan = internal.plan();
        assertThat(state(internal.apply(plan))).isEqualTo(RotationEnding.NOT_VERIFIED);
        assertThat(internal.isLocked()).isTrue();
        internal.stamp.root = Optional.of(Instant.parse("2036-01-01T00:00:00Z"));
        assertThat(state(internal.resume(plan))).isEqualTo(RotationEnding.COMPLETED);
        assertThat(internal.stamp.ledger).hasSize(1);
    }

    @Test
    public void alertsThatOpenedAndClosedSinceAreKeptAsExpected() throws Exception {
        stamp.closed = List.of(
                new StampOperations.Alert("7", "Infrastructure role is unhealthy", "warning", Optional.empty()));
        final End<RotationEnding> end = desk.apply(desk.plan());
        assertThat(end.state()).isEqualTo(RotationEnding.COMPLETED);
        assertThat(end.warnings()).isEmpty();
        assertThat(stamp.log)
                .contains("The alert 'Infrastructure role is unhealthy' (warning) opened and closed since, which is"
                        + " expected of a rotation.");
    }

    @Test
    public void aListenerThatFailsDoesNotFailTheRotation() throws Exception {
        final RotationPlan plan = desk.plan();
        final ChangeListener broken = new ChangeListener() {
            @Override
            public void phase(final Phase phase, final String sentence) {
                throw new IllegalStateException("the log is full");
            }

            @Override
            public void line(final String text) {
                throw new IllegalStateException("the log is full");
            }

            @Override
            public void step(final String name, final String status) {
                throw new IllegalStateException("the log is full");
            }
        };
        final End<RotationEnding> end = new SecretRotation(
                        stamp.world(desk.scope), desk.files(), RotationLimits.of(desk.scope), stamp.clock(), broken)
                .apply(plan, new Approval(plan.id(), "board", stamp.now, "page"), "job #1");
        assertThat(state(end)).isEqualTo(RotationEnding.COMPLETED);
    }

    @Test
    public void withoutRoomForTheAuditTrailNothingIsChanged() throws Exception {
        final RotationPlan plan = desk.plan();
        desk.disk.withCapacity(100_000);
        assertThatThrownBy(() -> desk.apply(plan)).hasMessageContaining("audit trail needs");
        assertThat(stamp.ledger).isEmpty();
        assertThat(stamp.share).isEmpty();
        assertThat(desk.isLocked()).isFalse();
    }

    @Test
    public void aDiskThatFailsAfterTheStartStopsNeitherFollowingNorVerifying() throws Exception {
        final RotationPlan plan = desk.plan();
        final ChangeListener listener = stamp.listener();
        final End<RotationEnding> end = new SecretRotation(
                        stamp.world(desk.scope),
                        desk.files(),
                        RotationLimits.of(desk.scope),
                        stamp.clock(),
                        new ChangeListener() {
                            @Override
                            public void phase(final Phase phase, final String sentence) {
                                listener.phase(phase, sentence);
                            }

                            @Override
                            public void line(final String text) {
                                listener.line(text);
                            }

                            @Override
                            public void step(final String name, final String status) {
                                desk.disk.failToForce(true);
                            }
                        })
                .apply(plan, new Approval(plan.id(), "board", stamp.now, "page"), "job #1");
        assertThat(state(end)).isEqualTo(RotationEnding.NOT_CLEANED);
        assertThat(end.message()).contains("is proved");
        assertThat(end.warnings()).anyMatch(warning -> warning.contains("could not be written down"));
        assertThat(stamp.share).hasSize(2);
        desk.disk.failToForce(false);
        assertThat(state(desk.resume(plan))).isEqualTo(RotationEnding.COMPLETED);
        assertThat(stamp.ledger).hasSize(1);
        assertThat(stamp.share).isEmpty();
    }

    @Test
    public void aBuildWithNothingToDoSaysWhatAnotherLeftUnfinished() throws Exception {
        stamp.shareStuck = true;
        final RotationPlan plan = desk.plan();
        desk.apply(plan);
        final RotationPlan next = desk.plan();
        assertThat(next.isEmpty()).isTrue();
        assertThatThrownBy(() -> desk.apply(next))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("resume: '" + plan.id() + "'");
    }

    @Test
    public void aRotationThatStillRunsIsTakenUpLater() throws Exception {
        stamp.answers.add(Answer.LOSES_SESSION);
        final RotationPlan plan = desk.plan();
        final End<RotationEnding> end = new SecretRotation(
                        stamp.world(desk.scope),
                        desk.files(),
                        RotationLimits.of(desk.scope).follow(Duration.ofMinutes(10)),
                        stamp.clock(),
                        stamp.listener())
                .apply(plan, new Approval(plan.id(), "board", stamp.now, "page"), "job #1");
        assertThat(state(end)).isEqualTo(RotationEnding.STILL_RUNNING);
        assertThat(desk.isLocked()).isTrue();
        assertThat(stamp.share).as("the stamp may still need them").hasSize(2);
        assertThat(state(desk.resume(plan))).isEqualTo(RotationEnding.COMPLETED);
        assertThat(stamp.ledger).hasSize(1);
    }

    @Test
    public void everythingMayBeDarkIfThatIsAcceptedByName() throws Exception {
        stamp.dark = true;
        assertThat(desk.plan().isOpen()).isFalse();
        stamp.endpointsHidden = true;
        final RotationPlan plan =
                desk.plan(RotationCondition.ALERTS, RotationCondition.EXCLUSIVE_OPERATION, RotationCondition.ENDPOINTS);
        assertThat(plan.isOpen()).as(plan.gates().toString()).isTrue();
        final End<RotationEnding> end = desk.apply(plan);
        assertThat(state(end)).isEqualTo(RotationEnding.COMPLETED);
        assertThat(end.warnings()).anyMatch(warning -> warning.contains("could not be seen before"));
    }

    @Test
    public void plansThatAreEmptyExpiredAnothersOrNotApprovedAreRefused() throws Exception {
        final RotationPlan plan = desk.plan();
        assertThatThrownBy(
                        () -> desk.engine().apply(plan, new Approval("another", "board", stamp.now, "page"), "job #1"))
                .isInstanceOf(Rejected.class);
        stamp.pass(Duration.ofHours(25));
        assertThatThrownBy(() -> desk.apply(plan)).isInstanceOf(Rejected.class).hasMessageContaining("expired");
        stamp.served.putAll(stamp.set);
        assertThatThrownBy(() -> desk.apply(desk.plan()))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("nothing to do");
        assertThatThrownBy(() -> desk.engine().resume(new RotationId("nobodys"), "job #2"))
                .isInstanceOf(Rejected.class);
        assertThat(desk.isLocked()).isFalse();
        assertThat(stamp.ledger).isEmpty();
    }

    @Test
    public void anExternalRotationWithoutAShareIsRefusedInWords() {
        stamp.shareGone = true;
        assertThatThrownBy(desk::plan).isInstanceOf(Rejected.class).hasMessageContaining("certificateShare");
    }

    @Test
    public void historyTellsWhetherOneWasEverRunAndHowItEnded() throws Exception {
        assertThat(desk.history()).isEmpty();
        stamp.answers.addAll(List.of(Answer.REJECTS, Answer.FAILS));
        desk.apply(desk.plan());
        final RotationPlan failed = desk.plan();
        desk.apply(failed);
        assertThat(desk.history())
                .extracting(one -> one.end().map(End::state), PastRotation::attempts, PastRotation::isUnfinished)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(Optional.of(RotationEnding.NOT_STARTED), 1, false),
                        org.assertj.core.groups.Tuple.tuple(Optional.of(RotationEnding.NEEDS_RERUN), 1, true));
    }
}
