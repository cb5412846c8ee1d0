package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.journal.AuditKey;
import io.jenkins.plugins.azurestack.journal.FileDisk;
import io.jenkins.plugins.azurestack.pep.Logons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class RefusedLogonsTest {
    static final Logons FORGETFUL = Logons.FORGETFUL;
    static final AuditKey KEY = message -> {
        try {
            final Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("a key of this test alone".getBytes(), "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    };
    private static final String CANARY = "Canary-Passw0rd-1";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<String> log = new ArrayList<>();

    @Test
    public void aRefusedPasswordIsRememberedByTheNextBuildAndOnlyForItsUser() throws IOException {
        logons().refused("AZURESTACK\\CloudAdmin", CANARY.toCharArray());

        assertThat(logons().wasRefused("azurestack\\cloudadmin", CANARY.toCharArray()))
                .isTrue();
        assertThat(logons().wasRefused("AZURESTACK\\CloudAdmin", "Another1".toCharArray()))
                .isFalse();
        assertThat(logons().wasRefused("AZURESTACK\\Other", CANARY.toCharArray()))
                .isFalse();
    }

    @Test
    public void twoBuildsThatHaveItOpenSeeWhatEitherLearns() throws IOException {
        final RefusedLogons one = logons();
        final RefusedLogons other = logons();
        one.refused("a", CANARY.toCharArray());
        other.refused("b", CANARY.toCharArray());

        assertThat(one.wasRefused("b", CANARY.toCharArray())).isTrue();
        assertThat(other.wasRefused("a", CANARY.toCharArray())).isTrue();
    }

    @Test
    public void neitherThePasswordNorAHashThatAnybodyCanMakeIsInTheFile() throws IOException {
        logons().refused("CloudAdmin", CANARY.toCharArray());
        final String text = Files.readString(file());

        assertThat(text).contains("CloudAdmin", "2026-11-23T12:00:00Z").doesNotContain(CANARY);
        assertThat(text).contains("\"schema\" : 1");
    }

    @Test
    public void removingTheFileAsksForAnotherTry() throws IOException {
        logons().refused("CloudAdmin", CANARY.toCharArray());
        Files.delete(file());

        assertThat(logons().wasRefused("CloudAdmin", CANARY.toCharArray())).isFalse();
    }

    @Test
    public void withADamagedFileNothingIsSentToAnybody() throws IOException {
        Files.writeString(file(), "{\"schema\": 7}");
        assertThatThrownBy(this::logons).isInstanceOf(IOException.class).hasMessageContaining("is damaged");
        Files.writeString(file(), "{");
        assertThatThrownBy(this::logons).isInstanceOf(IOException.class).hasMessageContaining("Nothing was sent");
    }

    @Test
    public void whatCannotBeWrittenDownIsKeptByThisBuildAndSaid() throws IOException {
        final RefusedLogons logons = logons();
        Files.createDirectory(folder.getRoot().toPath().resolve(RefusedLogons.NAME + ".new"));
        Files.createFile(folder.getRoot().toPath().resolve(RefusedLogons.NAME + ".new/in-the-way"));
        logons.refused("CloudAdmin", CANARY.toCharArray());

        assertThat(log).singleElement().satisfies(line -> assertThat(line)
                .contains("could not be written down")
                .doesNotContain(CANARY));
    }

    private Path file() {
        return folder.getRoot().toPath().resolve(RefusedLogons.NAME);
    }

    private RefusedLogons logons() throws IOException {
        return new RefusedLogons(
                new FileDisk(),
                folder.getRoot().toPath(),
                KEY,
                Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC),
                log::add);
    }
}
