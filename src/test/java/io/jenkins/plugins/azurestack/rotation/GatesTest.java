package io.jenkins.plugins.azurestack.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.rotation.Gate.Name;
import io.jenkins.plugins.azurestack.rotation.Gate.Verdict;
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
    private Set<Name> accepted = Set.of();

    private Verdict verdict(final Name name) throws InterruptedException {
        return verdict(name, desk.scope, false);
    }

    private Verdict verdict(final Name name, final RotationScope scope, final boolean compromise)
            throws InterruptedException {
        return Gates.observe(
                        stamp.world(scope),
                        RotationCall.first(scope, Optional.of(PaperStamp.SHARE)),
                        compromise,
                        accepted,
                        stamp.now)
                .gates()
                .stream()
                .filter(gate -> gate.name() == name)
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    private Verdict withoutAnswer(final Name name) throws InterruptedException {
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
        assertThat(EnumSet.allOf(Name.class).stream().filter(Name::isAcceptable))
                .containsExactlyInAnyOrder(Name.EXCLUSIVE_OPERATION, Name.ALERTS, Name.ENDPOINTS);
        for (final Name name : List.of(Name.READINESS, Name.UPDATE, Name.ROTATION, Name.VERSION, Name.SHARE)) {
            assertThatThrownBy(() -> new RotationRequest(RotationScope.EXTERNAL, false, Set.of(name)))
                    .isInstanceOf(Rejected.class)
                    .hasMessageContaining(name.word());
        }
    }

    @Test
    public void whatIsAcceptedIsOpenOnlyWhereItIsUnknownAndMayBe() {
        final NotKnownException reason = new NotKnownException("it is dark", "Look.");
        for (final Name name : Name.values()) {
            final Gate unknown = Gate.unknown(name, reason).accepting(EnumSet.allOf(Name.class));
            assertThat(unknown.isOpen()).as(name.word()).isEqualTo(name.isAcceptable());
            assertThat(Gate.failed(name, "no", "Mend.")
                            .accepting(EnumSet.allOf(Name.class))
                            .isOpen())
                    .as(name.word())
                    .isFalse();
            assertThat(Gate.unknown(name, reason).accepting(Set.of()).isOpen()).isFalse();
            assertThat(Name.named(name.word())).contains(name);
        }
    }

    @Test
    public void aStampOfAnUnknownVersionOrOfBefore1811IsNotRotated() throws Exception {
        for (final String good : List.of("1.1811.0.101", "1.1910.0.58", "1.2501.1.47")) {
            stamp.version = good;
            assertThat(verdict(Name.VERSION)).as(good).isEqualTo(Verdict.PASSED);
        }
        for (final String bad : List.of("1.1809.0.90", "1.0.180302.1", "", "unknown", "twenty")) {
            stamp.version = bad;
            assertThat(verdict(Name.VERSION)).as(bad).isEqualTo(Verdict.FAILED);
        }
        stamp.version = "1.2501.1.47";
        assertThat(withoutAnswer(Name.VERSION)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    public void aRotationThatRunsOrFailedStandsInTheWay() throws Exception {
        assertThat(verdict(Name.ROTATION)).isEqualTo(Verdict.PASSED);
        stamp.foreign(true);
        assertThat(verdict(Name.ROTATION)).isEqualTo(Verdict.FAILED);
        stamp.pass(Duration.ofHours(2));
        assertThat(verdict(Name.ROTATION)).isEqualTo(Verdict.FAILED);
        stamp.foreign(false);
        stamp.pass(Duration.ofHours(2));
        assertThat(verdict(Name.ROTATION)).isEqualTo(Verdict.PASSED);
        assertThat(withoutAnswer(Name.ROTATION)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    public void readinessIsTrueOrNot() throws Exception {
        assertThat(verdict(Name.READINESS)).isEqualTo(Verdict.PASSED);
        stamp.ready = false;
        assertThat(verdict(Name.READINESS)).isEqualTo(Verdict.FAILED);
        stamp.ready = true;
        accepted = EnumSet.allOf(Name.class);
        assertThat(withoutAnswer(Name.READINESS)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    public void theStampIsAskedForUpdatesWhereResourceManagerIsDark() throws Exception {
        assertThat(verdict(Name.UPDATE)).isEqualTo(Verdict.PASSED);
        stamp.updating = Optional.of(true);
        assertThat(verdict(Name.UPDATE)).isEqualTo(Verdict.FAILED);
        stamp.dark = true;
        assertThat(verdict(Name.UPDATE)).isEqualTo(Verdict.FAILED);
        stamp.updating = Optional.of(false);
        assertThat(verdict(Name.UPDATE)).isEqualTo(Verdict.PASSED);
        stamp.updating = Optional.empty();
        accepted = EnumSet.allOf(Name.class);
        assertThat(verdict(Name.UPDATE)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    public void anExclusiveOperationStandsInTheWayAndItsBeingUnknownMayBeAccepted() throws Exception {
        assertThat(verdict(Name.EXCLUSIVE_OPERATION)).isEqualTo(Verdict.PASSED);
        stamp.exclusive = Optional.of("RepairNode");
        accepted = Set.of(Name.EXCLUSIVE_OPERATION, Name.ALERTS);
        assertThat(verdict(Name.EXCLUSIVE_OPERATION)).isEqualTo(Verdict.FAILED);
        stamp.dark = true;
        assertThat(verdict(Name.EXCLUSIVE_OPERATION)).isEqualTo(Verdict.ACCEPTED);
        assertThat(verdict(Name.ALERTS)).isEqualTo(Verdict.ACCEPTED);
        accepted = Set.of();
        assertThat(verdict(Name.EXCLUSIVE_OPERATION)).isEqualTo(Verdict.UNKNOWN);
        assertThat(verdict(Name.ALERTS)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    public void certificatesEndpointsAndShareHaveTheirOwn() throws Exception {
        assertThat(verdict(Name.CERTIFICATES)).isEqualTo(Verdict.PASSED);
        assertThat(verdict(Name.ENDPOINTS)).isEqualTo(Verdict.PASSED);
        assertThat(verdict(Name.SHARE)).isEqualTo(Verdict.PASSED);
        stamp.obstacles = List.of("the chain is not complete");
        stamp.endpointsHidden = true;
        stamp.share.put("AAD/notes.txt", "00");
        assertThat(verdict(Name.CERTIFICATES)).isEqualTo(Verdict.FAILED);
        assertThat(verdict(Name.ENDPOINTS)).isEqualTo(Verdict.UNKNOWN);
        assertThat(verdict(Name.SHARE)).isEqualTo(Verdict.FAILED);
        stamp.share.clear();
        assertThat(withoutAnswer(Name.SHARE)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    public void anInternalRotationNeedsAReason() throws Exception {
        assertThat(verdict(Name.REASON, RotationScope.INTERNAL, false)).isEqualTo(Verdict.FAILED);
        assertThat(verdict(Name.REASON, RotationScope.INTERNAL, true)).isEqualTo(Verdict.PASSED);
        stamp.root = Optional.of(stamp.now.plus(Duration.ofDays(89)));
        assertThat(verdict(Name.REASON, RotationScope.INTERNAL, false)).isEqualTo(Verdict.PASSED);
        stamp.root = Optional.of(stamp.now.plus(Duration.ofDays(91)));
        assertThat(verdict(Name.REASON, RotationScope.INTERNAL, false)).isEqualTo(Verdict.FAILED);
        for (final StampOperations.Alert.Expiring what : StampOperations.Alert.Expiring.values()) {
            stamp.alerts = List.of(new StampOperations.Alert("a1", "title", "Warning", Optional.of(what)));
            assertThat(verdict(Name.REASON, RotationScope.INTERNAL, false))
                    .as(what.name())
                    .isEqualTo(
                            what == StampOperations.Alert.Expiring.EXTERNAL_CERTIFICATE
                                    ? Verdict.FAILED
                                    : Verdict.PASSED);
        }
        stamp.dark = true;
        assertThat(verdict(Name.REASON, RotationScope.INTERNAL, false)).isEqualTo(Verdict.UNKNOWN);
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
        assertThat(gates).extracting(Gate::name).doesNotContain(Name.REASON);
        assertThat(gates).filteredOn(gate -> gate.name() == Name.ROTATION).allMatch(Gate::isOpen);
    }
}
