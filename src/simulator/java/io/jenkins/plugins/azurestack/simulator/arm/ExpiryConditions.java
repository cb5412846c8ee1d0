package io.jenkins.plugins.azurestack.simulator.arm;

import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.world.InternalSecret;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What alerts say about secrets near their end (facts 1.2 to 1.4 and 6.3): a warning 90 days ahead, which turns critical
 * 30 days ahead; before 1906 nothing earlier than that. Internal certificates have an alert for each machine that holds
 * some; the alert of a service account names no thumbprint. How alerts of external certificates list them, and what the
 * fault type of a service account's is, was never seen: the former as the internal ones do, the latter made up.
 */
final class ExpiryConditions {
    private static final Duration WARNS = Duration.ofDays(90);
    private static final Duration CRITICAL = Duration.ofDays(30);
    /** The first release that warns 90 days ahead. */
    private static final int WARNING_RELEASE = 1906;

    private static final String PREFIX = "AZS-";
    /** The machine of the stamp's own authority. */
    private static final String AUTHORITY_MACHINE = "CA01";
    /** Documented to raise no alert. */
    private static final Set<CertificateFolder> SILENT = Set.of(
            CertificateFolder.APP_SERVICES_API,
            CertificateFolder.APP_SERVICES_DEFAULT_DOMAIN,
            CertificateFolder.APP_SERVICES_IDENTITY,
            CertificateFolder.APP_SERVICES_PUBLISHING,
            CertificateFolder.EVENT_HUBS_GATEWAY);

    private static final DateTimeFormatter US_DATE =
            DateTimeFormatter.ofPattern("M/d/yyyy h:mm a", Locale.US).withZone(ZoneOffset.UTC);

    private ExpiryConditions() {}

    /** A certificate as an alert describes it. */
    private record Described(String issuer, String subject, Instant ends, String thumbprint, String names) {}

    static List<Condition> of(final World world, final Map<CertificateFolder, IssuedCertificate> external) {
        final Instant now = world.time().now();
        final boolean warns = world.release() >= WARNING_RELEASE;
        final List<Condition> conditions = new ArrayList<>();
        byMachine(world)
                .forEach((machine, certificates) -> conditions.addAll(conditions(
                        "InternalCert", machine, "infraRoleInstances/" + PREFIX + machine, certificates, now, warns)));
        final List<Described> served = external.entrySet().stream()
                .filter(entry -> !SILENT.contains(entry.getKey()))
                .map(entry -> described(entry.getValue().leaf()))
                .distinct()
                .toList();
        conditions.addAll(conditions("ExternalCert", "stamp", "infraRoles/Certificate Management", served, now, warns));
        world.internalSecrets().all().stream()
                .filter(secret -> secret.kind() == InternalSecret.Kind.SERVICE_ACCOUNT)
                .forEach(account -> severity(account.ends(), now, warns)
                        .ifPresent(severity -> conditions.add(account(account, severity))));
        return conditions;
    }

    private static Map<String, List<Described>> byMachine(final World world) {
        final Map<String, List<Described>> byMachine = new LinkedHashMap<>();
        for (final InternalSecret secret : world.internalSecrets().all()) {
            final List<String> machines =
                    switch (secret.kind()) {
                        case CERTIFICATE -> secret.machines();
                        case ROOT -> List.of(AUTHORITY_MACHINE);
                        case SERVICE_ACCOUNT -> List.<String>of();
                    };
            final Described described = new Described(
                    secret.issuer(), secret.subject(), secret.ends(), secret.thumbprint(), secret.names());
            machines.forEach(machine -> byMachine
                    .computeIfAbsent(machine, none -> new ArrayList<>())
                    .add(described));
        }
        return byMachine;
    }

    private static Optional<String> severity(final Instant ends, final Instant now, final boolean warns) {
        if (!now.isBefore(ends.minus(CRITICAL))) {
            return Optional.of(Condition.CRITICAL);
        }
        return warns && !now.isBefore(ends.minus(WARNS)) ? Optional.of(Condition.WARNING) : Optional.empty();
    }

    private static List<Condition> conditions(
            final String kind,
            final String holder,
            final String impacted,
            final List<Described> certificates,
            final Instant now,
            final boolean warns) {
        final List<Condition> conditions = new ArrayList<>();
        for (final String severity : List.of(Condition.WARNING, Condition.CRITICAL)) {
            final List<Described> due = certificates.stream()
                    .filter(one -> severity(one.ends(), now, warns).equals(Optional.of(severity)))
                    .toList();
            if (!due.isEmpty()) {
                conditions.add(condition(kind, severity, holder, impacted, due));
            }
        }
        return conditions;
    }

    private static Condition condition(
            final String kind,
            final String severity,
            final String holder,
            final String impacted,
            final List<Described> due) {
        final boolean internal = kind.equals("InternalCert");
        final Duration window = severity.equals(Condition.WARNING) ? WARNS : CRITICAL;
        final Instant first =
                due.stream().map(Described::ends).min(Comparator.naturalOrder()).orElseThrow();
        return new Condition(
                kind + "/" + severity + "/" + holder,
                internal ? "Pending internal certificate expiration" : "Pending external certificate expiration",
                severity,
                "CertificateExpiration." + kind + "." + severity,
                first.minus(window),
                Optional.empty(),
                properties(due),
                List.of(
                        "The following " + (internal ? "internal" : "external") + " certificates will expire within "
                                + window.toDays() + " days.",
                        "Subject names: " + joined(due, Described::subject),
                        "Subject alternative names: " + joined(due, Described::names)),
                internal ? "To rotate internal certificates, see " : "To rotate external certificates, see ",
                internal
                        ? "https://aka.ms/azsrotateinternalcertificates"
                        : "https://learn.microsoft.com/azure-stack/operator/azure-stack-rotate-secrets",
                impacted);
    }

    private static Condition account(final InternalSecret account, final String severity) {
        final Duration window = severity.equals(Condition.WARNING) ? WARNS : CRITICAL;
        return new Condition(
                "ServiceAccount/" + severity + "/" + account.subject(),
                "Pending service account password expiration",
                severity,
                "ServiceAccountPasswordExpiration." + severity,
                account.ends().minus(window),
                Optional.empty(),
                Map.of(),
                List.of("The password of service account " + account.subject() + " will expire within "
                        + window.toDays() + " days."),
                "To rotate internal secrets, see ",
                "https://aka.ms/azsrotateinternalcertificates",
                "infraRoles/Active Directory Federation Services");
    }

    /** An entry for each certificate under its thumbprint, whose first letter .NET wrote small, and the sums of all. */
    private static Map<String, String> properties(final List<Described> due) {
        final Map<String, String> properties = new LinkedHashMap<>();
        for (final Described one : due) {
            properties.put(
                    one.thumbprint().substring(0, 1).toLowerCase(Locale.ROOT)
                            + one.thumbprint().substring(1),
                    Json.object()
                            .put("IssuerName", one.issuer())
                            .put("SubjectName", one.subject())
                            .put("ExpirationTimeInUtc", Json.time(one.ends().truncatedTo(ChronoUnit.SECONDS)))
                            .put("ThumbPrint", one.thumbprint())
                            .put("SubjectAltName", one.names())
                            .toString());
        }
        properties.put("subjectNamesOfCertificates", joined(due, Described::subject));
        properties.put("subjectAltNamesOfCertificates", joined(due, Described::names));
        properties.put("thumbPrintsOfCertificates", joined(due, Described::thumbprint));
        properties.put("issuerNamesOfCertificates", joined(due, Described::issuer));
        properties.put("expirationTimesOfCertificatesInUtc", joined(due, one -> US_DATE.format(one.ends())));
        return properties;
    }

    private static String joined(final List<Described> due, final Function<Described, String> what) {
        return due.stream().map(what).collect(Collectors.joining("; "));
    }

    private static Described described(final X509Certificate certificate) {
        try {
            return new Described(
                    certificate.getIssuerX500Principal().toString(),
                    certificate.getSubjectX500Principal().toString(),
                    certificate.getNotAfter().toInstant(),
                    HexFormat.of()
                            .withUpperCase()
                            .formatHex(MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded())),
                    Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
                            .flatMap(java.util.Collection::stream)
                            .map(name -> "DNS Name=" + name.get(1))
                            .collect(Collectors.joining(", ")));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that is served can be read", e);
        }
    }
}
