package io.jenkins.plugins.azurestack.certificate.readiness;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v1CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate to be made, as good or bad as a test wants it: first the good one, then what is to be changed. */
public final class Recipe {
    /** What time it is in these tests. */
    public static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    /** Where the good ones say that their revocation list is. */
    public static final String CRL = "http://pki.contoso.com/issuing.crl";

    static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    private static final X500Name ROOT_NAME = new X500Name("O=Contoso,CN=Contoso Root CA");
    static final X500Name ISSUING_NAME = new X500Name("O=Contoso,CN=Contoso Issuing CA");
    private static int serial = 1000;
    private static final X509Certificate GOOD_ISSUING = issuing(recipe -> {});
    private static final X509Certificate GOOD_ROOT = root(recipe -> {});

    X500Name subject;
    X500Name issuer;
    KeyPair key;
    PrivateKey signer;
    String signature = "SHA256withRSA";
    Instant from = NOW.minus(Duration.ofDays(30));
    Instant until = NOW.plus(Duration.ofDays(700));
    List<GeneralName> names = new ArrayList<>();
    Integer usage;
    List<KeyPurposeId> purposes = new ArrayList<>();
    List<String> lists = new ArrayList<>();
    BasicConstraints constraints;
    boolean versionOne;

    private Recipe(final X500Name subject, final KeyPair key, final X500Name issuer, final KeyPair signer) {
        this.subject = subject;
        this.key = key;
        this.issuer = issuer;
        this.signer = signer.getPrivate();
    }

    /** A server certificate that meets every rule, from {@link #issuing}. */
    @SafeVarargs
    public static X509Certificate leaf(final String name, final Consumer<Recipe>... changes) {
        final Recipe recipe =
                new Recipe(new X500Name("CN=" + name), Keys.rsa("leaf"), ISSUING_NAME, Keys.rsa("issuing"));
        recipe.names(name);
        recipe.usage = KeyUsage.digitalSignature | KeyUsage.keyEncipherment;
        recipe.purposes.addAll(List.of(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth));
        recipe.lists.add(CRL);
        recipe.constraints = new BasicConstraints(false);
        return recipe.make(changes);
    }

    /** The authority that issues, from {@link #root}. */
    public static X509Certificate issuing() {
        return GOOD_ISSUING;
    }

    /** The same, changed. */
    @SafeVarargs
    public static X509Certificate issuing(final Consumer<Recipe>... changes) {
        final Recipe recipe = new Recipe(ISSUING_NAME, Keys.rsa("issuing"), ROOT_NAME, Keys.rsa("root"));
        recipe.authority();
        return recipe.make(changes);
    }

    /** The root. */
    public static X509Certificate root() {
        return GOOD_ROOT;
    }

    /** The same, changed. */
    @SafeVarargs
    public static X509Certificate root(final Consumer<Recipe>... changes) {
        final Recipe recipe = new Recipe(ROOT_NAME, Keys.rsa("root"), ROOT_NAME, Keys.rsa("root"));
        recipe.authority();
        return recipe.make(changes);
    }

    private void authority() {
        constraints = new BasicConstraints(true);
        usage = KeyUsage.keyCertSign | KeyUsage.cRLSign;
        until = NOW.plus(Duration.ofDays(3000));
    }

    void names(final String... dnsNames) {
        names.clear();
        for (final String name : dnsNames) {
            names.add(new GeneralName(GeneralName.dNSName, name));
        }
    }

    /** Lets it be issued by somebody else. */
    void by(final X500Name other, final KeyPair otherSigner) {
        issuer = other;
        signer = otherSigner.getPrivate();
    }

    @SafeVarargs
    private X509Certificate make(final Consumer<Recipe>... changes) {
        for (final Consumer<Recipe> change : changes) {
            change.accept(this);
        }
        try {
            final ContentSigner sealing = new JcaContentSignerBuilder(signature)
                    .setProvider(BOUNCY_CASTLE)
                    .build(signer);
            final BigInteger number = BigInteger.valueOf(serial++);
            final JcaX509CertificateConverter converter = new JcaX509CertificateConverter().setProvider("SUN");
            if (versionOne) {
                return converter.getCertificate(new JcaX509v1CertificateBuilder(
                                issuer, number, Date.from(from), Date.from(until), subject, key.getPublic())
                        .build(sealing));
            }
            final JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer, number, Date.from(from), Date.from(until), subject, key.getPublic());
            describe(builder);
            return converter.getCertificate(builder.build(sealing));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void describe(final JcaX509v3CertificateBuilder builder) throws Exception {
        if (constraints != null) {
            builder.addExtension(Extension.basicConstraints, true, constraints);
        }
        if (usage != null) {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
        }
        if (!purposes.isEmpty()) {
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
        }
        if (!names.isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
        }
        if (!lists.isEmpty()) {
            builder.addExtension(
                    Extension.cRLDistributionPoints,
                    false,
                    new CRLDistPoint(lists.stream()
                            .map(url -> new DistributionPoint(
                                    new DistributionPointName(new GeneralNames(
                                            new GeneralName(GeneralName.uniformResourceIdentifier, url))),
                                    null,
                                    null))
                            .toArray(DistributionPoint[]::new)));
        }
    }

    /** A revocation list of {@link #issuing} that is good for years, with nothing on it. */
    public static byte[] revocationList() {
        return revocationList(Keys.rsa("issuing"), NOW.plus(Duration.ofDays(3000)));
    }

    /** A revocation list of {@link #issuing}, with these certificates on it. */
    static byte[] revocationList(final KeyPair signer, final Instant nextUpdate, final X509Certificate... revoked) {
        return revocationList(ISSUING_NAME, signer, nextUpdate, revoked);
    }

    static byte[] revocationList(
            final X500Name by, final KeyPair signer, final Instant nextUpdate, final X509Certificate... revoked) {
        try {
            final JcaX509v2CRLBuilder builder = new JcaX509v2CRLBuilder(
                    new X500Principal(by.getEncoded()), Date.from(NOW.minus(Duration.ofDays(10))));
            builder.setNextUpdate(Date.from(nextUpdate));
            for (final X509Certificate certificate : revoked) {
                builder.addCRLEntry(certificate.getSerialNumber(), Date.from(NOW.minus(Duration.ofDays(11))), 0);
            }
            final X509CRL list = new JcaX509CRLConverter()
                    .setProvider("SUN")
                    .getCRL(builder.build(new JcaContentSignerBuilder("SHA256withRSA")
                            .setProvider(BOUNCY_CASTLE)
                            .build(signer.getPrivate())));
            return list.getEncoded();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
