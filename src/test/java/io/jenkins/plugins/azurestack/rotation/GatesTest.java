package io.jenkins.plugins.azurestack.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.change.Condition;
import io.jenkins.plugins.azurestack.change.Gate;
import io.jenkins.plugins.azurestack.change.Gate.Verdict;
import io.jenkins.plugins.azurestack.rotation.PaperStamp.Answer;
import io.jenkins.plugins.azurestack.rotation.PaperStamp.Mishap;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;

public class GatesTest {
    private final Desk desk = Desk.external();
    private final PaperStamp stamp = desk.stamp;
    private Set<RotationCondition> accepted = Set.of();

    private Verdict verdict(final RotationCondition name) throws InterruptedException {
        return verdict(name, desk.scope, false);
    }

    private Verdict verdict(final RotationCondition name, final RotationScope scope, final boolean compromise)
            throws InterruptedException {
        return Gates.observe(
                        stamp.world(scope),
                        RotationCall.first(scope, Optional.of(PaperStamp.SHARE)),
                        compromise,
                        accepted,
                        stamp.now)
                .gates()
                .stream()
                .filter(gate -> gate.condition() == name)
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    private Verdict withoutAnswer(final RotationCondition name) throws InterruptedException {
        for (int call = 0; ; call++) {
            stamp.at(call, Mishap.NOT_KNOWN);
            final Verdict verdict = verdict(name);
            if (verdict != Verdict.PASSED) {
                stamp.calm();
                return verdict;
            }
        }
    }

    @Test
    public void onlyWhatCanBeUnknownWithoutHarmMayBeAccepted() {
        assertThat(EnumSet.allOf(RotationCondition.class).stream().filter(RotationCondition::isAcceptable))
                .containsExactlyInAnyOrder(
                        RotationCondition.EXCLUSIVE_OPERATION, RotationCondition.ALERTS, RotationCondition.ENDPOINTS);
        for (final RotationCondition name : List.of(
                RotationCondition.READINESS,
                RotationCondition.UPDATE,
                RotationCondition.ROTATION,
                RotationCondition.VERSION,
                RotationCondition.SHARE)) {
            assertThatThrownBy(() -> new RotationRequest(RotationScope.EXTERNAL, false, Set.of(name)))
                    .isInstanceOf(Rejected.class)
                    .hasMessageContaining(name.word());
        }
    }

    @Test
    public void whatIsAcceptedIsOpenOnlyWhereItIsUnknownAndMayBe() {
        final NotKnownException reason = new NotKnownException("it is dark", "Look.");
        for (final RotationCondition name : RotationCondition.values()) {
            final Gate unknown = Gate.unknown(name, reason).accepting(EnumSet.allOf(RotationCondition.class));
            assertThat(unknown.isOpen()).as(name.word()).isEqualTo(name.isAcceptable());
            assertThat(Gate.failed(name, "no", "Mend.")
                            .accepting(EnumSet.allOf(RotationCondition.class))
                            .isOpen())
                    .as(name.word())
                    .isFalse();
            assertThat(Gate.unknown(name, reason).accepting(Set.of()).isOpen()).isFalse();
            assertThat(Condition.named(RotationCondition.class, name.word())).contains(name);
        }
    }

    @Test
    public void aStampOfAnUnknownVersionOrOfBefore1811IsNotRotated() throws Exception {
        for (final String good : List.of("1.1811.0.101", "1.1910.0.58", "1.2501.1.47")) {
            stamp.version = good;
            assertThat(verdict(RotationCondition.VERSION)).as(good).isEqualTo(Verdict.PASSED);
        }
        for (final String bad : List.of("1.1809.0.90", "1.0.180302.1", "", "unknown", "twenty")) {
            stamp.version = bad;
            assertThat(verdict(RotationCondition.VERSION)).as(bad).isEqualTo(Verdict.FAILED);
        }
        stamp.version = "1.2501.1.47";
        assertThat(withoutAnswer(RotationCondition.VERSION)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    public void aRotationThatRunsOrFailedStandsInTheWay() throws Exception {
        assertThat(verdict(RotationCondition.ROTATION)).isEqualTo(Verdict.PASSED);
        stamp.foreign(true);
        assertThat(verdict(RotationCondition.ROTATION)).isEqualTo(Verdict.FAILED);
        stamp.pass(Duration.ofHours(2));
        assertThat(verdict(RotationCondition.ROTATION)).isEqualTo(Verdict.FAILED);
        stamp.foreign(false);
        stamp.pass(Duration.ofHours(2));
        assertThat(verdict(RotationCondition.ROTATION)).isEqualTo(Verdict.PASSED);
        assertThat(withoutAnswer(RotationCondition.ROTATION)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    public void readinessIsTrueOrNot() throws Exception {
        assertThat(verdict(RotationCondition.READINESS)).isEqualTo(Verdict.PASSED);
        stamp.ready = false;
        assertThat(verdict(RotationCondition.READINESS)).isEqualTo(Verdict.FAILED);
        stamp.ready = true;
        accepted = EnumSet.allOf(RotationCondition.class);
        assertThat(withoutAnswer(RotationCondition.READINESS)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    public void theStampIsAskedForUpdatesWhereResourceManagerIsDark() throws Exception {
        assertThat(verdict(RotationCondition.UPDATE)).isEqualTo(Verdict.PASSED);
        stamp.updating = Optional.of(true);
        assertThat(verdict(RotationCondition.UPDATE)).isEqualTo(Verdict.FAILED);
        stamp.dark = true;
        assertThat(verdict(RotationCondition.UPDATE)).isEqualTo(Verdict.FAILED);
        stamp.updating = Optional.of(false);
        assertThat(verdict(RotationCondition.UPDATE)).isEqualTo(Verdict.PASSED);
        stamp.updating = Optional.empty();
        accepted = EnumSet.allOf(RotationCondition.class);
        assertThat(verdict(RotationCondition.UPDATE)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    public void anExclusiveOperationStandsInTheWayAndItsBeingUnknownMayBeAccepted() throws Exception {
        assertThat(verdict(RotationCondition.EXCLUSIVE_OPERATION)).isEqualTo(Verdict.PASSED);
        stamp.exclusive = Optional.of("RepairNode");
        accepted = Set.of(RotationCondition.EXCLUSIVE_OPERATION, RotationCondition.ALERTS);
        assertThat(verdict(RotationCondition.EXCLUSIVE_OPERATION)).isEqualTo(Verdict.FAILED);
        stamp.dark = true;
        assertThat(verdict(RotationCondition.EXCLUSIVE_OPERATION)).isEqualTo(Verdict.ACCEPTED);
        assertThat(verdict(RotationCondition.ALERTS)).isEqualTo(Verdict.ACCEPTED);
        accepted = Set.of();
        assertThat(verdict(RotationCondition.EXCLUSIVE_OPERATION)).isEqualTo(Verdict.UNKNOWN);
        assertThat(verdict(RotationCondition.ALERTS)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    public void certificatesEndpointsAndShareHaveTheirOwn() throws Exception {
        assertThat(verdict(RotationCondition.CERTIFICATES)).isEqualTo(Verdict.PASSED);
        assertThat(verdict(RotationCondition.ENDPOINTS)).isEqualTo(Verdict.PASSED);
        assertThat(verdict(RotationCondition.SHARE)).isEqualTo(Verdict.PASSED);
        stamp.obstacles = List.of("the chain is not complete");
        stamp.endpointsHidden = true;
        stamp.share.put("AAD/notes.txt", "00");
        assertThat(verdict(RotationCondition.CERTIFICATES)).isEqualTo(Verdict.FAILED);
        assertThat(verdict(RotationCondition.ENDPOINTS)).isEqualTo(Verdict.UNKNOWN);
        assertThat(verdict(RotationCondition.SHARE)).isEqualTo(Verdict.FAILED);
        stamp.share.clear();
        assertThat(withoutAnswer(RotationCondition.SHARE)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    public void anInternalRotationNeedsAReason() throws Exception {
        assertThat(verdict(RotationCondition.REASON, RotationScope.INTERNAL, false))
                .isEqualTo(Verdict.FAILED);
        assertThat(verdict(RotationCondition.REASON, RotationScope.INTERNAL, true))
                .isEqualTo(Verdict.PASSED);
        stamp.root = Optional.of(stamp.now.plus(Duration.ofDays(89)));
        assertThat(verdict(RotationCondition.REASON, RotationScope.INTERNAL, false))
                .isEqualTo(Verdict.PASSED);
        stamp.root = Optional.of(stamp.now.plus(Duration.ofDays(91)));
        assertThat(verdict(RotationCondition.REASON, RotationScope.INTERNAL, false))
                .isEqualTo(Verdict.FAILED);
        for (final StampOperations.Alert.Expiring what : StampOperations.Alert.Expiring.values()) {
            stamp.alerts = List.of(new StampOperations.Alert("a1", "title", "Warning", Optional.of(what)));
            assertThat(verdict(RotationCondition.REASON, RotationScope.INTERNAL, false))
                    .as(what.name())
                    .isEqualTo(
                            what == StampOperations.Alert.Expiring.EXTERNAL_CERTIFICATE
                                    ? Verdict.FAILED
                                    : Verdict.PASSED);
        }
        stamp.dark = true;
        assertThat(verdict(RotationCondition.REASON, RotationScope.INTERNAL, false))
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    public void aRerunAsksForAFailureAndForNoReason() throws Exception {
        stamp.answers.add(Answer.FAILS);
        desk.apply(desk.plan());
        final List<Gate> gates = Gates.observe(
                        stamp.world(RotationScope.INTERNAL),
                        RotationCall.again(RotationScope.INTERNAL),
                        false,
                        Set.of(),
                        stamp.now)
                .gates();
        assertThat(gates).extracting(Gate::condition).doesNotContain(RotationCondition.REASON);
        assertThat(gates)
                .filteredOn(gate -> gate.condition() == RotationCondition.ROTATION)
                .allMatch(Gate::isOpen);
    }
}
