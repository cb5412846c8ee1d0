package io.jenkins.plugins.azurestack.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.change.End;
import io.jenkins.plugins.azurestack.journal.Fields;
import io.jenkins.plugins.azurestack.journal.JournalContents;
import io.jenkins.plugins.azurestack.journal.JournalRecord;
import io.jenkins.plugins.azurestack.journal.JournalRecord.Kind;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

/** What journals, written by hand, say of a rotation. */
public class RotationStateTest {
    private static final Instant NINE = Instant.parse("2026-11-26T09:00:00Z");

    private final List<JournalRecord> records = new ArrayList<>();

    private RotationStateTest add(final Kind kind, final String phase, final String call, final Fields fields) {
        records.add(new JournalRecord(records.size() + 1L, NINE, kind, phase, Optional.ofNullable(call), fields));
        return this;
    }

    private RotationStateTest note(final String phase, final Fields fields) {
        return add(Kind.NOTE, phase, null, fields);
    }

    private RotationStateTest start(final String call, final boolean rerun) {
        return add(Kind.INTENT, "start", call, Fields.of("rerun", Boolean.toString(rerun)));
    }

    private RotationStateTest sent(final String call, final boolean rerun) {
        return start(call, rerun).note("session", Fields.of("shell", "s"));
    }

    private RotationStateTest result(final String call, final String outcome) {
        return add(Kind.RESULT, "start", call, Fields.of("outcome", outcome));
    }

    private RotationStateTest end(final RotationEnding state) {
        return note("end", Fields.of("state", state.name()).with("message", "m").with("warnings", "w1\nw2"));
    }

    private RotationState state() {
        return new RotationState(new JournalContents(new RotationId("east-1"), NINE, records, 0, 0));
    }

    @Test
    public void anEmptyJournalSaysThatNothingWasDone() {
        assertThat(state().isPlanned()).isFalse();
        assertThat(state().wasSent()).isFalse();
        assertThat(state().staged()).isEmpty();
        assertThat(state().left()).isEmpty();
        assertThat(state().attempts()).isZero();
    }

    @Test
    public void thePlanIsReadBack() {
        note("plan-certificate", Fields.of("folder", "ARM Admin").with("to-be-served", "aa"))
                .note(
                        "plan",
                        Fields.of("scope", "external")
                                .with("hash", "h")
                                .with("share", "\\\\a\\b\\Certificates")
                                .with("reason", "")
                                .with("accepted", "alerts,endpoints")
                                .with("expires", NINE));
        assertThat(state().scope()).isEqualTo(RotationScope.EXTERNAL);
        assertThat(state().share()).contains("\\\\a\\b\\Certificates");
        assertThat(state().reason()).isEmpty();
        assertThat(state().accepted()).containsExactlyInAnyOrder(RotationCondition.ALERTS, RotationCondition.ENDPOINTS);
        assertThat(state().planExpires()).isEqualTo(NINE);
        assertThat(state().toBeServed()).containsExactly(java.util.Map.entry(CertificateFolder.ARM_ADMIN, "aa"));
    }

    @Test
    public void aCallWithoutASessionNeverLeft() {
        start("start-1", false);
        assertThat(state().wasSent()).isFalse();
        assertThat(state().attempts()).isEqualTo(1);
        note("session", Fields.of("shell", "s"));
        assertThat(state().wasSent()).isTrue();
        assertThat(state().openCall()).contains("start-1");
        result("start-1", "not-sent");
        assertThat(state().wasSent()).isFalse();
        assertThat(state().openCall()).isEmpty();
    }

    @Test
    public void aRerunThatNeverLeftDoesNotHideTheAttemptBefore() {
        sent("start-1", false)
                .note("began", Fields.of("instance", "one"))
                .note("ended", Fields.of("state", "FAILED").with("instance", "one"))
                .result("start-1", "rejected")
                .start("start-2", true);
        assertThat(state().wasSent()).isTrue();
        assertThat(state().isRerun()).isFalse();
        assertThat(state().instance()).contains("one");
        assertThat(state().ended().map(Action::state)).contains(Action.State.FAILED);
        note("session", Fields.of("shell", "s"));
        assertThat(state().isRerun()).isTrue();
        assertThat(state().instance()).isEmpty();
        assertThat(state().lastInstance()).contains("one");
        assertThat(state().ended()).isEmpty();
        result("start-2", "not-sent");
        assertThat(state().instance()).contains("one");
    }

    @Test
    public void whatWasSaidBeforeARerunIsNotSaidOfIt() {
        sent("start-1", false).note("rejection", Fields.of("words", "no")).sent("start-2", true);
        assertThat(state().rejection()).isEmpty();
        note("rejection", Fields.of("words", "again no"));
        assertThat(state().rejection()).contains("again no");
    }

    @Test
    public void anEndFromBeforeTheLatestCallIsNoEnd() {
        sent("start-1", false).end(RotationEnding.NEEDS_RERUN);
        assertThat(state().left().map(End::state)).contains(RotationEnding.NEEDS_RERUN);
        assertThat(state().left().orElseThrow().warnings()).containsExactly("w1", "w2");
        assertThat(state().end()).isEmpty();
        start("start-2", true);
        assertThat(state().left()).isEmpty();
        end(RotationEnding.COMPLETED);
        assertThat(state().end()).isPresent();
    }

    @Test
    public void filesAreOnTheShareUntilTheyWereSurelyRemoved() {
        add(Kind.INTENT, "stage", "share-0", Fields.of("path", "a").with("sha256", "1"));
        add(Kind.INTENT, "stage", "share-1", Fields.of("path", "b").with("sha256", "2"));
        add(Kind.INTENT, "clean", "share-2", Fields.of("paths", "a\nb"));
        assertThat(state().staged()).containsOnlyKeys("a", "b");
        add(Kind.RESULT, "clean", "share-2", Fields.of("left", "b"));
        assertThat(state().staged()).containsOnlyKeys("b");
        add(Kind.INTENT, "clean", "share-3", Fields.of("paths", "b"));
        add(Kind.RESULT, "clean", "share-3", Fields.of("left", ""));
        assertThat(state().staged()).isEmpty();
        add(Kind.INTENT, "stage", "share-4", Fields.of("path", "a").with("sha256", "3"));
        assertThat(state().staged()).containsEntry("a", "3");
    }

    @Test
    public void removingSomeFilesSaysNothingOfTheOthers() {
        add(Kind.INTENT, "stage", "share-0", Fields.of("path", "a").with("sha256", "1"));
        add(Kind.INTENT, "stage", "share-1", Fields.of("path", "b").with("sha256", "2"));
        add(Kind.INTENT, "clean", "share-2", Fields.of("paths", "a"));
        add(Kind.RESULT, "clean", "share-2", Fields.of("left", ""));
        assertThat(state().staged()).containsOnlyKeys("b");
    }

    @Test
    public void foldersThatStagingMadeAreKnownToWhoeverResumes() {
        add(Kind.INTENT, "stage", "share-0", Fields.of("path", "AAD/a/x").with("sha256", "1"));
        assertThat(state().made()).isEmpty();
        add(Kind.RESULT, "stage", "share-0", Fields.of("sha256", "1").with("made", "AAD\nAAD/a"));
        add(Kind.INTENT, "stage", "share-1", Fields.of("path", "AAD/b/x").with("sha256", "2"));
        add(Kind.RESULT, "stage", "share-1", Fields.of("sha256", "2").with("made", ""));
        assertThat(state().made()).containsExactly("AAD", "AAD/a");
    }

    @Test
    public void theBaselineIsTheLatestButTheRootIsThatOfTheFirst() {
        note("baseline", Fields.of("root-ends", NINE.toString()).with("alerts", 1));
        note("baseline-alerts", Fields.of("v0", "a1"));
        assertThat(state().baseline()).isEmpty();
        note(
                "baseline",
                Fields.of("state", "FAILED")
                        .with("instance", "one")
                        .with("root-ends", NINE.plusSeconds(1).toString()));
        assertThat(state().baseline().flatMap(Action::instance)).contains("one");
        assertThat(state().rootBefore()).contains(NINE);
    }
}
