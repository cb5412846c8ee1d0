package io.jenkins.plugins.azurestack.simulator.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/**
 * An enterprise certificate authority in two steps, a root and the authority that issues, as the PKI requirements
 * page (2025-08-12) recommends one. Thread-safe.
 */
public final class CertificateAuthority {
    private static final int SERIAL_BITS = 120;
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}([.][0-9]{1,3}){3}");
    private static final Duration ROOT_LASTS = Duration.ofDays(20 * 365);
    private static final Duration ISSUING_LASTS = Duration.ofDays(10 * 365);
    /** Both began before any certificate that a test may want to have expired. */
    private static final Duration BEGAN = Duration.ofDays(5 * 365);

    private final X500Name issuer;
    private final String revocationList;
    private final KeyPairs keys;
    private final SecureRandom random;
    private final X509Certificate root;
    private final X509Certificate issuing;

    /**
     * Makes an authority whose own certificates are good for years.
     *
     * @param organisation stands in every subject
     * @param domain where the revocation list is said to be
     * @param now what time it is
     * @param random makes keys and serial numbers
     */
    public CertificateAuthority(
            final String organisation, final String domain, final Instant now, final SecureRandom random) {
        this(organisation, domain, now, now.plus(ISSUING_LASTS), random);
    }

    /**
     * Makes an authority that itself ends at a given time.
     *
     * @param issuingEnds when the issuing authority's own certificate ends
     */
    public CertificateAuthority(
            final String organisation,
            final String domain,
            final Instant now,
            final Instant issuingEnds,
            final SecureRandom random) {
        this.random = Objects.requireNonNull(random, "random");
        this.keys = new KeyPairs(random);
        this.revocationList = listAt(domain);
        final X500Name rootName = name(organisation, organisation + " Root CA");
        this.issuer = name(organisation, organisation + " Issuing CA");
        final Instant began = now.minus(BEGAN);
        root = authority(rootName, rootName, keys.root(), keys.root().getPublic(), began, now.plus(ROOT_LASTS));
        issuing = authority(rootName, issuer, keys.root(), keys.issuing().getPublic(), began, issuingEnds);
    }

    private CertificateAuthority(
            final IssuedCertificate root,
            final IssuedCertificate issuing,
            final String domain,
            final SecureRandom random) {
        this.random = Objects.requireNonNull(random, "random");
        this.root = root.leaf();
        this.issuing = issuing.leaf();
        this.keys = new KeyPairs(
                random,
                new KeyPair(this.root.getPublicKey(), root.key()),
                new KeyPair(this.issuing.getPublicKey(), issuing.key()));
        this.issuer =
                X500Name.getInstance(this.issuing.getSubjectX500Principal().getEncoded());
        this.revocationList = listAt(domain);
    }

    /**
     * The authority that has these keys.
     *
     * @param kept what {@link #keep} gave
     * @param domain where the revocation list is said to be
     */
    public static CertificateAuthority restored(
            final List<IssuedCertificate> kept, final String domain, final SecureRandom random) {
        return new CertificateAuthority(kept.get(0), kept.get(1), domain, random);
    }

    /** The authority itself, its private keys included: the root and the authority that issues. */
    public List<IssuedCertificate> keep() {
        return List.of(
                new IssuedCertificate(List.of(root), keys.root().getPrivate()),
                new IssuedCertificate(List.of(issuing, root), keys.issuing().getPrivate()));
    }

    private static String listAt(final String domain) {
        return "http://pki." + domain + "/issuing.crl";
    }

    /** The host of its revocation list's URL, which is on port 80. */
    public String listHost() {
        return URI.create(revocationList).getHost();
    }

    /**
     * A list on which nothing is revoked, signed by the issuing authority (RFC 5280 5).
     *
     * @param now when it is issued; the next one is due a week later
     */
    public byte[] revocationList(final Instant now) {
        try {
            return new X509v2CRLBuilder(
                            X500Name.getInstance(
                                    issuing().getSubjectX500Principal().getEncoded()),
                            Date.from(now.minus(Duration.ofDays(1))))
                    .setNextUpdate(Date.from(now.plus(Duration.ofDays(7))))
                    .build(new JcaContentSignerBuilder("SHA256withRSA")
                            .build(keys.issuing().getPrivate()))
                    .getEncoded();
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException("An RSA key signs with SHA-256", e);
        }
    }

    /** The root, which clients are told to trust. */
    public X509Certificate root() {
        return root;
    }

    /** The authority that issues. */
    public X509Certificate issuing() {
        return issuing;
    }

    /**
     * Answers a request with all that it asks for.
     *
     * @param request PKCS #10 in DER, whose own signature is checked
     * @return the certificate, and that of the authority
     * @throws IllegalArgumentException if it is no request, or not signed by whoever has the key
     */
    public List<X509Certificate> answer(final byte[] request, final Instant notBefore, final Instant notAfter) {
        try {
            final JcaPKCS10CertificationRequest asked = new JcaPKCS10CertificationRequest(request);
            final PublicKey key = asked.getPublicKey();
            if (!asked.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw new IllegalArgumentException("The request is not signed by whoever has its key");
            }
            final X509v3CertificateBuilder builder = builder(issuer, asked.getSubject(), key, notBefore, notAfter);
            final Extensions wanted = asked.getRequestedExtensions();
            for (final ASN1ObjectIdentifier extension : wanted.getExtensionOIDs()) {
                builder.addExtension(wanted.getExtension(extension));
            }
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuing.getPublicKey()));
            builder.addExtension(Extension.cRLDistributionPoints, false, distributionPoint());
            return List.of(sign(builder, keys.issuing().getPrivate(), Specimen.Signature.SHA256_RSA), issuing);
        } catch (IOException | GeneralSecurityException | OperatorCreationException | PKCSException e) {
            throw new IllegalArgumentException("It is no certificate signing request", e);
        }
    }

    private CRLDistPoint distributionPoint() {
        return new CRLDistPoint(new DistributionPoint[] {
            new DistributionPoint(
                    new DistributionPointName(
                            new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, revocationList))),
                    null,
                    null)
        });
    }

    /** Issues what is asked for, however bad. */
    public IssuedCertificate issue(final Specimen specimen) {
        final KeyPair pair = keys.leaf(specimen.key());
        final boolean selfSigned = specimen.chain() == Specimen.Chain.SELF_SIGNED;
        final X500Name subject = name(null, specimen.commonName());
        final X509v3CertificateBuilder builder = builder(
                selfSigned ? subject : issuer, subject, pair.getPublic(), specimen.notBefore(), specimen.notAfter());
        try {
            describe(builder, specimen, pair.getPublic(), selfSigned ? pair.getPublic() : issuing.getPublicKey());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("These extensions have an encoding", e);
        }
        final PrivateKey signer =
                selfSigned ? pair.getPrivate() : keys.issuing().getPrivate();
        final X509Certificate leaf = sign(builder, signer, specimen.signature());
        return new IssuedCertificate(
                switch (specimen.chain()) {
                    case COMPLETE -> List.of(leaf, issuing);
                    case WITH_ROOT -> List.of(leaf, issuing, root);
                    case UNORDERED -> List.of(leaf, root, issuing);
                    case LEAF_ONLY, SELF_SIGNED -> List.of(leaf);
                },
                pair.getPrivate());
    }

    private void describe(
            final X509v3CertificateBuilder builder,
            final Specimen specimen,
            final PublicKey subjectKey,
            final PublicKey issuerKey)
            throws IOException, GeneralSecurityException {
        final JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(subjectKey));
        builder.addExtension(
                Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(issuerKey));
        if (!specimen.usages().isEmpty()) {
            final int bits = specimen.usages().stream()
                    .mapToInt(CertificateAuthority::bit)
                    .reduce(0, (some, more) -> some | more);
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(bits));
        }
        if (!specimen.extendedUsages().isEmpty()) {
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(specimen.extendedUsages().stream()
                            .map(CertificateAuthority::purpose)
                            .toArray(KeyPurposeId[]::new)));
        }
        if (!specimen.names().isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(specimen.names().stream()
                            .map(CertificateAuthority::alternative)
                            .toArray(GeneralName[]::new)));
        }
        builder.addExtension(Extension.cRLDistributionPoints, false, distributionPoint());
    }

    private X509Certificate authority(
            final X500Name by,
            final X500Name subject,
            final KeyPair signer,
            final PublicKey key,
            final Instant from,
            final Instant until) {
        final X509v3CertificateBuilder builder = builder(by, subject, key, from, until);
        try {
            final JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    identifiers.createAuthorityKeyIdentifier(signer.getPublic()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("These extensions have an encoding", e);
        }
        return sign(builder, signer.getPrivate(), Specimen.Signature.SHA256_RSA);
    }

    private X509v3CertificateBuilder builder(
            final X500Name by, final X500Name subject, final PublicKey key, final Instant from, final Instant until) {
        return new JcaX509v3CertificateBuilder(
                by, new BigInteger(SERIAL_BITS, random), Date.from(from), Date.from(until), subject, key);
    }

    /** The JDK's providers by name: elsewhere in the same process BouncyCastle may come first. */
    private static X509Certificate sign(
            final X509v3CertificateBuilder builder, final PrivateKey key, final Specimen.Signature signature) {
        final String hash =
                switch (signature) {
                    case SHA256_RSA -> "SHA256with";
                    case SHA1_RSA -> "SHA1with";
                };
        final boolean rsa = "RSA".equals(key.getAlgorithm());
        try {
            final ContentSigner signer = new JcaContentSignerBuilder(hash + (rsa ? "RSA" : "ECDSA"))
                    .setProvider(rsa ? "SunRsaSign" : "SunEC")
                    .build(key);
            return new JcaX509CertificateConverter().setProvider("SUN").getCertificate(builder.build(signer));
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("Every Java 17 signs with " + signature, e);
        }
    }

    private static X500Name name(final String organisation, final String commonName) {
        final X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
        if (organisation != null) {
            name.addRDN(BCStyle.O, organisation);
        }
        return name.addRDN(BCStyle.CN, commonName).build();
    }

    private static GeneralName alternative(final String name) {
        return new GeneralName(ADDRESS.matcher(name).matches() ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    private static int bit(final Specimen.KeyUse use) {
        return switch (use) {
            case DIGITAL_SIGNATURE -> KeyUsage.digitalSignature;
            case KEY_ENCIPHERMENT -> KeyUsage.keyEncipherment;
            case DATA_ENCIPHERMENT -> KeyUsage.dataEncipherment;
        };
    }

    private static KeyPurposeId purpose(final Specimen.ExtendedUse use) {
        return switch (use) {
            case SERVER_AUTHENTICATION -> KeyPurposeId.id_kp_serverAuth;
            case CLIENT_AUTHENTICATION -> KeyPurposeId.id_kp_clientAuth;
            case CODE_SIGNING -> KeyPurposeId.id_kp_codeSigning;
        };
    }
}
