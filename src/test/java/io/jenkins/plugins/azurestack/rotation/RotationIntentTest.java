package io.jenkins.plugins.azurestack.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.Test;

public class RotationIntentTest {
    private static final String SHARE = "\\\\10.30.0.50\\rotation\\Certificates";

    private String stamp = "east";
    private String domain = "east.azurestack.contoso.com";
    private String version = "1.2501.1.47";
    private RotationCall call = RotationCall.first(RotationScope.EXTERNAL, Optional.of(SHARE));
    private List<String> endpoints = List.of("10.30.0.225", "10.30.0.226", "10.30.0.227");
    private Map<CertificateFolder, RotationIntent.Change> certificates =
            Map.of(CertificateFolder.ARM_ADMIN, change("bb", "aa"), CertificateFolder.ARM_PUBLIC, change("dd", "cc"));
    private Set<RotationCondition> accepted = Set.of();
    private Optional<String> reason = Optional.empty();

    private static RotationIntent.Change change(final String next, final String... served) {
        return new RotationIntent.Change(new TreeSet<>(List.of(served)), next);
    }

    private String hash() {
        return new RotationIntent(stamp, domain, version, call, endpoints, certificates, accepted, reason).hash();
    }

    @Test
    public void eachFieldThatIsChangedAloneGivesAnotherHash() {
        final List<String> hashes = new ArrayList<>(List.of(hash()));
        final List<Runnable> changes = List.of(
                () -> stamp = "west",
                () -> domain = "west.azurestack.contoso.com",
                () -> version = "1.2501.1.48",
                () -> call = RotationCall.first(RotationScope.EXTERNAL, Optional.of(SHARE + "2")),
                () -> endpoints = List.of("10.30.0.225", "10.30.0.226"),
                () -> certificates = Map.of(
                        CertificateFolder.ARM_ADMIN,
                        change("bb", "aa"),
                        CertificateFolder.ARM_PUBLIC,
                        change("ee", "cc")),
                () -> certificates = Map.of(
                        CertificateFolder.ARM_ADMIN,
                        change("bb", "aa"),
                        CertificateFolder.ARM_PUBLIC,
                        change("ee", "ff")),
                () -> certificates = Map.of(CertificateFolder.ARM_ADMIN, change("bb", "aa")),
                () -> accepted = Set.of(RotationCondition.ALERTS),
                () -> reason = Optional.of("compromise"),
                () -> call = RotationCall.first(RotationScope.INTERNAL, Optional.empty()),
                () -> call = RotationCall.again(RotationScope.INTERNAL));
        for (final Runnable change : changes) {
            change.run();
            hashes.add(hash());
        }
        assertThat(new HashSet<>(hashes)).hasSameSizeAs(hashes);
    }

    @Test
    public void theOrderOfAnswersDoesNotMatter() {
        final String before = hash();
        final List<String> other = new ArrayList<>(endpoints);
        Collections.reverse(other);
        endpoints = other;
        final Map<CertificateFolder, RotationIntent.Change> reversed = new LinkedHashMap<>();
        reversed.put(CertificateFolder.ARM_PUBLIC, change("dd", "cc"));
        reversed.put(CertificateFolder.ARM_ADMIN, change("bb", "aa"));
        certificates = reversed;
        assertThat(hash()).isEqualTo(before).matches("[0-9a-f]{64}");
    }

    @Test
    public void clockAlertsAndTestWordsAreNotInIt() throws Exception {
        final Desk desk = Desk.external();
        final String before = desk.plan().intent().hash();
        desk.stamp.pass(Duration.ofDays(3));
        desk.stamp.alerts = List.of(new StampOperations.Alert("a1", "Disk is full", "Critical", Optional.empty()));
        desk.stamp.ready = false;
        desk.stamp.obstacles = List.of("the password is weak");
        assertThat(desk.plan().intent().hash()).isEqualTo(before);
        desk.stamp.served.put(CertificateFolder.ARM_ADMIN, "1234");
        assertThat(desk.plan().intent().hash()).isNotEqualTo(before);
    }

    @Test
    public void aFolderIsDoneOnlyIfNothingButTheNewCertificateIsServed() {
        assertThat(change("aa", "aa").isDone()).isTrue();
        assertThat(change("aa", "aa", "bb").isDone()).isFalse();
        assertThat(change("aa").isDone()).isFalse();
    }
}
