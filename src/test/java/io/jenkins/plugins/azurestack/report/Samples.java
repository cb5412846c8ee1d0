package io.jenkins.plugins.azurestack.report;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.expiry.ExpiryReport;
import io.jenkins.plugins.azurestack.expiry.Finding;
import io.jenkins.plugins.azurestack.expiry.Severity;
import io.jenkins.plugins.azurestack.expiry.Target;
import io.jenkins.plugins.azurestack.expiry.Thresholds;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Reports to render. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-11-23T02:14:05Z");
    static final String HOSTILE = "</style><script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;]]>";

    private static final KeyPair KEY = newKey();

    private Samples() {}

    static Stamp stamp() {
        return new Stamp(
                "east",
                "east",
                "azurestack.contoso.com",
                IdentityProvider.ADFS,
                Set.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Set.of());
    }

    static ExpiryReport report(final List<Finding> findings, final List<Target> excluded) {
        return new ExpiryReport(
                stamp(),
                NOW,
                Duration.ofMillis(12_345),
                Thresholds.STAMP_ALERTS,
                List.of("endpoints", "credentials"),
                findings,
                excluded);
    }

    static ExpiryReport empty() {
        return report(List.of(), List.of());
    }

    /** What a stamp in some trouble looks like. */
    static ExpiryReport rich() {
        final List<Finding> findings = new ArrayList<>();
        findings.add(expiry(CertificateFolder.ADMIN_PORTAL, -3, "adminportal"));
        findings.add(expiry(CertificateFolder.ARM_PUBLIC, 12, "management"));
        findings.add(limited(CertificateFolder.KEY_VAULT, 58, "*.vault"));
        int days = 210;
        for (final CertificateFolder folder : stamp().folders()) {
            if (findings.stream().noneMatch(finding -> finding.name().equals(folder.folderName()))
                    && folder != CertificateFolder.GRAPH) {
                findings.add(expiry(folder, days, "*." + folder.name().toLowerCase(java.util.Locale.ROOT)));
                days += 61;
            }
        }
        findings.add(new Finding(
                Finding.Kind.UNKNOWN,
                Severity.CRITICAL,
                "Graph",
                "connection refused by graph.east.azurestack.contoso.com:443; last seen 9 days ago",
                "Check that the endpoint is up and that a firewall lets the controller through.",
                Optional.empty(),
                Optional.of(NOW.plus(Duration.ofDays(140))),
                List.of(endpoint(CertificateFolder.GRAPH, "graph"))));
        findings.add(new Finding(
                Finding.Kind.UNKNOWN,
                Severity.WARNING,
                "east-arm-admin-file",
                "the key store does not open: wrong password",
                "Check the credential east-arm-admin-pw.",
                Optional.empty(),
                Optional.empty(),
                List.of(credential(CertificateFolder.ARM_ADMIN, "east-arm-admin-file"))));
        findings.add(new Finding(
                Finding.Kind.NAME_MISMATCH,
                Severity.CRITICAL,
                "Public Portal",
                "portal.east.azurestack.contoso.com:443 serves a certificate that does not cover its name",
                "Rotate the external certificates with one that carries portal.east.azurestack.contoso.com.",
                Optional.of(chain("CN=old-portal.contoso.com", 300)),
                Optional.of(NOW.plus(Duration.ofDays(300))),
                List.of(endpoint(CertificateFolder.PUBLIC_PORTAL, "portal"))));
        findings.add(new Finding(
                Finding.Kind.SHARED,
                Severity.NOTICE,
                "ACSBlob",
                "one certificate serves ACSBlob, ACSQueue and ACSTable",
                "Nothing has to be done now; a wildcard certificate for each folder limits what one lost key costs.",
                Optional.of(chain("CN=*.blob.east.azurestack.contoso.com", 400)),
                Optional.of(NOW.plus(Duration.ofDays(400))),
                List.of(
                        endpoint(CertificateFolder.ACS_BLOB, "*.blob"),
                        endpoint(CertificateFolder.ACS_QUEUE, "*.queue"),
                        endpoint(CertificateFolder.ACS_TABLE, "*.table"))));
        findings.add(new Finding(
                Finding.Kind.STORED_DIFFERS,
                Severity.WARNING,
                "ARM Public",
                "the stored certificate east-arm-public is not the one that is served",
                "Rotate if it is meant to be served, or store the one that is.",
                Optional.of(chain("CN=management.east.azurestack.contoso.com,O=Contoso", 500)),
                Optional.of(NOW.plus(Duration.ofDays(500))),
                List.of(credential(CertificateFolder.ARM_PUBLIC, "east-arm-public"))));
        findings.add(new Finding(
                Finding.Kind.EXCLUSION_UNUSED,
                Severity.NOTICE,
                "Old Portal",
                "the configuration leaves out 'Old Portal', which does not exist",
                "Remove it from the list 'excluded' of the stamp.",
                Optional.empty(),
                Optional.empty(),
                List.of()));
        return report(findings, List.of(endpoint(CertificateFolder.ACS_TABLE, "*.table")));
    }

    /** What is only told of: with and without thumbprint, with and without date. */
    static ExpiryReport told() {
        final Target alerts = new Target("alerts", "adminmanagement." + stamp().domain(), Optional.empty());
        return report(
                List.of(
                        new Finding(
                                Finding.Kind.EXPIRY,
                                Severity.WARNING,
                                "CN=MA (internal)",
                                "ends in 60 days; the stamp has 26 alerts open for it, WARNING, on AZS-CA01, AZS-XRP01",
                                "Rotate the internal secrets.",
                                Optional.empty(),
                                "0123456789ABCDEF0123456789ABCDEF01234567",
                                Optional.of(NOW.plus(Duration.ofDays(60))),
                                List.of(alerts)),
                        undated(Finding.Kind.EXPIRY, Severity.CRITICAL, "alert 4711", "a service account", alerts),
                        undated(Finding.Kind.EXPIRY, Severity.OK, "internal secrets", "no other alert is open", alerts),
                        undated(Finding.Kind.DISAGREEMENT, Severity.WARNING, "CN=old (external)", "not served", alerts),
                        new Finding(
                                Finding.Kind.NOT_ASKED,
                                Severity.NOTICE,
                                "root",
                                "no privileged endpoint is configured",
                                "Configure it.",
                                Optional.empty(),
                                Optional.empty(),
                                List.of())),
                List.of());
    }

    private static Finding undated(
            final Finding.Kind kind,
            final Severity severity,
            final String name,
            final String message,
            final Target place) {
        return new Finding(
                kind,
                severity,
                name,
                message,
                severity == Severity.OK ? "" : "Do something.",
                Optional.empty(),
                Optional.empty(),
                List.of(place));
    }

    static ExpiryReport allFine() {
        return report(
                List.of(
                        expiry(CertificateFolder.ARM_PUBLIC, 300, "management"),
                        expiry(CertificateFolder.ARM_ADMIN, 4000, "adminmanagement")),
                List.of());
    }

    static ExpiryReport onlyUnknown() {
        return report(
                List.of(unknown(CertificateFolder.ARM_PUBLIC, "management"), unknown(CertificateFolder.GRAPH, "graph")),
                List.of());
    }

    /** Everything that comes from outside says something nasty. */
    static ExpiryReport hostile() {
        final String bidi = "\u202Egro.live\u202C\u2066\u200B\u0000\u001b[31m\uFFFE" + HOSTILE;
        final Target place = new Target("endpoints", HOSTILE + "\u202E", Optional.empty());
        final List<Finding> findings = new ArrayList<>();
        for (final CertificateChain chain : List.of(
                chain(nameOf(HOSTILE), 10),
                chain(nameOf(bidi), 20),
                chain(nameOf("x".repeat(20_000)), 200),
                chain(nameOf("\u05d0\u05d1\u05d2 \u0645\u0631\u062d\u0628\u0627 \ud83d\ude00"), 300))) {
            findings.add(new Finding(
                    Finding.Kind.EXPIRY,
                    Severity.WARNING,
                    chain.subject(),
                    chain.subject(),
                    HOSTILE,
                    Optional.of(chain),
                    Optional.of(chain.notAfter()),
                    List.of(place)));
        }
        findings.add(new Finding(
                Finding.Kind.UNKNOWN,
                Severity.WARNING,
                HOSTILE,
                bidi + "\ud800",
                HOSTILE + "\r\n\tFinished: SUCCESS\u2028x",
                Optional.empty(),
                Optional.empty(),
                List.of(place)));
        return report(findings, List.of(place));
    }

    /** As many findings as nobody will ever have. */
    static ExpiryReport huge(final int size) {
        final List<CertificateChain> chains = List.of(
                chain("CN=a.east.azurestack.contoso.com", 5),
                chain("CN=b.east.azurestack.contoso.com", 60),
                chain("CN=c.east.azurestack.contoso.com", 600));
        final List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            final CertificateChain chain = chains.get(i % chains.size());
            findings.add(new Finding(
                    Finding.Kind.EXPIRY,
                    Thresholds.STAMP_ALERTS.of(chain.notAfter(), NOW),
                    "host-" + i % 7000,
                    "ends on " + Phrases.date(chain.notAfter()),
                    "Ask for a new one.",
                    Optional.of(chain),
                    Optional.of(chain.notAfter()),
                    List.of(new Target(
                            "endpoints", "host-" + i + ".east.azurestack.contoso.com:443", Optional.empty()))));
        }
        return report(findings, List.of());
    }

    static Finding expiry(final CertificateFolder folder, final long days, final String host) {
        final String domain = stamp().domain();
        final CertificateChain chain = chain("CN=" + host + "." + domain + ",OU=Azure Stack,O=Contoso,C=DE", days);
        return expiry(folder, chain, host);
    }

    /** A certificate that is good for years in a chain that is not. */
    static Finding limited(final CertificateFolder folder, final long days, final String host) {
        final X509Certificate leaf =
                certificate(new X500Name("CN=" + host + "." + stamp().domain() + ",O=Contoso"), 700);
        final X509Certificate issuer = certificate(new X500Name("CN=Contoso Issuing CA 4,O=Contoso"), days);
        return expiry(folder, CertificateChain.of(List.of(leaf, issuer)), host);
    }

    private static Finding expiry(final CertificateFolder folder, final CertificateChain chain, final String host) {
        final Severity severity = Thresholds.STAMP_ALERTS.of(chain.notAfter(), NOW);
        final long days = Thresholds.daysLeft(chain.notAfter(), NOW);
        return new Finding(
                Finding.Kind.EXPIRY,
                severity,
                folder.folderName(),
                Phrases.ends(days) + " (" + Phrases.date(chain.notAfter()) + ")",
                severity == Severity.OK ? "" : "Ask the CA for a new certificate and rotate the external certificates.",
                Optional.of(chain),
                Optional.of(chain.notAfter()),
                List.of(
                        endpoint(folder, host),
                        credential(folder, "east-" + folder.name().toLowerCase(java.util.Locale.ROOT))));
    }

    private static Finding unknown(final CertificateFolder folder, final String host) {
        return new Finding(
                Finding.Kind.UNKNOWN,
                Severity.WARNING,
                folder.folderName(),
                "no answer within 10 s",
                "Check that it is up and that a firewall lets the controller through.",
                Optional.empty(),
                Optional.empty(),
                List.of(endpoint(folder, host)));
    }

    static Target endpoint(final CertificateFolder folder, final String host) {
        return new Target("endpoints", host + "." + stamp().domain() + ":443", Optional.of(folder));
    }

    private static Target credential(final CertificateFolder folder, final String id) {
        return new Target("credentials", id, Optional.of(folder));
    }

    static CertificateChain chain(final String subject, final long days) {
        return chain(new X500Name(subject), days);
    }

    private static CertificateChain chain(final X500Name subject, final long days) {
        return CertificateChain.of(List.of(certificate(subject, days)));
    }

    private static X500Name nameOf(final String commonName) {
        return new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
    }

    private static X509Certificate certificate(final X500Name subject, final long days) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    new X500Name("CN=Contoso Issuing CA 4"),
                                    BigInteger.valueOf(1000 + days),
                                    Date.from(NOW.minus(Duration.ofDays(700))),
                                    Date.from(NOW.plus(Duration.ofDays(days)).plus(Duration.ofHours(6))),
                                    subject,
                                    KEY.getPublic())
                            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(KEY.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKey() {
        try {
            final KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
