package io.jenkins.plugins.azurestack.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.Test;

public class AuditTrailTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final RotationId ROTATION = new RotationId("maintenance-east-17");
    private static final Path FILE = Path.of("/home/audit.trail");
    private static final Path RESERVE = Path.of("/home/audit.trail.reserve");

    private final ForgetfulDisk disk = new ForgetfulDisk().with(Path.of("/home/other"), new byte[0]);

    private AuditTrail open(final ForgetfulDisk from) throws IOException {
        return AuditTrail.open(from, FILE, "east", TestKey.KEY, CLOCK, text -> false);
    }

    private static AuditVerdict verify(final ForgetfulDisk from, final Anchor... anchors) throws IOException {
        return verify(from.files().get(FILE), anchors);
    }

    private static AuditVerdict verify(final byte[] bytes, final Anchor... anchors) throws IOException {
        return new AuditVerifier(TestKey.KEY, "east", List.of(anchors)).verify(new ByteArrayInputStream(bytes));
    }

    private AuditTrail filled() throws IOException {
        final AuditTrail trail = open(disk);
        trail.record("alice", "approve", ROTATION, Fields.of("plan", "4711"));
        trail.record("maintenance/east #17", "start", ROTATION, Fields.NONE);
        trail.record("alice", "release-lock", Fields.of("reason", "because"));
        return trail;
    }

    @Test
    public void recordsAreReadBackInOrderAndVerified() throws IOException {
        final AuditTrail trail = filled();
        final List<AuditRecord> records = new ArrayList<>();
        final AuditVerdict verdict = new AuditVerifier(TestKey.KEY, "east", List.of(trail.anchor()))
                .verify(new ByteArrayInputStream(disk.files().get(FILE)), records::add);
        assertThat(verdict.isIntact()).isTrue();
        assertThat(verdict.isAnchored()).isTrue();
        assertThat(verdict).hasToString("The audit trail is intact: 3 records. The latest anchor covers 3 of them.");
        assertThat(records).extracting(AuditRecord::action).containsExactly("approve", "start", "release-lock");
        assertThat(records).extracting(AuditRecord::number).containsExactly(1L, 2L, 3L);
        assertThat(records.get(0).rotation()).contains(ROTATION);
        assertThat(records.get(0).actor()).isEqualTo("alice");
        assertThat(records.get(0).stamp()).isEqualTo("east");
        assertThat(records.get(0).at()).isEqualTo(NOW);
        assertThat(records.get(0).fields().get("plan")).contains("4711");
        assertThat(records.get(2).rotation()).isEmpty();
        assertThat(trail.anchor().count()).isEqualTo(3);
    }

    @Test
    public void itGoesOnWhereItEnded() throws IOException {
        final Anchor before = filled().anchor();
        final AuditTrail later = open(disk);
        assertThat(later.anchor()).isEqualTo(before);
        later.record("bob", "approve", ROTATION, Fields.NONE);
        final AuditVerdict verdict = verify(disk, before, later.anchor());
        assertThat(verdict.isIntact()).isTrue();
        assertThat(verdict.records()).isEqualTo(4);
        assertThat(verify(disk, before).sentence()).endsWith("The latest anchor covers 3 of them.");
    }

    @Test
    public void withoutAnAnchorTheVerdictSaysSo() throws IOException {
        filled();
        final AuditVerdict verdict = verify(disk);
        assertThat(verdict.isIntact()).isTrue();
        assertThat(verdict.isAnchored()).isFalse();
        assertThat(verdict.sentence()).contains("intact: 3 records", "Tail not anchored");
    }

    @Test
    public void wholeRecordsMissingAtTheEndAreFoundAgainstTheAnchor() throws IOException {
        final AuditTrail trail = filled();
        final byte[] bytes = disk.files().get(FILE);
        final int lastLine = new String(bytes, UTF_8).lastIndexOf('\n', bytes.length - 2) + 1;
        final AuditVerdict cut = verify(Arrays.copyOf(bytes, lastLine), trail.anchor());
        assertThat(cut.problem().orElseThrow().kind()).isEqualTo(AuditVerdict.Kind.CUT);
        assertThat(cut.sentence()).contains("of 3 records only 2 are there");
        assertThat(verify(Arrays.copyOf(bytes, lastLine)).isIntact()).isTrue();
        final AuditVerdict torn = verify(Arrays.copyOf(bytes, lastLine + 9), trail.anchor());
        assertThat(torn.problem().orElseThrow().kind()).isEqualTo(AuditVerdict.Kind.CUT);
    }

    @Test
    public void aTrailThatWasMadeAnewWithTheKeyIsFoundAgainstTheAnchor() throws IOException {
        final Anchor anchor = filled().anchor();
        disk.erase(FILE);
        final AuditTrail forged = open(disk);
        for (int i = 0; i < 5; i++) {
            forged.record("mallory", "nothing", Fields.NONE);
        }
        final AuditVerdict verdict = verify(disk, anchor);
        assertThat(verdict.problem().orElseThrow().kind()).isEqualTo(AuditVerdict.Kind.REWRITTEN);
        assertThat(verdict.sentence()).contains("not the one that was anchored", "record 3 is another one");
        assertThat(verify(disk).isIntact()).isTrue();
    }

    @Test
    public void aTornLastRecordIsCalledTornAndCutOffByTheNextOne() throws IOException {
        final AuditTrail trail = filled();
        final byte[] bytes = disk.files().get(FILE);
        final int lastLine = new String(bytes, UTF_8).lastIndexOf('\n', bytes.length - 2) + 1;
        for (int size = lastLine + 1; size < bytes.length; size++) {
            final byte[] torn = Arrays.copyOf(bytes, size);
            assertThat(verify(torn).problem().orElseThrow().kind()).isEqualTo(AuditVerdict.Kind.TORN);
            assertThat(verify(torn).sentence()).contains("intact for 2 records", "is torn", "by a crash");
            final ForgetfulDisk later = new ForgetfulDisk().with(FILE, torn);
            open(later).record("bob", "approve", Fields.NONE);
            final AuditVerdict after = verify(later);
            assertThat(after.isIntact()).isTrue();
            assertThat(after.records()).isEqualTo(4);
            assertThat(new String(later.files().get(FILE), UTF_8)).contains("torn-record-cut");
            assertThat(verify(later, trail.anchor()).problem().orElseThrow().kind())
                    .as("a last record that somebody tore on purpose")
                    .isEqualTo(AuditVerdict.Kind.REWRITTEN);
        }
    }

    @Test
    public void aDamagedTrailIsNotContinued() throws IOException {
        filled();
        final byte[] bytes = disk.files().get(FILE);
        bytes[bytes.length / 2] ^= 1;
        disk.with(FILE, bytes);
        assertThatThrownBy(() -> open(disk))
                .isInstanceOf(DamagedFileException.class)
                .hasMessageContaining("left as it is")
                .hasMessageContaining("once the file is moved away a new trail begins");
        assertThat(disk.files().get(FILE)).isEqualTo(bytes);
    }

    @Test
    public void anotherKeyOrStampIsFound() throws IOException {
        filled();
        final byte[] bytes = disk.files().get(FILE);
        final AuditVerdict otherKey =
                new AuditVerifier(new TestKey("other"), "east", List.of()).verify(new ByteArrayInputStream(bytes));
        assertThat(otherKey.sentence()).contains("the first line", "another key");
        final AuditVerdict otherStamp =
                new AuditVerifier(TestKey.KEY, "west", List.of()).verify(new ByteArrayInputStream(bytes));
        assertThat(otherStamp.sentence()).contains("belongs to another stamp");
        assertThat(verify(new byte[0]).isIntact()).isFalse();
    }

    @Test
    public void anEmptyTrailOfAnotherStampIsFoundToo() throws IOException {
        open(disk);
        final AuditVerdict verdict = new AuditVerifier(TestKey.KEY, "west", List.of())
                .verify(new ByteArrayInputStream(disk.files().get(FILE)));
        assertThat(verdict.sentence()).contains("belongs to another stamp");
    }

    @Test
    public void everySingleFlippedBitIsFoundWithoutAnAnchor() throws IOException {
        filled();
        final byte[] bytes = disk.files().get(FILE);
        for (int at = 0; at < bytes.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                final byte[] altered = bytes.clone();
                altered[at] ^= (byte) (1 << bit);
                assertThat(verify(altered).isIntact())
                        .as("byte %s bit %s", at, bit)
                        .isFalse();
            }
        }
    }

    @Test
    public void spaceIsPutAsideBeforeTheFirstChangeAndGivenBackWhenItIsNeeded() throws IOException {
        final AuditTrail trail = filled();
        trail.reserve();
        assertThat(disk.files().get(RESERVE)).hasSize(AuditTrail.RESERVE);
        disk.withCapacity(AuditTrail.RESERVE + disk.files().get(FILE).length + 10L);
        trail.record("job #1", "start", ROTATION, Fields.NONE);
        assertThat(trail.isWritable()).isTrue();
        assertThat(disk.files()).doesNotContainKey(RESERVE);
        assertThat(verify(disk, trail.anchor()).records()).isEqualTo(4);
    }

    @Test
    public void thousandsOfRecordsFindSpaceInWhatWasPutAside() throws IOException {
        final AuditTrail trail = filled();
        trail.reserve();
        disk.withCapacity(AuditTrail.RESERVE + disk.files().get(FILE).length);
        for (int i = 0; i < 2_000; i++) {
            trail.record("job #1", "follow", ROTATION, Fields.of("step", "a step of the action plan"));
        }
        assertThat(trail.isWritable()).isTrue();
        assertThat(verify(disk, trail.anchor()).records()).isEqualTo(2_003);
    }

    @Test
    public void withoutSpaceNothingIsToBeChanged() throws IOException {
        final AuditTrail trail = filled();
        disk.withCapacity(AuditTrail.RESERVE);
        assertThatThrownBy(trail::reserve)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("free bytes in /home")
                .hasMessageContaining("Nothing was changed")
                .hasMessageContaining("Make space");
        assertThat(disk.files()).doesNotContainKey(RESERVE);
    }

    @Test
    public void whatCanNotBeWrittenWaitsInOrderAndIsWrittenAsSoonAsThatWorks() throws IOException {
        final AuditTrail trail = filled();
        disk.failToForce(true);
        trail.record("job #1", "start", ROTATION, Fields.NONE);
        trail.record("job #1", "started", ROTATION, Fields.NONE);
        assertThat(trail.isWritable()).isFalse();
        assertThat(trail.waiting()).isEqualTo(2);
        assertThat(trail.failure()).contains("Input/output error");
        assertThat(trail.anchor().count()).isEqualTo(3);
        assertThatThrownBy(trail::reserve).isInstanceOf(IOException.class);
        disk.failToForce(false);
        trail.record("job #1", "verified", ROTATION, Fields.NONE);
        assertThat(trail.isWritable()).isTrue();
        assertThat(trail.waiting()).isZero();
        assertThat(trail.failure()).isEmpty();
        final List<AuditRecord> records = new ArrayList<>();
        new AuditVerifier(TestKey.KEY, "east", List.of(trail.anchor()))
                .verify(new ByteArrayInputStream(disk.files().get(FILE)), records::add);
        assertThat(records)
                .extracting(AuditRecord::action)
                .containsExactly("approve", "start", "release-lock", "start", "started", "verified");
    }

    @Test
    public void aTrailThatWasMovedAwayIsNoticed() throws IOException {
        final AuditTrail trail = filled();
        final byte[] bytes = disk.files().get(FILE);
        disk.erase(FILE);
        trail.record("job #1", "start", ROTATION, Fields.NONE);
        assertThat(trail.isWritable()).isFalse();
        disk.with(FILE, bytes);
        assertThat(trail.isWritable()).isTrue();
        disk.with(FILE, Arrays.copyOf(bytes, 10));
        trail.record("job #1", "verified", ROTATION, Fields.NONE);
        assertThat(trail.isWritable()).isFalse();
    }

    @Test
    public void anchorsAreKeptAsText() throws IOException {
        final Anchor anchor = filled().anchor();
        assertThat(Anchor.parse(anchor.toString())).isEqualTo(anchor);
        for (final String text : List.of("", "3", "3:", "-1:" + anchor.head(), "03:" + anchor.head(), "3:xyz")) {
            assertThatThrownBy(() -> Anchor.parse(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    public void longAndOddTextsAreKeptReadable() throws IOException {
        final AuditTrail trail = open(disk);
        trail.record("\ud83d".repeat(1_000), "a\nb", Fields.of("x", "\u0000\u2028\u202e"));
        assertThat(verify(disk, trail.anchor()).isIntact()).isTrue();
        assertThat(new String(disk.files().get(FILE), UTF_8).lines()).hasSize(2);
    }
}
