package io.jenkins.plugins.azurestack.certificate.readiness;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.ResourceProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.StampVersion;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.bouncycastle.asn1.x500.X500Name;

/** Whole certificate sets and what they are held against, good ones unless a test changes them. */
public final class Sets {
    /** The password of the sets. */
    public static final String PASSWORD = Pfx.PASSWORD;

    static final StampVersion VERSION = StampVersion.parse("1.2408.1.50");

    private Sets() {}

    /** A stamp with this identity provider and these resource providers. */
    public static Stamp stamp(final IdentityProvider identity, final ResourceProvider... providers) {
        return new Stamp(
                "east",
                "east",
                "azurestack.contoso.com",
                identity,
                Set.of(providers),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Set.of());
    }

    /** A key of its own for each folder, made once. */
    private static KeyPair key(final CertificateFolder folder) {
        return Keys.rsa("set" + folder.ordinal(), 2048);
    }

    /** A file for each folder that the stamp's share must have. */
    public static Map<CertificateFolder, byte[]> files(final Stamp stamp) throws Exception {
        final Map<CertificateFolder, byte[]> files = new EnumMap<>(CertificateFolder.class);
        for (final CertificateFolder folder : stamp.rotationFolders()) {
            files.put(folder, file(stamp, folder));
        }
        return files;
    }

    /** The good file of a folder, or one made differently. */
    @SafeVarargs
    static byte[] file(final Stamp stamp, final CertificateFolder folder, final Consumer<Recipe>... changes)
            throws Exception {
        return file(folder, leaf(stamp, folder, changes), Recipe.issuing(), Recipe.root());
    }

    static byte[] file(final CertificateFolder folder, final X509Certificate leaf, final X509Certificate... issuers)
            throws Exception {
        final KeyPair key = leaf.getPublicKey().equals(key(folder).getPublic()) ? key(folder) : Keys.rsa("leaf");
        return new Pfx()
                .leaf(leaf, 1)
                .certificates(issuers)
                .key(key.getPrivate(), 1)
                .bytes();
    }

    @SafeVarargs
    static X509Certificate leaf(final Stamp stamp, final CertificateFolder folder, final Consumer<Recipe>... changes) {
        final List<String> names = folder.requiredNames(stamp);
        return Recipe.leaf(names.get(0), recipe -> {
            recipe.names(names.toArray(String[]::new));
            recipe.key = key(folder);
            for (final Consumer<Recipe> change : changes) {
                change.accept(recipe);
            }
        });
    }

    /** Another subject, key and signature. */
    public static Consumer<Recipe> changed(final X500Name subject, final KeyPair key, final String signature) {
        return recipe -> {
            recipe.subject = subject;
            recipe.key = key;
            recipe.signature = signature;
        };
    }

    /** Lets a certificate come from an authority of another name. */
    static Consumer<Recipe> from(final String authority) {
        return recipe -> recipe.by(new X500Name("CN=" + authority), Keys.rsa("other"));
    }

    /** A root of another name. */
    static X509Certificate otherRoot(final String authority) {
        return Recipe.root(recipe -> {
            recipe.subject = new X500Name("CN=" + authority);
            recipe.key = Keys.rsa("other");
            recipe.by(recipe.subject, Keys.rsa("other"));
        });
    }

    /** The endpoints serve older certificates of the same authority. */
    static Map<CertificateFolder, CertificateChain> served(final Stamp stamp) {
        final Map<CertificateFolder, CertificateChain> served = new EnumMap<>(CertificateFolder.class);
        for (final CertificateFolder folder : stamp.rotationFolders()) {
            served.put(
                    folder,
                    CertificateChain.of(List.of(
                            leaf(stamp, folder, recipe -> recipe.until = Recipe.NOW.plus(Duration.ofDays(60))),
                            Recipe.issuing())));
        }
        return served;
    }

    static CrlProbe crl() {
        return Case.answering(Recipe.revocationList(Keys.rsa("issuing"), Recipe.NOW.plus(Duration.ofDays(7))));
    }

    /** Everything in order. */
    public static Circumstances circumstances(final Stamp stamp) {
        return circumstances(stamp, VERSION, served(stamp), List.of());
    }

    static Circumstances circumstances(
            final Stamp stamp,
            final StampVersion version,
            final Map<CertificateFolder, CertificateChain> served,
            final List<X509Certificate> publicRoots) {
        return new Circumstances(
                stamp,
                version,
                Recipe.NOW,
                ReadinessSettings.of(version),
                crl(),
                served,
                publicRoots,
                List.of(Recipe.root()));
    }
}
