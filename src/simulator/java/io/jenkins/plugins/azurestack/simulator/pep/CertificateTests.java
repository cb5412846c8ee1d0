package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.simulator.pep.Authorities.Authority;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * The stamp's own tests of a certificate file, as the PKI requirements page lists the rules and as the readiness checker
 * words their results, which shares its code with the stamp. Sentences of which only the sense is known are ours.
 * Immutable.
 */
final class CertificateTests {
    static final String CHECK_DOCUMENTATION =
            "Please refer to the documentation for how to create the required certificate file.";
    static final String INVALID_PASSWORD = "The provided password for the certificate is not correct.";
    static final String OTHERS_SKIPPED =
            "The Other Certificates check was skipped because Cert Chain and/or DNS Names failed.";

    private static final int KEY_BITS = 2048;
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
    private static final int DNS_NAME = 2;

    private final World world;
    private final Authorities authorities;
    private final Predicate<URI> revocationLists;

    /** @param revocationLists whether the stamp gets an answer from a revocation list's URL */
    CertificateTests(final World world, final Authorities authorities, final Predicate<URI> revocationLists) {
        this.world = world;
        this.authorities = authorities;
        this.revocationLists = revocationLists;
    }

    /**
     * What came of testing one file.
     *
     * @param failures what is wrong, in the order of the tests
     * @param warnings what might be better
     * @param certificate what the file holds, if nothing is wrong with it
     */
    record Outcome(List<String> failures, List<String> warnings, Optional<IssuedCertificate> certificate) {
        Outcome {
            failures = List.copyOf(failures);
            warnings = List.copyOf(warnings);
        }
    }

    /** Tests a file. */
    Outcome test(final CertificateFolder folder, final byte[] file, final char[] password) {
        try {
            final PfxContents contents = PfxContents.read(file, password);
            if (!contents.isTripleDes() && !Since.ENCRYPTION_NAMED.in(world)) {
                // So Windows Server 2016 answers for ciphers that it does not know.
                return refused(INVALID_PASSWORD);
            }
            return new Run(folder, contents).outcome();
        } catch (PfxContents.WrongPasswordException e) {
            return refused(INVALID_PASSWORD);
        } catch (IOException e) {
            return refused("The certificate of '" + folder.folderName() + "' can't be read. " + CHECK_DOCUMENTATION);
        }
    }

    private static Outcome refused(final String reason) {
        return new Outcome(List.of(reason), List.of(), Optional.empty());
    }

    /** The tests of one file. */
    private final class Run {
        private final CertificateFolder folder;
        private final PfxContents contents;
        private final List<String> failures = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();

        Run(final CertificateFolder folder, final PfxContents contents) {
            this.folder = folder;
            this.contents = contents;
        }

        Outcome outcome() {
            final Optional<PrivateKey> key = contents.key();
            final Optional<X509Certificate> leaf = key.flatMap(this::belongingTo);
            if (key.isEmpty() || leaf.isEmpty()) {
                failures.add("The certificate does not contain a private key.");
                return new Outcome(failures, warnings, Optional.empty());
            }
            final X509Certificate certificate = leaf.get();
            if (!contents.isTripleDes()) {
                failures.add("The certificate " + quoted(certificate) + " is not encrypted with TripleDES-SHA1.");
            }
            testDates(certificate);
            if (certificate.getSigAlgName().toUpperCase(Locale.ROOT).startsWith("SHA1")) {
                failures.add("The certificate " + quoted(certificate) + " is signed with SHA1.");
            }
            final boolean named = testNames(certificate);
            testUsage(certificate);
            if (!(certificate.getPublicKey() instanceof RSAPublicKey rsa)
                    || rsa.getModulus().bitLength() < KEY_BITS) {
                failures.add("The key of certificate " + quoted(certificate) + " is not an RSA key of " + KEY_BITS
                        + " bits or more.");
            }
            if (!contents.isPrivate()) {
                warnings.add("Only the private key of certificate " + quoted(certificate)
                        + " is protected by the password, not the certificate.");
            }
            if (!contents.isOfMachine()) {
                failures.add("The private key of certificate " + quoted(certificate)
                        + " was not exported with the local machine key attribute.");
            }
            final List<X509Certificate> chain = chain(certificate);
            testChain(chain, named);
            testRevocationList(certificate);
            return new Outcome(
                    failures,
                    warnings,
                    failures.isEmpty() ? Optional.of(new IssuedCertificate(sent(chain), key.get())) : Optional.empty());
        }

        private void testDates(final X509Certificate certificate) {
            final Instant now = world.time().now();
            final Instant ends = certificate.getNotAfter().toInstant();
            if (ends.isBefore(Since.WEEK_LEFT.in(world) ? now.plus(WEEK) : now)) {
                failures.add("The certificate " + quoted(certificate) + " expires on " + ends
                        + "; at least 7 days must be left.");
            } else if (certificate.getNotBefore().toInstant().isAfter(now)) {
                failures.add("The certificate " + quoted(certificate) + " is not valid before "
                        + certificate.getNotBefore().toInstant() + ".");
            }
        }

        private boolean testNames(final X509Certificate certificate) {
            final List<String> records = names(certificate);
            final List<String> required = folder.requiredNames(world.stamp());
            final List<String> missing = required.stream()
                    .filter(name -> records.stream().noneMatch(record -> covers(record, name)))
                    .toList();
            missing.forEach(name -> failures.add("The certificate records '" + String.join(", ", records)
                    + (Since.HTTP_REVOCATION_LIST.in(world) ? "' does not contain" : "' do not contain")
                    + " a record that is valid for '" + name + "'."));
            if (missing.isEmpty() && records.size() != required.size()) {
                warnings.add("The certificate " + quoted(certificate) + " has " + records.size()
                        + " records instead of " + required.size() + ".");
            }
            records.stream()
                    .filter(record -> record.startsWith("*.") && !required.contains(record))
                    .forEach(record -> warnings.add("The certificate " + quoted(certificate)
                            + " contains a wildcard record '" + record + "'."));
            return missing.isEmpty();
        }

        private void testUsage(final X509Certificate certificate) {
            final boolean[] usage = certificate.getKeyUsage();
            if (usage == null || !usage[DIGITAL_SIGNATURE] || !usage[KEY_ENCIPHERMENT]) {
                failures.add("The key usage of certificate " + quoted(certificate)
                        + " must include Digital Signature and Key Encipherment.");
            }
            final List<String> purposes = purposes(certificate);
            if (!purposes.contains(SERVER_AUTHENTICATION)) {
                failures.add("The enhanced key usage of certificate " + quoted(certificate)
                        + " must include Server Authentication (" + SERVER_AUTHENTICATION + ").");
            }
            if (!purposes.contains(CLIENT_AUTHENTICATION) && !Since.SERVER_AUTHENTICATION_ALONE.in(world)) {
                failures.add("The enhanced key usage of certificate " + quoted(certificate)
                        + " must include Client Authentication (" + CLIENT_AUTHENTICATION + ").");
            }
        }

        private void testChain(final List<X509Certificate> chain, final boolean named) {
            final X509Certificate leaf = chain.get(0);
            if (isSelfSigned(leaf)) {
                failures.add("The certificate " + quoted(leaf) + " is self signed.");
                return;
            }
            final X509Certificate top = chain.get(chain.size() - 1);
            final boolean complete =
                    chain.size() > 1 && (isSelfSigned(top) || authorities.isKnown(Authority.above(top)));
            if (!complete) {
                failures.add("The chain of trust of certificate " + quoted(leaf)
                        + " is missing. Export it with all certificates in the certification path.");
            }
            if (!complete || !named) {
                warnings.add(OTHERS_SKIPPED);
                return;
            }
            final List<X509Certificate> present = contents.certificates();
            if (present.stream().anyMatch(certificate -> !chain.contains(certificate))) {
                failures.add("The file of certificate " + quoted(leaf)
                        + " contains certificates besides it and its certification path.");
            } else if (!present.equals(chain)) {
                failures.add("The certificates of the chain of " + quoted(leaf) + " are not in the right order.");
            }
            testAuthority(leaf, Authority.above(top));
        }

        private void testAuthority(final X509Certificate leaf, final Authority authority) {
            if (!Since.ANY_AUTHORITY.in(world)
                    && !authorities.isPublic(authority)
                    && !authorities.isOfDeployment(authority)) {
                failures.add("The certificate " + quoted(leaf) + " was issued by '" + authority.name()
                        + "', which is neither the enterprise certificate authority that was used at deployment nor a"
                        + " public one.");
            }
        }

        private void testRevocationList(final X509Certificate certificate) {
            if (!Since.HTTP_REVOCATION_LIST.in(world)) {
                return;
            }
            final List<URI> lists = revocationLists(certificate);
            if (lists.isEmpty()) {
                warnings.add("The certificate " + quoted(certificate) + " names no CRL distribution point over HTTP.");
            } else if (lists.stream().noneMatch(revocationLists)) {
                failures.add(
                        "The CRL of certificate " + quoted(certificate) + " can't be reached at " + lists.get(0) + ".");
            }
        }

        private Optional<X509Certificate> belongingTo(final PrivateKey key) {
            return contents.certificates().stream()
                    .filter(certificate -> key instanceof RSAPrivateKey mine
                            ? certificate.getPublicKey() instanceof RSAPublicKey theirs
                                    && mine.getModulus().equals(theirs.getModulus())
                            : certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm()))
                    .filter(certificate -> certificate.getBasicConstraints() < 0)
                    .findFirst();
        }

        /** The way up from a certificate as far as the file has it. */
        private List<X509Certificate> chain(final X509Certificate leaf) {
            final List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
            final Set<X509Certificate> left = new HashSet<>(contents.certificates());
            left.remove(leaf);
            Optional<X509Certificate> next = issuer(leaf, left);
            while (next.isPresent() && !isSelfSigned(chain.get(chain.size() - 1))) {
                chain.add(next.get());
                left.remove(next.get());
                next = issuer(next.get(), left);
            }
            return chain;
        }
    }

    /** A server does not send the root. */
    private static List<X509Certificate> sent(final List<X509Certificate> chain) {
        return chain.size() > 1 && isSelfSigned(chain.get(chain.size() - 1))
                ? chain.subList(0, chain.size() - 1)
                : chain;
    }

    private static Optional<X509Certificate> issuer(final X509Certificate of, final Set<X509Certificate> among) {
        return among.stream()
                .filter(other -> other.getSubjectX500Principal().equals(of.getIssuerX500Principal()))
                .filter(other -> isSignedBy(of, other))
                .findFirst();
    }

    private static boolean isSelfSigned(final X509Certificate certificate) {
        return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    }

    private static boolean isSignedBy(final X509Certificate certificate, final X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** A wildcard stands for the left-most label, and for one label only. */
    private static boolean covers(final String record, final String name) {
        final int dot = name.indexOf('.');
        return record.equalsIgnoreCase(name)
                || record.startsWith("*.") && dot > 0 && record.substring(1).equalsIgnoreCase(name.substring(dot));
    }

    private static List<String> names(final X509Certificate certificate) {
        try {
            return certificate.getSubjectAlternativeNames() == null
                    ? List.of()
                    : certificate.getSubjectAlternativeNames().stream()
                            .filter(name -> name.get(0).equals(DNS_NAME))
                            .map(name -> name.get(1).toString())
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static List<String> purposes(final X509Certificate certificate) {
        try {
            return certificate.getExtendedKeyUsage() == null ? List.of() : certificate.getExtendedKeyUsage();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static List<URI> revocationLists(final X509Certificate certificate) {
        final byte[] extension = certificate.getExtensionValue(Extension.cRLDistributionPoints.getId());
        if (extension == null) {
            return List.of();
        }
        return Arrays.stream(CRLDistPoint.getInstance(
                                ASN1OctetString.getInstance(extension).getOctets())
                        .getDistributionPoints())
                .map(DistributionPoint::getDistributionPoint)
                .filter(name -> name != null && name.getType() == DistributionPointName.FULL_NAME)
                .flatMap(name ->
                        Arrays.stream(GeneralNames.getInstance(name.getName()).getNames()))
                .filter(name -> name.getTagNo() == GeneralName.uniformResourceIdentifier)
                .map(name -> name.getName().toString())
                .filter(url -> url.toLowerCase(Locale.ROOT).startsWith("http://"))
                .map(URI::create)
                .toList();
    }

    private static String quoted(final X509Certificate certificate) {
        return "'" + certificate.getSubjectX500Principal().getName() + "'";
    }
}
