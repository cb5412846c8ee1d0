package io.jenkins.plugins.azurestack.bench;

import io.jenkins.plugins.azurestack.certificate.CertificateChain;
import io.jenkins.plugins.azurestack.certificate.KeyAndChain;
import io.jenkins.plugins.azurestack.certificate.PfxWriter;
import io.jenkins.plugins.azurestack.certificate.readiness.Circumstances;
import io.jenkins.plugins.azurestack.certificate.readiness.CrlProbe;
import io.jenkins.plugins.azurestack.certificate.readiness.ReadinessSettings;
import io.jenkins.plugins.azurestack.certificate.readiness.SetReadiness;
import io.jenkins.plugins.azurestack.simulator.pki.CertificateAuthority;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.StampVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The readiness of a set of 13 certificates, the first time in a Java that just started and many times over, and how
 * long writing such a set takes; against a loop of openssl that does no more than open each file and verify its chain.
 */
final class ReadinessBenchmark implements Benchmark {
    private static final String PASSWORD = "Seaside7";
    private static final int WARM_UP = 30;
    private static final int SETS = 50;
    private static final double OPENSSL_FLOOR = 2;

    @Override
    public String name() {
        return "readiness";
    }

    @Override
    public List<String> programs() {
        return List.of("openssl", "bash");
    }

    @Override
    public void run(final Path folder, final Scores scores) throws Exception {
        final Instant now = Instant.now();
        final Stamp stamp = stamp();
        final CertificateAuthority authority =
                new CertificateAuthority("Contoso", "contoso.com", now, new SecureRandom());
        final Map<CertificateFolder, KeyAndChain> issued = issue(stamp, authority, now);
        final Circumstances circumstances = circumstances(stamp, now);

        final long beforeWriting = System.nanoTime();
        final Map<CertificateFolder, byte[]> files = write(issued);
        scores.figure("readiness.first-write-milliseconds", millisecondsSince(beforeWriting));
        final long beforeFirst = System.nanoTime();
        check(files, circumstances);
        scores.figure("readiness.first-set-milliseconds", millisecondsSince(beforeFirst));
        for (int i = 0; i < WARM_UP; i++) {
            check(files, circumstances);
        }
        final long before = System.nanoTime();
        for (int i = 0; i < SETS; i++) {
            check(files, circumstances);
        }
        final double each = millisecondsSince(before) / SETS;
        scores.figure("readiness.set-of-13-milliseconds", each);
        scores.ratio("readiness.openssl-loop", openssl(folder, files, authority) * 1000 / each, OPENSSL_FLOOR);
    }

    private static double millisecondsSince(final long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private static Stamp stamp() {
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

    private static Map<CertificateFolder, KeyAndChain> issue(
            final Stamp stamp, final CertificateAuthority authority, final Instant now) throws Exception {
        final Map<CertificateFolder, KeyAndChain> issued = new EnumMap<>(CertificateFolder.class);
        for (final CertificateFolder folder : stamp.rotationFolders()) {
            final IssuedCertificate one =
                    authority.issue(Specimen.of(folder.requiredNames(stamp), now, now.plus(Duration.ofDays(700)))
                            .withChain(Specimen.Chain.WITH_ROOT));
            final KeyStore store = one.keyStore(PASSWORD.toCharArray());
            final PrivateKey key = (PrivateKey) store.getKey(store.aliases().nextElement(), PASSWORD.toCharArray());
            issued.put(folder, new KeyAndChain(key, CertificateChain.of(one.chain())));
        }
        return issued;
    }

    private static Circumstances circumstances(final Stamp stamp, final Instant now) {
        final StampVersion version = StampVersion.parse("1.2408.1.50");
        return new Circumstances(
                stamp,
                version,
                now,
                ReadinessSettings.of(version),
                url -> new CrlProbe.Answer("the benchmark", new CrlProbe.Result.Failed("nothing listens here")),
                Map.of(),
                List.of(),
                List.of());
    }

    private static Map<CertificateFolder, byte[]> write(final Map<CertificateFolder, KeyAndChain> issued) {
        final PfxWriter writer = new PfxWriter(new SecureRandom());
        final Map<CertificateFolder, byte[]> files = new EnumMap<>(CertificateFolder.class);
        issued.forEach((folder, one) ->
                files.put(folder, writer.write(one.key(), one.chain(), PASSWORD.toCharArray(), folder.folderName())));
        return files;
    }

    private static void check(final Map<CertificateFolder, byte[]> files, final Circumstances circumstances)
            throws InterruptedException {
        final SetReadiness readiness = SetReadiness.of(files, PASSWORD.toCharArray(), circumstances);
        if (readiness.files().size() != files.size()) {
            throw new IllegalStateException("Not every file was checked");
        }
    }

    /** Seconds. */
    private static double openssl(
            final Path folder, final Map<CertificateFolder, byte[]> files, final CertificateAuthority authority)
            throws Exception {
        int number = 0;
        for (final byte[] file : files.values()) {
            Files.write(folder.resolve(number++ + ".pfx"), file);
        }
        Files.write(folder.resolve("root.der"), authority.root().getEncoded());
        Shell.run(folder, List.of("openssl", "x509", "-in", "root.der", "-inform", "DER", "-out", "root.pem"));
        return Shell.time(
                folder,
                "for i in $(seq 0 " + (files.size() - 1) + "); do"
                        + " openssl pkcs12 -in $i.pfx -passin pass:" + PASSWORD + " -nodes -out $i.pem;"
                        + " openssl x509 -in $i.pem -out $i.leaf.pem;"
                        + " openssl verify -CAfile root.pem -untrusted $i.pem $i.leaf.pem; done");
    }
}
