package io.jenkins.plugins.azurestack.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.Test;

/** A secret that by mistake comes as far as a record goes no further. */
public class SecretsInJournalTest {
    private static final String CANARY = "Canary-Pa55word";
    private static final String KEY = "-----BEGIN RSA PRIVATE KEY-----\nCanary-MIIEow\n-----END RSA PRIVATE KEY-----";
    private static final SecretGuard GUARD = text -> text.contains(CANARY);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
    private static final Path FOLDER = Path.of("/home");
    private static final RotationId ROTATION = new RotationId("east-1");

    private final ForgetfulDisk disk = new ForgetfulDisk().with(FOLDER.resolve("x"), new byte[0]);
    private final List<String> said = new ArrayList<>();

    private Journal journal(final SecretGuard guard) throws Exception {
        return Journal.begin(disk, FOLDER.resolve("x.journal"), ROTATION, CLOCK, guard);
    }

    private AuditTrail audit(final SecretGuard guard) throws Exception {
        return AuditTrail.open(disk, FOLDER.resolve("audit.trail"), "east", TestKey.KEY, CLOCK, guard);
    }

    private void assertNothingLeaked() {
        disk.files().values().forEach(bytes -> said.add(new String(bytes, StandardCharsets.UTF_8)));
        assertThat(said).isNotEmpty().noneMatch(SecretsInJournalTest::leaks);
    }

    private static boolean leaks(final String text) {
        return text.toLowerCase(Locale.ROOT).contains("canary");
    }

    private void say(final Throwable thrown) {
        final StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        said.add(trace.toString());
    }

    @Test
    public void anIntentWithASecretIsRefusedAndNothingIsWritten() throws Exception {
        final Journal journal = journal(GUARD);
        for (final String secret : List.of(CANARY, "pfx:" + CANARY + "!", KEY)) {
            assertThatThrownBy(() -> journal.intent("start", "start-1", Fields.of("argument", secret)))
                    .isInstanceOf(SecretRefusedException.class)
                    .hasMessageContaining("field 'argument'")
                    .hasMessageContaining("Nothing was written, and nothing is sent")
                    .satisfies(this::say);
        }
        assertThatThrownBy(() -> journal.intent(CANARY, "start-1", Fields.NONE))
                .isInstanceOf(SecretRefusedException.class)
                .satisfies(this::say);
        assertThatThrownBy(() -> journal.intent("start", CANARY, Fields.NONE))
                .isInstanceOf(SecretRefusedException.class)
                .satisfies(this::say);
        assertThat(journal.contents().records()).isEmpty();
        assertNothingLeaked();
    }

    @Test
    public void inWhatHasHappenedWordsStandInItsPlace() throws Exception {
        final Journal journal = journal(GUARD);
        journal.intent("start", "start-1", Fields.NONE);
        journal.note("follow", Fields.of("words", "the stamp said " + CANARY).with("also", "kept"));
        final JournalRecord result = journal.result("start-1", Fields.of("words", KEY));
        assertThat(result.fields().get("words")).contains(SecretGuard.WITHHELD);
        assertThat(journal.contents().records().get(1).fields().get("also")).contains("kept");
        final AuditTrail audit = audit(GUARD);
        audit.record("alice " + CANARY, "approve " + CANARY, ROTATION, Fields.of("words", CANARY));
        assertThat(audit.anchor().count()).isEqualTo(1);
        said.add(journal + " " + journal.contents() + " " + audit + " " + result);
        assertNothingLeaked();
    }

    @Test
    public void nothingSaysMoreOfARecordThanItsNames() throws Exception {
        final Journal journal = journal(text -> false);
        said.add(journal.intent("start", "start-1", Fields.of("argument", CANARY))
                .toString());
        said.add(journal.contents().toString());
        final AuditTrail audit = audit(text -> false);
        audit.record("alice", "approve", ROTATION, Fields.of("words", CANARY));
        said.add(audit + " " + audit.anchor());
        assertThat(said).noneMatch(SecretsInJournalTest::leaks);
        // Where no guard knows it, it is in the files: these tests would see it.
        disk.files().values().forEach(bytes -> said.add(new String(bytes, StandardCharsets.UTF_8)));
        assertThat(said).filteredOn(SecretsInJournalTest::leaks).hasSize(2);
    }

    @Test
    public void whatIsWrongWithADamagedFileIsSaidWithoutItsContent() throws Exception {
        final Path file = FOLDER.resolve("x.journal");
        final byte[] header = Frame.encode(JournalContents.header(ROTATION, CLOCK.instant()));
        for (final String json : List.of(
                "{\"n\":\"" + CANARY + "\"}",
                "{\"" + CANARY + "\":1}",
                "{\"n\":1,\"at\":\"" + CANARY + "\"}",
                "{\"n\":1,\"n\":\"" + CANARY + "\"}",
                "{" + CANARY,
                CANARY)) {
            final byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            final byte[] frame = Frame.line(Frame.checksum(bytes, 0), bytes);
            final String text = new String(header, StandardCharsets.UTF_8) + new String(frame, StandardCharsets.UTF_8);
            disk.with(file, text.getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> JournalContents.read(disk, file))
                    .isInstanceOf(DamagedFileException.class)
                    .satisfies(this::say);
            disk.with(FOLDER.resolve("stamp-east.lock"), frame);
            assertThatThrownBy(() -> new StampLocks(disk, FOLDER, CLOCK).look("east"))
                    .isInstanceOf(LockedException.class)
                    .satisfies(this::say);
        }
        assertThat(said).hasSize(12).noneMatch(SecretsInJournalTest::leaks);
    }

    @Test
    public void aFieldIsNotNamedLikeASecret() {
        for (final String name :
                List.of("password", "certificatePassword", "clientSecret", "api-token", "privateKey")) {
            assertThatThrownBy(() -> Fields.of(name, "x"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name);
        }
        assertThat(Fields.of("passwordCredentialsId", "east-pfx").get("passwordCredentialsId"))
                .contains("east-pfx");
    }
}
