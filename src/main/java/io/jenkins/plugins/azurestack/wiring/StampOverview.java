package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.expiry.Memory;
import io.jenkins.plugins.azurestack.journal.Anchor;
import io.jenkins.plugins.azurestack.journal.AuditKey;
import io.jenkins.plugins.azurestack.journal.AuditVerdict;
import io.jenkins.plugins.azurestack.journal.AuditVerifier;
import io.jenkins.plugins.azurestack.journal.Claim;
import io.jenkins.plugins.azurestack.journal.Disk;
import io.jenkins.plugins.azurestack.journal.JournalFolder;
import io.jenkins.plugins.azurestack.journal.LockedException;
import io.jenkins.plugins.azurestack.journal.SecretGuard;
import io.jenkins.plugins.azurestack.journal.SharePath;
import io.jenkins.plugins.azurestack.journal.StampFiles;
import io.jenkins.plugins.azurestack.journal.StampLocks;
import io.jenkins.plugins.azurestack.stamp.DnsName;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Text;
import io.jenkins.plugins.azurestack.wiring.StampState.Part;
import io.jenkins.plugins.azurestack.wiring.StampState.Trouble;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads how stamps stand from what this Jenkins keeps of them outside builds. What can't be read is said and hides nothing
 * else. Stateless.
 */
public final class StampOverview {
    /** A place that no check has looked at for so long, while others were, is not configured any more. */
    private static final Duration STALE = Duration.ofDays(14);

    private final Disk disk;
    private final Path home;
    private final AuditKey key;
    private final Clock clock;

    /** @param home the folder for all stamps; may be missing */
    public StampOverview(final Disk disk, final Path home, final AuditKey key, final Clock clock) {
        this.disk = Objects.requireNonNull(disk, "disk");
        this.home = Objects.requireNonNull(home, "home");
        this.key = Objects.requireNonNull(key, "key");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** The names of all stamps of which something is kept, those that are not configured any more included. */
    public List<String> kept() throws IOException {
        final Path stamps = home.resolve("stamps");
        if (!disk.exists(stamps)) {
            return List.of();
        }
        return disk.list(stamps).stream()
                .map(folder -> String.valueOf(folder.getFileName()))
                .filter(StampOverview::isName)
                .sorted()
                .toList();
    }

    private static boolean isName(final String name) {
        try {
            return DnsName.requireLabel("stamp", name).equals(name);
        } catch (Rejected e) {
            return false;
        }
    }

    /**
     * How a stamp stands.
     *
     * @param domain its external domain; empty if it is not configured any more
     * @param share its certificate share, if one is configured
     */
    public StampState of(final String stamp, final String domain, final Optional<String> share) {
        final List<Trouble> troubles = new ArrayList<>();
        final Memory memory = memory(stamp, troubles);
        final Optional<Instant> lastChecked = memory.targets().values().stream()
                .map(Memory.Remembered::lastAsked)
                .max(Comparator.naturalOrder());
        final Optional<Claim> lock = lock(stamp, share, troubles);
        return new StampState(
                stamp,
                domain,
                lastChecked.map(last -> endings(memory, last.minus(STALE))).orElse(List.of()),
                lastChecked,
                rotations(stamp, troubles),
                lock,
                lock.flatMap(claim -> InHand.holder(home, claim.rotation().value())),
                troubles);
    }

    private Memory memory(final String stamp, final List<Trouble> troubles) {
        try {
            return new MemoryFile(home.resolve("stamps").resolve(stamp)).load();
        } catch (IOException e) {
            troubles.add(new Trouble(Part.MEMORY, Text.printable(e.getMessage())));
            return Memory.EMPTY;
        }
    }

    private static List<StampState.Ending> endings(final Memory memory, final Instant since) {
        final List<StampState.Ending> all = all(memory, since);
        final Set<Instant> seen = all.stream()
                .filter(ending -> !isOfAlert(ending))
                .map(StampOverview::day)
                .collect(Collectors.toSet());
        // What an alert tells of is known better where it was seen.
        return all.stream()
                .filter(ending -> !isOfAlert(ending) || !seen.contains(day(ending)))
                .toList();
    }

    private static boolean isOfAlert(final StampState.Ending ending) {
        return ending.name().startsWith(AlertSource.NAME + " ");
    }

    private static Instant day(final StampState.Ending ending) {
        return ending.at().truncatedTo(ChronoUnit.DAYS);
    }

    private static List<StampState.Ending> all(final Memory memory, final Instant since) {
        return memory.targets().entrySet().stream()
                .filter(entry -> !entry.getValue().lastAsked().isBefore(since))
                .flatMap(entry -> entry.getValue().notAfter().stream()
                        .map(end -> new StampState.Ending(Text.printable(entry.getKey()), end)))
                .sorted(Comparator.comparing(StampState.Ending::at))
                .toList();
    }

    private Optional<Claim> lock(final String stamp, final Optional<String> share, final List<Trouble> troubles) {
        final Path folder = new JournalFolder(disk, home).locks();
        final StampLocks locks = new StampLocks(disk, folder, clock);
        try {
            if (!disk.exists(folder)) {
                return Optional.empty();
            }
            if (share.isPresent()) {
                locks.look(new SharePath(share.get()));
            }
        } catch (LockedException e) {
            troubles.add(new Trouble(Part.SHARE_LOCK, e.getMessage()));
        } catch (IOException e) {
            troubles.add(new Trouble(Part.LOCK, Text.printable(e.getMessage())));
        }
        try {
            return locks.look(stamp);
        } catch (LockedException e) {
            troubles.add(new Trouble(Part.LOCK, e.getMessage()));
            return Optional.empty();
        }
    }

    private List<PastChange> rotations(final String stamp, final List<Trouble> troubles) {
        try {
            if (!disk.exists(home.resolve("stamps").resolve(stamp))) {
                return List.of();
            }
            return PastChange.all(new StampFiles(disk, home, stamp, key, SecretGuard.PRIVATE_KEYS, clock));
        } catch (IOException e) {
            troubles.add(new Trouble(Part.JOURNALS, Text.printable(e.getMessage())));
            return List.of();
        }
    }

    /**
     * Verifies a stamp's whole audit trail.
     *
     * @param anchors what was kept elsewhere about it; may be empty
     * @return two sentences for people
     */
    public Audit audit(final String stamp, final List<Anchor> anchors) {
        final Path trail = new JournalFolder(disk, home).audit(stamp);
        try {
            if (!disk.exists(trail)) {
                return new Audit(
                        anchors.isEmpty(),
                        anchors.isEmpty()
                                ? "There is no audit trail yet: nothing was changed on this stamp."
                                : "There is no audit trail, but an anchor speaks of one: it was deleted.");
            }
            return verify(trail, stamp, anchors);
        } catch (IOException e) {
            return new Audit(false, "The audit trail can't be read: " + Text.printable(e.getMessage()));
        }
    }

    private Audit verify(final Path trail, final String stamp, final List<Anchor> anchors) throws IOException {
        try (InputStream in = disk.read(trail)) {
            final AuditVerdict verdict = new AuditVerifier(key, stamp, anchors).verify(in);
            return new Audit(verdict.isIntact(), verdict.sentence());
        }
    }

    /**
     * What came of verifying.
     *
     * @param intact whether nothing is wrong as far as can be told
     * @param sentence for people
     */
    public record Audit(boolean intact, String sentence) {}
}
