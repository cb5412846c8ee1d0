package io.jenkins.plugins.azurestack.wiring;

import static io.jenkins.plugins.azurestack.wiring.RotatingStamp.apply;
import static io.jenkins.plugins.azurestack.wiring.RotatingStamp.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.expiry.Severity;
import io.jenkins.plugins.azurestack.expiry.Sighting;
import io.jenkins.plugins.azurestack.expiry.Target;
import io.jenkins.plugins.azurestack.journal.Anchor;
import io.jenkins.plugins.azurestack.journal.FileDisk;
import io.jenkins.plugins.azurestack.journal.JournalFolder;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.journal.SharePath;
import io.jenkins.plugins.azurestack.journal.StampLocks;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.wiring.StampConcerns.Concern;
import io.jenkins.plugins.azurestack.wiring.StampConcerns.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** How stamps stand, and what there is to tell about them, by the files that checks and rotations leave. */
public class StampOverviewTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final Duration WITHIN = Duration.ofDays(14);
    private static final Optional<String> SHARE = Optional.of("\\\\10.30.0.50\\rotation\\Certificates");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final FileDisk disk = new FileDisk();
    private Path home;
    private StampOverview overview;

    @Before
    public void overview() {
        home = folder.getRoot().toPath().resolve("azure-stack-hub");
        overview = new StampOverview(disk, home, RefusedLogonsTest.KEY, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    public void aStampOfWhichNothingIsKnownIsShownAllTheSame() throws IOException {
        final StampState east = overview.of("east", "east.contoso.com", SHARE);

        assertThat(east.next()).isEmpty();
        assertThat(east.troubles()).isEmpty();
        assertThat(overview.kept()).isEmpty();
        assertThat(overview.audit("east", List.of()).intact()).isTrue();
        assertThat(StampMap.of(east, NOW))
                .containsEntry("nextWords", "not known")
                .containsEntry("lastCheckedWords", "never")
                .containsEntry("locked", false);
        assertThat(StampConcerns.of(east, NOW, WITHIN))
                .extracting(Concern::words)
                .containsExactly("No check of expiry has run yet.");
        assertThat(StampConcerns.of(overview.of("gone", "", Optional.empty()), NOW, WITHIN))
                .isEmpty();
        assertThat(Files.exists(home)).as("looking makes no files").isFalse();
    }

    @Test
    public void whatWasSeenLastIsWhatEndsNext() throws IOException {
        seen(NOW.minus(Duration.ofDays(20)), "removed:443", 3);
        seen(NOW.minus(Duration.ofHours(3)), "portal:443", 20);
        seen(NOW.minus(Duration.ofHours(2)), "management:443", 200);

        final StampState east = overview.of("east", "east.contoso.com", SHARE);

        assertThat(east.next()).map(StampState.Ending::name).contains("endpoints portal:443");
        assertThat(StampMap.of(east, NOW))
                .containsEntry("nextWords", "ends in 20 days")
                .containsEntry("daysLeft", 20L)
                .containsEntry("css", "critical")
                .containsEntry("lastCheckedWords", "2 hours ago");
        assertThat(StampConcerns.of(east, NOW, WITHIN))
                .extracting(Concern::words)
                .containsExactly("endpoints portal:443 ends in 20 days.");
    }

    @Test
    public void aCheckThatIsDueIsToldOnce() throws IOException {
        seen(NOW.minus(Duration.ofDays(15)), "portal:443", 200);
        final StampState east = overview.of("east", "east.contoso.com", SHARE);

        assertThat(StampConcerns.of(east, NOW, WITHIN))
                .extracting(Concern::words)
                .containsExactly("The last check of expiry was 15 days ago, on 2026-11-11 12:00 UTC.");
        assertThat(StampConcerns.of(east, NOW, Duration.ofDays(16))).isEmpty();
        assertThat(StampConcerns.fingerprint(StampConcerns.of(east, NOW, WITHIN)))
                .as("tomorrow it is the same concern")
                .isEqualTo(StampConcerns.fingerprint(StampConcerns.of(east, NOW.plus(Duration.ofDays(1)), WITHIN)));
    }

    @Test
    public void aDismissalLastsUntilTheFactsChange() throws IOException {
        seen(NOW.minus(Duration.ofHours(2)), "portal:443", 20);
        final Dismissals dismissals = new Dismissals(disk, home);
        final String before = fingerprint();
        assertThat(dismissals.isDismissed("east", before)).isFalse();

        dismissals.dismiss("east", before, "alice", NOW);
        assertThat(new Dismissals(disk, home).isDismissed("east", before)).isTrue();
        assertThat(dismissals.isDismissed("west", before)).isFalse();
        seen(NOW, "management:443", 10);

        assertThat(dismissals.isDismissed("east", fingerprint())).isFalse();
        Files.writeString(home.resolve(Dismissals.NAME), "rubbish");
        assertThat(dismissals.isDismissed("east", before)).isFalse();
        dismissals.dismiss("east", before, "alice", NOW);
        assertThat(dismissals.isDismissed("east", before)).isTrue();
    }

    private String fingerprint() {
        return StampConcerns.fingerprint(StampConcerns.of(overview.of("east", "east.contoso.com", SHARE), NOW, WITHIN));
    }

    @Test
    public void aRotationItsAuditTrailAndWhatIsLeftOfItAreShown() throws Exception {
        final MaintenanceBuild build = new MaintenanceBuild(home);
        try (RotatingStamp stamp = new RotatingStamp(IdentityProvider.AAD)) {
            stamp.equip(build);
            final Map<String, Object> plan = stamp.run(build, plan("external"));
            build.approved.add(String.valueOf(plan.get("id")));
            final Map<String, Object> result = stamp.run(build, apply(plan.get("id")));

            final StampState east = overview.of("east", "east.contoso.com", SHARE);
            assertThat(overview.kept()).containsExactly("east");
            assertThat(east.last())
                    .hasValueSatisfying(last -> assertThat(last.state()).contains("COMPLETED"));
            assertThat(east.waiting()).isEmpty();
            assertThat(east.lock()).isEmpty();
            requirePlain(StampMap.of(east, NOW));
            requirePlain(StampMap.rotations(east));
            final Anchor anchor = Anchor.parse(String.valueOf(result.get("auditAnchor")));
            assertThat(overview.audit("east", List.of(anchor)).sentence())
                    .startsWith("The audit trail is intact: ")
                    .contains("The latest anchor covers " + anchor.count());
            Files.writeString(home.resolve("stamps/east/audit/audit.trail"), "rubbish\n");
            assertThat(overview.audit("east", List.of(anchor)).intact()).isFalse();
            Files.delete(home.resolve("stamps/east/audit/audit.trail"));
            assertThat(overview.audit("east", List.of(anchor)).intact()).isFalse();
        }
    }

    @Test
    public void aLockAndWhoHasItAreShownAndWhatCannotBeReadHidesNothingElse() throws Exception {
        final JournalFolder files = new JournalFolder(disk, home);
        files.prepare("east");
        final StampLocks locks = new StampLocks(disk, files.locks(), Clock.fixed(NOW, ZoneOffset.UTC));
        locks.acquire("east", new SharePath(SHARE.get()), new RotationId("east-external-1"), "maintenance/east #7");
        seen(NOW, "portal:443", 200);

        assertThat(StampMap.of(overview.of("east", "east.contoso.com", SHARE), NOW))
                .containsEntry("lastCheckedWords", "less than a minute ago");
        assertThat(StampMap.of(overview.of("east", "east.contoso.com", SHARE), NOW))
                .containsEntry("locked", true)
                .extracting("lock")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("holder", "maintenance/east #7")
                .containsEntry("rotation", "east-external-1")
                .containsEntry("sinceWords", "2026-11-26 12:00 UTC");

        Files.writeString(files.locks().resolve("stamp-east.lock"), "rubbish");
        Files.writeString(home.resolve("stamps/east/journal/east-internal-2.journal"), "rubbish\n");
        final StampState damaged = overview.of("east", "east.contoso.com", SHARE);
        assertThat(StampMap.of(damaged, NOW)).containsEntry("locked", true).containsEntry("daysLeft", 200L);
        assertThat(StampConcerns.of(damaged, NOW, WITHIN))
                .extracting(Concern::kind)
                .containsExactlyInAnyOrder(Kind.UNFINISHED, Kind.UNREADABLE);
    }

    @Test
    public void aRotationThatABuildIsAtIsNoConcern() throws Exception {
        final JournalFolder files = new JournalFolder(disk, home);
        files.prepare("east");
        final RotationId rotation = new RotationId("east-external-1");
        final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        new StampLocks(disk, files.locks(), clock).acquire("east", rotation, "maintenance/east #7");
        io.jenkins.plugins.azurestack.journal.Journal.begin(
                disk,
                files.journal("east", rotation),
                rotation,
                clock,
                io.jenkins.plugins.azurestack.journal.SecretGuard.PRIVATE_KEYS);
        assertThat(overview.of("east", "", Optional.empty()).waiting()).hasSize(1);

        assertThat(InHand.take(home, rotation.value(), "maintenance/east #7")).isEmpty();
        try {
            final StampState running = overview.of("east", "", Optional.empty());
            assertThat(running.waiting()).isEmpty();
            assertThat(StampMap.of(running, NOW)).containsEntry("inHand", "maintenance/east #7");
            assertThat(StampMap.rotations(running).toString()).contains("state=RUNNING", "message=A build is at it.");
        } finally {
            InHand.give(home, rotation.value());
        }
    }

    private void seen(final Instant when, final String name, final int days) throws IOException {
        final Path stamp = Files.createDirectories(home.resolve("stamps/east"));
        new MemoryFile(stamp)
                .add(
                        List.of(new Sighting.Told(
                                new Target("endpoints", name, Optional.empty()),
                                name,
                                "",
                                Optional.of(NOW.plus(Duration.ofDays(days)).plusSeconds(60)),
                                Severity.OK,
                                true,
                                "",
                                "")),
                        when);
    }

    private static void requirePlain(final Object value) {
        if (value instanceof Map<?, ?> map) {
            assertThat(map).isInstanceOf(LinkedHashMap.class);
            map.values().forEach(StampOverviewTest::requirePlain);
        } else if (value instanceof List<?> list) {
            assertThat(list).isInstanceOf(ArrayList.class);
            list.forEach(StampOverviewTest::requirePlain);
        } else {
            assertThat(value).isInstanceOfAny(String.class, Long.class, Boolean.class);
        }
    }
}
