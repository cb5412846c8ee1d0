package io.jenkins.plugins.azurestack.expiry;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.certificate.PkiRule;
import io.jenkins.plugins.azurestack.certificate.PkiRules;
import io.jenkins.plugins.azurestack.expiry.Finding.Kind;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.DnsName;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The judgement over what a scan saw: a pure function of the sightings, what is remembered, the clock's reading and the
 * thresholds.
 *
 * @param stamp what was looked at
 * @param thresholds what counts as near
 * @param now when the check began
 * @param memory what earlier checks saw
 * @param roots the roots that the stamp's clients trust
 * @param rootsNamed whether the stamp names roots of its own among them, so that no other is to be expected
 * @param servedSource the name of the source that shows what the stamp serves; every other source shows what is stored
 */
public record Assessment(
        Stamp stamp,
        Thresholds thresholds,
        Instant now,
        Memory memory,
        Collection<X509Certificate> roots,
        boolean rootsNamed,
        String servedSource) {

    /** How old the last good sighting may be before not seeing a target becomes CRITICAL. */
    public static final Duration BLIND_FOR_TOO_LONG = Duration.ofDays(7);

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);
    private static final String ROTATE =
            "run the stamp's external secret rotation (azsRotateSecrets scope: 'external', or Start-SecretRotation at the"
                    + " privileged endpoint); it takes about an hour.";

    /** Everything there is to say about these sightings, in no particular order. */
    public List<Finding> of(final List<Sighting> sightings) {
        final List<Sighting.Certificate> certificates = sightings.stream()
                .filter(Sighting.Certificate.class::isInstance)
                .map(Sighting.Certificate.class::cast)
                .toList();
        final Map<String, List<Sighting.Certificate>> byCertificate = certificates.stream()
                .collect(groupingBy(
                        seen -> seen.chain().fingerprint(), LinkedHashMap::new, toCollection(ArrayList::new)));
        final Hearsay hearsay = new Hearsay(this, sightings);
        final List<Finding> findings = new ArrayList<>();
        for (final List<Sighting.Certificate> same : byCertificate.values()) {
            findings.addAll(judged(same, certificates, hearsay));
        }
        findings.addAll(hearsay.findings());
        untrustedByNobody(byCertificate.values()).ifPresent(findings::add);
        findings.addAll(folders(certificates));
        sightings.stream()
                .filter(Sighting.Unknown.class::isInstance)
                .map(Sighting.Unknown.class::cast)
                .map(this::unknown)
                .forEach(findings::add);
        return findings;
    }

    /** All about one certificate. Whatever a strange one does to the JVM's parsers, the others are still judged. */
    private List<Finding> judged(
            final List<Sighting.Certificate> same, final List<Sighting.Certificate> all, final Hearsay hearsay) {
        final List<Finding> findings = new ArrayList<>();
        findings.add(expiry(same, all, hearsay));
        try {
            findings.addAll(flaws(same.stream().filter(Assessment::isOfTheStamp).toList()));
            shared(same).ifPresent(findings::add);
        } catch (RuntimeException e) {
            findings.add(flaw(
                    Kind.UNKNOWN,
                    Severity.WARNING,
                    same,
                    "the certificate is too strange to be judged: " + e,
                    "Look at it by hand, and have it replaced."));
        }
        return findings;
    }

    /** What to say of exclusions that match none of the targets: they may hide nothing, or be misspelt. */
    public static List<Finding> unusedExclusions(final Set<String> excluded, final Collection<Target> targets) {
        return excluded.stream()
                .filter(name -> targets.stream().noneMatch(target -> isExcluded(target, Set.of(name))))
                .map(name -> new Finding(
                        Kind.EXCLUSION_UNUSED,
                        Severity.NOTICE,
                        name,
                        "the exclusion matches nothing that this check looks at",
                        "Correct its spelling, or remove it from the stamp's configuration.",
                        Optional.empty(),
                        Optional.empty(),
                        List.of()))
                .toList();
    }

    /** Whether a target is named by an exclusion: by its folder, by its name or by source and name. */
    public static boolean isExcluded(final Target target, final Set<String> excluded) {
        return excluded.stream()
                .anyMatch(name -> name.equalsIgnoreCase(target.name())
                        || name.equalsIgnoreCase(target.toString())
                        || target.folder()
                                .filter(folder -> folder.folderName().equalsIgnoreCase(name))
                                .isPresent());
    }

    private Finding expiry(
            final List<Sighting.Certificate> same, final List<Sighting.Certificate> all, final Hearsay hearsay) {
        final CertificateChain chain = same.stream()
                .map(Sighting.Certificate::chain)
                .min(Comparator.comparing(CertificateChain::notAfter))
                .orElseThrow();
        final Instant end = chain.notAfter();
        final boolean replaced = isOnlyStored(same) && isServedOtherwise(same, all);
        final Severity nearness = thresholds.of(end, now);
        final List<Sighting.Told> told = hearsay.of(chain.thumbprint());
        final Severity severity =
                Hearsay.heard(told, replaced && nearness == Severity.CRITICAL ? Severity.WARNING : nearness);
        final Set<Target> places = new LinkedHashSet<>(targets(same));
        told.forEach(one -> places.add(one.target()));
        return new Finding(
                Kind.EXPIRY,
                severity,
                name(same) + (replaced ? " (stored)" : ""),
                ends(end) + limitedBy(chain) + Hearsay.words("; ", told),
                severity == Severity.OK ? "" : adviceFor(same, replaced, all),
                Optional.of(chain),
                Optional.of(end),
                List.copyOf(places));
    }

    private String adviceFor(
            final List<Sighting.Certificate> same, final boolean replaced, final List<Sighting.Certificate> all) {
        if (replaced) {
            return "It is not what the stamp serves: put the served or a newer certificate into the credential.";
        }
        if (same.stream().noneMatch(Assessment::isOfTheStamp)) {
            return "Give it a new one by its vendor's tools; if the stamp's configuration names its fingerprint (bmcs), change"
                    + " that, too.";
        }
        if (isOnlyStored(same)) {
            return "Have a new certificate issued and put it into the credential.";
        }
        return waiting(same, all)
                .map(newer -> "A newer one waits in credential '"
                        + newer.target().name() + "': once the whole set is there, " + ROTATE)
                .orElse("Prepare a new set and " + ROTATE);
    }

    /** A stored certificate that outlasts what one of its folder's endpoints serves. */
    private Optional<Sighting.Certificate> waiting(
            final List<Sighting.Certificate> served, final List<Sighting.Certificate> all) {
        final Set<String> folders = folderNames(served);
        return all.stream()
                .filter(seen ->
                        isOfTheStamp(seen) && !isServed(seen) && folders.containsAll(folderNames(List.of(seen))))
                .filter(seen ->
                        seen.chain().notAfter().isAfter(served.get(0).chain().notAfter()))
                .findFirst();
    }

    /** When something ends, and how long that is from now, in words. */
    String ends(final Instant end) {
        final long days = Math.abs(ChronoUnit.DAYS.between(now, end));
        final String span = days == 0 ? "less than a day" : days == 1 ? "1 day" : days + " days";
        return end.isAfter(now)
                ? "ends " + MOMENT.format(end) + ", in " + span
                : "ENDED " + MOMENT.format(end) + ", " + span + " ago";
    }

    private static String limitedBy(final CertificateChain chain) {
        final X509Certificate first = chain.endsFirst();
        return first.equals(chain.leaf()) ? "" : ", because '" + subject(first) + "' of its chain ends before it does";
    }

    /** The stamp's rules are for the certificates of its folders: of a BMC's, which it has made itself, the date counts. */
    private static boolean isOfTheStamp(final Sighting.Certificate seen) {
        return seen.target().folder().isPresent();
    }

    private List<Finding> flaws(final List<Sighting.Certificate> same) {
        final List<Finding> flaws = new ArrayList<>();
        if (same.isEmpty()) {
            return flaws;
        }
        brokenRules(same).forEach((violation, where) -> flaws.add(brokenRule(violation, where)));
        final Optional<Sighting.Certificate> broken = same.stream()
                .filter(seen -> seen.chain().gap(roots).isPresent())
                .findFirst();
        broken.ifPresent(seen -> flaws.add(flaw(
                Kind.CHAIN_INCOMPLETE,
                Severity.WARNING,
                List.of(seen),
                "the chain has a gap: " + seen.chain().gap(roots).orElseThrow(),
                "Include every intermediate certificate; if its root is your own, name it in"
                        + " trustedCertificatesCredentialsId.")));
        if (rootsNamed && broken.isEmpty() && isUntrusted(same)) {
            flaws.add(flaw(
                    Kind.UNTRUSTED,
                    Severity.WARNING,
                    same,
                    "it leads to '" + same.get(0).chain().topIssuer() + "', which is no root that this stamp trusts",
                    "Find out who issued it. If the authority is yours, add its root to"
                            + " trustedCertificatesCredentialsId; if not, somebody stands between."));
        }
        same.stream().flatMap(seen -> nameMismatch(seen).stream()).forEach(flaws::add);
        return flaws;
    }

    private boolean isUntrusted(final List<Sighting.Certificate> same) {
        return !CertificateChain.isSelfSigned(same.get(0).chain().leaf())
                && same.stream().noneMatch(seen -> seen.chain().leadsTo(roots));
    }

    /** One note for all certificates whose root nobody named: without one, nobody checks who issued them. */
    private Optional<Finding> untrustedByNobody(final Collection<List<Sighting.Certificate>> all) {
        if (rootsNamed) {
            return Optional.empty();
        }
        final List<Sighting.Certificate> untrusted = all.stream()
                .filter(this::isUntrusted)
                .flatMap(List::stream)
                .filter(Assessment::isOfTheStamp)
                .toList();
        if (untrusted.isEmpty()) {
            return Optional.empty();
        }
        final Set<String> issuers = untrusted.stream()
                .map(seen -> "'" + seen.chain().topIssuer() + "'")
                .collect(toCollection(LinkedHashSet::new));
        return Optional.of(new Finding(
                Kind.UNTRUSTED,
                Severity.NOTICE,
                stamp.name(),
                "certificates lead to " + String.join(", ", issuers)
                        + ", no root known here, so that nobody can tell who issued them",
                "Name the roots of your authority in trustedCertificatesCredentialsId.",
                Optional.empty(),
                Optional.empty(),
                targets(untrusted)));
    }

    /** The rules that are broken, each with the sightings of the chains that break it. */
    private Map<PkiRules.Violation, List<Sighting.Certificate>> brokenRules(final List<Sighting.Certificate> same) {
        final Map<PkiRules.Violation, List<Sighting.Certificate>> broken = new LinkedHashMap<>();
        for (final Sighting.Certificate seen : same) {
            for (final PkiRules.Violation violation : PkiRules.violations(seen.chain(), now)) {
                broken.computeIfAbsent(violation, v -> new ArrayList<>()).add(seen);
            }
        }
        return broken;
    }

    private Finding brokenRule(final PkiRules.Violation violation, final List<Sighting.Certificate> same) {
        final boolean refused = violation.rule() == PkiRule.NOT_YET_VALID && !isOnlyStored(same);
        return flaw(
                Kind.PKI_RULE,
                refused ? Severity.CRITICAL : Severity.WARNING,
                same,
                violation.message(),
                refused
                        ? "Clients refuse it: check the clocks, and which certificate was put into this folder."
                        : "Have it reissued to the stamp's PKI requirements before the next rotation.");
    }

    private Optional<Finding> nameMismatch(final Sighting.Certificate seen) {
        final List<String> wanted = seen.host().isEmpty() ? requiredNames(seen) : List.of(seen.host());
        final List<String> names = seen.chain().dnsNames();
        final String missing = wanted.stream()
                .filter(host -> names.stream().noneMatch(name -> DnsName.covers(name, host)))
                .collect(joining(", "));
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        final boolean served = isServed(seen);
        return Optional.of(flaw(
                Kind.NAME_MISMATCH,
                served ? Severity.CRITICAL : Severity.WARNING,
                List.of(seen),
                "does not cover " + missing + "; its names are "
                        + (names.isEmpty() ? "none" : String.join(", ", names)),
                served
                        ? "Clients refuse it: check which certificate was put into this folder, and rotate."
                        : "Have it reissued with the names of its folder, or correct which folder it is for."));
    }

    private List<String> requiredNames(final Sighting.Certificate seen) {
        return seen.target().folder().map(folder -> folder.requiredNames(stamp)).orElse(List.of());
    }

    private Optional<Finding> shared(final List<Sighting.Certificate> same) {
        final List<Sighting.Certificate> served =
                same.stream().filter(this::isServed).toList();
        final Set<String> folders = folderNames(served);
        if (folders.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(flaw(
                Kind.SHARED,
                Severity.NOTICE,
                served,
                "one certificate serves " + folders.size() + " folders: " + String.join(", ", folders),
                "Fit for test stamps only: use one certificate for each folder."));
    }

    /** What the certificates of one folder say about each other. */
    private List<Finding> folders(final List<Sighting.Certificate> certificates) {
        final Map<CertificateFolder, List<Sighting.Certificate>> byFolder = new LinkedHashMap<>();
        for (final Sighting.Certificate seen : certificates) {
            seen.target().folder().ifPresent(folder -> byFolder.computeIfAbsent(folder, f -> new ArrayList<>())
                    .add(seen));
        }
        return byFolder.entrySet().stream()
                .flatMap(entry -> folder(entry.getKey(), entry.getValue()))
                .toList();
    }

    private Stream<Finding> folder(final CertificateFolder folder, final List<Sighting.Certificate> seen) {
        final List<Sighting.Certificate> served =
                seen.stream().filter(this::isServed).toList();
        if (served.isEmpty()) {
            return Stream.empty();
        }
        final Set<String> prints = served.stream()
                .map(sighting -> sighting.chain().fingerprint())
                .collect(toCollection(LinkedHashSet::new));
        final Stream<Finding> differently = prints.size() < 2
                ? Stream.empty()
                : Stream.of(about(
                        Kind.SERVED_DIFFERENTLY,
                        Severity.WARNING,
                        folder,
                        served.get(0),
                        "its endpoints serve " + prints.size() + " different certificates",
                        "A rotation may be under way or half done: compare the endpoints, then check again.",
                        targets(served)));
        final Stream<Finding> stored = seen.stream()
                .filter(sighting -> !isServed(sighting))
                .filter(sighting -> !prints.contains(sighting.chain().fingerprint()))
                .map(sighting -> stored(folder, sighting, served.get(0)));
        return Stream.concat(differently, stored);
    }

    private Finding stored(
            final CertificateFolder folder, final Sighting.Certificate stored, final Sighting.Certificate served) {
        final boolean newer = stored.chain().notAfter().isAfter(served.chain().notAfter());
        return about(
                Kind.STORED_DIFFERS,
                newer ? Severity.NOTICE : Severity.WARNING,
                folder,
                stored,
                newer
                        ? "a newer certificate than the one served waits in credential '"
                                + stored.target().name() + "'"
                        : "credential '" + stored.target().name() + "' holds an older certificate than the one served",
                newer
                        ? "Rotate to put it into service."
                        : "Do not rotate with it: put the served or a newer certificate into the credential.",
                targets(List.of(stored, served)));
    }

    private Finding unknown(final Sighting.Unknown unknown) {
        final Optional<Memory.Remembered> known = memory.of(unknown.target());
        final Optional<Instant> lastSeen = known.flatMap(Memory.Remembered::lastSeen);
        final Optional<Instant> end = known.flatMap(Memory.Remembered::notAfter);
        final Optional<Duration> blind = known.map(remembered -> Duration.between(remembered.knownSince(), now));
        // A sighting far in the future, from when the clock was wrong, proves nothing either.
        final boolean tooLong = blind.filter(span -> span.abs().compareTo(BLIND_FOR_TOO_LONG) > 0)
                .isPresent();
        final boolean near = end.filter(date -> thresholds.of(date, now) == Severity.CRITICAL)
                .isPresent();
        final String last = lastSeen.map(when -> "last seen " + MOMENT.format(when)
                        + end.map(date -> ", when it was to end " + MOMENT.format(date))
                                .orElse(""))
                .orElse("never seen yet");
        return new Finding(
                Kind.UNKNOWN,
                tooLong || near ? Severity.CRITICAL : Severity.WARNING,
                unknown.target()
                        .folder()
                        .map(CertificateFolder::folderName)
                        .orElse(unknown.target().name()),
                unknown.reason() + " (" + last + ")",
                unknown.advice(),
                Optional.empty(),
                end,
                List.of(unknown.target()));
    }

    boolean isServed(final Sighting.Certificate seen) {
        return seen.target().source().equals(servedSource);
    }

    private boolean isOnlyStored(final List<Sighting.Certificate> same) {
        return same.stream().noneMatch(this::isServed);
    }

    /** Whether every folder of this certificate was seen to serve another one. */
    private boolean isServedOtherwise(final List<Sighting.Certificate> same, final List<Sighting.Certificate> all) {
        final Set<String> served =
                folderNames(all.stream().filter(this::isServed).toList());
        final Set<String> own = folderNames(same);
        return !own.isEmpty() && served.containsAll(own);
    }

    private Finding flaw(
            final Kind kind,
            final Severity severity,
            final List<Sighting.Certificate> same,
            final String message,
            final String advice) {
        final CertificateChain chain = same.get(0).chain();
        return new Finding(
                kind,
                severity,
                name(same),
                message,
                advice,
                Optional.of(chain),
                Optional.of(chain.notAfter()),
                targets(same));
    }

    private static Finding about(
            final Kind kind,
            final Severity severity,
            final CertificateFolder folder,
            final Sighting.Certificate seen,
            final String message,
            final String advice,
            final List<Target> targets) {
        return new Finding(
                kind,
                severity,
                folder.folderName(),
                message,
                advice,
                Optional.of(seen.chain()),
                Optional.of(seen.chain().notAfter()),
                targets);
    }

    private static List<Target> targets(final List<Sighting.Certificate> same) {
        return same.stream().map(Sighting.Certificate::target).distinct().toList();
    }

    private static Set<String> folderNames(final List<Sighting.Certificate> same) {
        return same.stream()
                .map(seen -> seen.target().folder())
                .flatMap(Optional::stream)
                .map(CertificateFolder::folderName)
                .collect(toCollection(LinkedHashSet::new));
    }

    private static String name(final List<Sighting.Certificate> same) {
        final Set<String> folders = folderNames(same);
        return folders.isEmpty() ? same.get(0).target().name() : String.join(", ", folders);
    }

    private static String subject(final X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }
}
