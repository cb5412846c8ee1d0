package io.jenkins.plugins.azurestack.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.Test;

public class JournalTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.123456789Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final RotationId ROTATION = new RotationId("maintenance-east-17");
    private static final Path FILE = Path.of("/home/east.journal");

    private final ForgetfulDisk disk = new ForgetfulDisk().with(Path.of("/home/other"), new byte[0]);

    private Journal begin() throws IOException {
        return Journal.begin(disk, FILE, ROTATION, CLOCK, text -> false);
    }

    private Journal open(final ForgetfulDisk from) throws IOException {
        return Journal.open(from, FILE, ROTATION, CLOCK, text -> false);
    }

    private byte[] bytes() {
        return disk.files().get(FILE);
    }

    private ForgetfulDisk holding(final byte[] bytes) {
        return new ForgetfulDisk().with(FILE, bytes);
    }

    @Test
    public void whatIsWrittenIsReadBackByAnother() throws IOException {
        final Journal journal = begin();
        journal.intent(
                "start", "start-1", Fields.of("cmdlet", "Start-SecretRotation").with("files", 13));
        journal.result("start-1", Fields.of("instance", "4711"));
        journal.note("follow", Fields.of("words", "line one\nline two \u00e4\ud83d\ude80"));
        final JournalContents contents = open(disk).contents();
        assertThat(contents).isEqualTo(journal.contents());
        assertThat(contents.rotation()).isEqualTo(ROTATION);
        assertThat(contents.begun()).isEqualTo(NOW);
        assertThat(contents.isTorn()).isFalse();
        assertThat(contents.records()).extracting(JournalRecord::number).containsExactly(1L, 2L, 3L);
        assertThat(contents.records()).extracting(JournalRecord::phase).containsExactly("start", "start", "follow");
        assertThat(contents.records())
                .allSatisfy(entry -> assertThat(entry.at()).isEqualTo(NOW));
        assertThat(contents.records().get(0).fields().get("files")).contains("13");
        assertThat(contents.records().get(2).fields().get("words")).contains("line one\nline two \u00e4\ud83d\ude80");
    }

    @Test
    public void anIntentWithoutResultIsUnfinishedUntilItGetsOne() throws IOException {
        final Journal journal = begin();
        journal.intent("stage", "stage-1", Fields.NONE);
        journal.result("stage-1", Fields.NONE);
        journal.intent("start", "start-1", Fields.NONE);
        final Journal resumed = open(disk);
        assertThat(resumed.contents().unfinished())
                .extracting(entry -> entry.call().orElseThrow())
                .containsExactly("start-1");
        assertThat(resumed.contents().result("stage-1")).isPresent();
        assertThat(resumed.contents().intent("start-1")).isPresent();
        resumed.result("start-1", Fields.of("settled", "by asking"));
        assertThat(open(disk).contents().unfinished()).isEmpty();
    }

    @Test
    public void theFormatIsTheDocumentedOne() throws IOException {
        final Journal journal = begin();
        journal.intent("start", "start-1", Fields.of("a", "\"b\""));
        assertThat(new String(bytes(), UTF_8).lines().map(line -> line.substring(9)))
                .containsExactly(
                        "{\"journal\":1,\"rotation\":\"maintenance-east-17\",\"at\":\"2026-11-23T12:00:00.123456789Z\"}",
                        "{\"n\":1,\"at\":\"2026-11-23T12:00:00.123456789Z\",\"kind\":\"intent\",\"phase\":\"start\","
                                + "\"call\":\"start-1\",\"fields\":{\"a\":\"\\\"b\\\"\"}}");
    }

    @Test
    public void aCallHasOneIntentAndOneResult() throws IOException {
        final Journal journal = begin();
        journal.intent("start", "start-1", Fields.NONE);
        assertThatThrownBy(() -> journal.intent("start", "start-1", Fields.NONE))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> journal.result("start-2", Fields.NONE)).isInstanceOf(IllegalStateException.class);
        journal.result("start-1", Fields.NONE);
        assertThatThrownBy(() -> journal.result("start-1", Fields.NONE)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> open(disk).intent("start", "start-1", Fields.NONE))
                .isInstanceOf(IllegalStateException.class);
        assertThat(open(disk).contents().records()).hasSize(2);
    }

    @Test
    public void aJournalIsBegunOnceAndThenOpened() throws IOException {
        assertThatThrownBy(() -> open(disk)).isInstanceOf(NoSuchFileException.class);
        begin();
        assertThatThrownBy(this::begin).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    public void anotherRotationsJournalIsNotTouched() throws IOException {
        begin();
        assertThatThrownBy(() -> Journal.open(disk, FILE, new RotationId("other"), CLOCK, text -> false))
                .hasMessageContaining("'maintenance-east-17', not of 'other'")
                .hasMessageContaining("Nothing was changed");
    }

    @Test
    public void aLastRecordCutAnywhereIsTornAndCutOffByTheNextOne() throws IOException {
        final Journal journal = begin();
        journal.intent("start", "start-1", Fields.NONE);
        final int good = bytes().length;
        journal.result("start-1", Fields.of("words", "Completed"));
        final byte[] whole = bytes();
        for (int size = good + 1; size < whole.length; size++) {
            final ForgetfulDisk torn = holding(Arrays.copyOf(whole, size));
            final Journal resumed = open(torn);
            assertThat(resumed.contents().isTorn()).isTrue();
            assertThat(resumed.contents().tornBytes()).isEqualTo(size - good);
            assertThat(resumed.contents().unfinished()).hasSize(1);
            assertThat(torn.files().get(FILE)).hasSize(size);
            resumed.result("start-1", Fields.of("settled", "by asking"));
            final JournalContents after = open(torn).contents();
            assertThat(after.isTorn()).isFalse();
            assertThat(after.records()).hasSize(3);
            assertThat(after.records().get(1).phase()).isEqualTo("journal");
            assertThat(after.records().get(1).fields().get("torn-bytes")).contains(String.valueOf(size - good));
        }
    }

    @Test
    public void blocksOfTheLastRecordThatNeverReachedTheDiskAreTorn() throws IOException {
        final Journal journal = begin();
        journal.intent("start", "start-1", Fields.NONE);
        final int good = bytes().length;
        journal.result("start-1", Fields.of("words", "Completed"));
        final byte[] holes = bytes();
        Arrays.fill(holes, good, holes.length - 5, (byte) 0);
        assertThat(open(holding(holes)).contents().tornBytes()).isEqualTo(holes.length - good);
        final byte[] zeros = bytes();
        Arrays.fill(zeros, good, zeros.length, (byte) 0);
        assertThat(open(holding(zeros)).contents().tornBytes()).isEqualTo(zeros.length - good);
    }

    @Test
    public void whateverIsAlteredBeforeTheEndIsDamage() throws IOException {
        final Journal journal = begin();
        journal.intent("start", "start-1", Fields.NONE);
        journal.result("start-1", Fields.of("words", "Completed"));
        final byte[] whole = bytes();
        final int lastLine = new String(whole, UTF_8).lastIndexOf('\n', whole.length - 2) + 1;
        for (int at = 0; at < whole.length - 1; at++) {
            for (int bit = 0; bit < 8; bit++) {
                final byte[] altered = whole.clone();
                altered[at] ^= (byte) (1 << bit);
                if (at >= lastLine && altered[at] == 0) {
                    continue; // Looks like a block that never came, and is called torn.
                }
                assertThatThrownBy(() -> open(holding(altered)))
                        .as("byte %s bit %s", at, bit)
                        .isInstanceOf(DamagedFileException.class)
                        .hasMessageContaining("/home/east.journal is damaged")
                        .hasMessageContaining("left as it is")
                        .hasMessageContaining("find out on the stamp");
            }
        }
    }

    @Test
    public void recordsThatAreMissingMovedOrDoubledAreDamage() throws IOException {
        final Journal journal = begin();
        journal.intent("start", "start-1", Fields.NONE);
        journal.note("follow", Fields.NONE);
        journal.result("start-1", Fields.NONE);
        final List<String> lines = new String(bytes(), UTF_8).lines().toList();
        final String all = String.join("\n", lines) + "\n";
        assertThat(open(holding(all.getBytes(UTF_8))).contents().records()).hasSize(3);
        for (final int[] order :
                new int[][] {{0, 2, 3}, {0, 1, 3}, {0, 2, 1, 3}, {0, 1, 1, 2, 3}, {1, 2, 3}, {0, 0, 1}}) {
            final StringBuilder text = new StringBuilder();
            for (final int line : order) {
                text.append(lines.get(line)).append('\n');
            }
            assertThatThrownBy(() -> open(holding(text.toString().getBytes(UTF_8))))
                    .as(Arrays.toString(order))
                    .isInstanceOf(DamagedFileException.class);
        }
    }

    @Test
    public void aRecordThatBreaksTheRulesIsDamageThoughItsChecksumIsRight() throws IOException {
        final byte[] header = Frame.encode(JournalContents.header(ROTATION, NOW));
        for (final FlatJson json : List.of(
                new FlatJson(),
                entry(1, "result").put("call", "x").put(Fields.NONE),
                entry(1, "intent").put(Fields.NONE),
                entry(1, "note").put("call", "x").put(Fields.NONE),
                entry(1, "wish").put(Fields.NONE),
                entry(2, "note").put(Fields.NONE),
                entry(1, "note"),
                entry(1, "note").put("at", "yesterday").put(Fields.NONE))) {
            final byte[] frame = Frame.encode(json);
            final byte[] both = Arrays.copyOf(header, header.length + frame.length);
            System.arraycopy(frame, 0, both, header.length, frame.length);
            assertThatThrownBy(() -> open(holding(both)))
                    .as(new String(frame, UTF_8))
                    .isInstanceOf(DamagedFileException.class)
                    .hasMessageContaining("record 1");
        }
    }

    private static FlatJson entry(final long number, final String kind) {
        return new FlatJson().put("n", number).put("at", NOW).put("kind", kind).put("phase", "start");
    }

    @Test
    public void aNewerVersionIsNotRead() {
        final byte[] newer = Frame.encode(
                new FlatJson().put("journal", 2).put("rotation", "x").put("at", NOW));
        assertThatThrownBy(() -> open(holding(newer)))
                .hasMessageContaining("its first line")
                .hasMessageContaining("version is 2, and this version of the plugin reads 1");
        assertThatThrownBy(() -> open(holding(new byte[0]))).isInstanceOf(DamagedFileException.class);
    }

    @Test
    public void aRecordThatCouldNotBeForcedDoesNotCount() throws IOException {
        final Journal journal = begin();
        disk.failToForce(true);
        assertThatThrownBy(() -> journal.intent("start", "start-1", Fields.NONE))
                .isInstanceOf(IOException.class);
        assertThat(journal.contents().records()).isEmpty();
        disk.failToForce(false);
        journal.intent("start", "start-1", Fields.NONE);
        assertThat(open(disk).contents()).isEqualTo(journal.contents());
    }

    @Test
    public void aResultThatFoundNoSpaceIsWrittenWhenThereIsSome() throws IOException {
        final Journal journal = begin();
        journal.intent("start", "start-1", Fields.NONE);
        disk.withCapacity(bytes().length + 20L);
        assertThatThrownBy(() -> journal.result("start-1", Fields.NONE)).hasMessageContaining("No space");
        assertThat(open(disk).contents().isTorn()).isTrue();
        disk.withCapacity(1 << 20);
        journal.result("start-1", Fields.NONE);
        assertThat(open(disk).contents()).isEqualTo(journal.contents());
        assertThat(journal.contents().records()).hasSize(2);
    }

    @Test
    public void nothingIsAddedBehindWhatSomebodyElseWrote() throws IOException {
        final Journal late = begin();
        final Journal other = open(disk);
        other.note("gate", Fields.NONE);
        assertThatThrownBy(() -> late.note("gate", Fields.NONE)).hasMessageContaining("somebody else wrote there");
        assertThat(open(disk).contents()).isEqualTo(other.contents());
        disk.erase(FILE);
        assertThatThrownBy(() -> other.note("gate", Fields.NONE)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    public void theLargestRecordCanBeReadBack() throws IOException {
        Fields fields = Fields.NONE;
        for (int i = 0; i < Fields.MOST; i++) {
            fields = fields.with("field-" + i, "\u0001".repeat(5_000));
        }
        final Journal journal = begin();
        journal.note("follow", fields);
        assertThat(open(disk).contents()).isEqualTo(journal.contents());
        assertThat(fields.get("field-0").orElseThrow()).hasSize(4_000).endsWith("... (cut: 5000 characters)");
    }

    @Test
    public void wordsAreWordsAndFieldsHaveNames() throws IOException {
        final Journal journal = begin();
        for (final String word : List.of("", " ", "\n", "x".repeat(101), "\u00e4")) {
            assertThatThrownBy(() -> journal.intent(word, "call", Fields.NONE))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> journal.intent("phase", word, Fields.NONE))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (final String name : List.of("", "1", "a b", "x".repeat(65), "certificatePassword", "client-secret")) {
            assertThatThrownBy(() -> Fields.of(name, "x")).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Fields.of("x", "half of a pair: \ud83d").get("x")).contains("half of a pair: ?");
        assertThat(Fields.of("a", "secret").toString()).isEqualTo("[a]");
    }
}
