package io.jenkins.plugins.azurestack.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.jenkins.plugins.azurestack.simulator.pki.CertificateAuthority;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.simulator.pki.Specimen;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.pkcs.PKCS12PfxPdu;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;
import org.junit.Test;

/**
 * Changes good files at random, for {@code fuzz.seconds} (2 by default; {@code fuzz.seed} repeats a run): each either
 * opens or fails with a reason, and never with anything else.
 */
public class PfxFileFuzzTest {
    private static final char[] PASSWORD = "Seaside7".toCharArray();
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final int FEW_ITERATIONS = 2;
    private static final byte[] STRANGE = {0, 1, 2, 4, 5, 0x30, 0x31, (byte) 0x80, (byte) 0x84, (byte) 0xA0, (byte) 0xFF
    };

    @Test
    public void anyChangedFileOpensOrFailsWithAReason() throws Exception {
        final long seed = Long.getLong("fuzz.seed", new SecureRandom().nextLong());
        final Random random = new Random(seed);
        final List<byte[]> seeds = seeds();
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.getLong("fuzz.seconds", 2));
        long runs = 0;
        for (; System.nanoTime() < end; runs++) {
            final byte[] changed = change(seeds.get(random.nextInt(seeds.size())), random);
            try {
                PfxFile.open(changed, PASSWORD);
            } catch (UnreadablePfxException e) {
                assertThat(e.getMessage()).isNotBlank();
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                fail(
                        "fuzz.seed=" + seed + " run " + runs + ": "
                                + HexFormat.of().formatHex(changed),
                        e);
            }
        }
        assertThat(runs).isPositive();
    }

    /** Encrypted with a MAC, where changes soon meet a wrong MAC; and plain without one, where they go deep. */
    private static List<byte[]> seeds() throws Exception {
        final IssuedCertificate issued = new CertificateAuthority("Contoso", "contoso.com", NOW, new SecureRandom())
                .issue(Specimen.of(List.of("portal.east.contoso.com"), NOW, NOW.plus(Duration.ofDays(90))));
        final PKCS12SafeBag[] bags = bags(issued);
        final List<byte[]> seeds = new ArrayList<>();
        seeds.add(new PKCS12PfxPduBuilder()
                .addData(bags[0])
                .addData(bags[1])
                .build(null, null)
                .getEncoded());
        for (final var algorithm : List.of(
                PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC,
                PKCSObjectIdentifiers.pbeWithSHAAnd40BitRC2_CBC,
                NISTObjectIdentifiers.id_aes256_CBC)) {
            final PKCS12PfxPduBuilder builder = new PKCS12PfxPduBuilder();
            builder.addEncryptedData(
                    new JcePKCSPBEOutputEncryptorBuilder(algorithm)
                            .setProvider(new BouncyCastleProvider())
                            .setIterationCount(FEW_ITERATIONS)
                            .build(PASSWORD),
                    bags);
            seeds.add(builder.build(null, null).getEncoded());
            final PKCS12PfxPdu authenticated = builder.build(
                    new JcePKCS12MacCalculatorBuilder()
                            .setProvider(new BouncyCastleProvider())
                            .setIterationCount(FEW_ITERATIONS),
                    PASSWORD);
            seeds.add(authenticated.getEncoded());
        }
        return seeds;
    }

    private static PKCS12SafeBag[] bags(final IssuedCertificate issued) throws Exception {
        final PKCS12SafeBagBuilder leaf =
                new PKCS12SafeBagBuilder(new X509CertificateHolder(issued.leaf().getEncoded()));
        leaf.addBagAttribute(PKCS12SafeBag.localKeyIdAttribute, new DEROctetString(new byte[] {1}));
        final PKCS12SafeBagBuilder issuer = new PKCS12SafeBagBuilder(
                new X509CertificateHolder(issued.chain().get(1).getEncoded()));
        return new PKCS12SafeBag[] {leaf.build(), issuer.build()};
    }

    private static byte[] change(final byte[] good, final Random random) {
        byte[] changed = good.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            final int at = random.nextInt(changed.length);
            switch (random.nextInt(5)) {
                case 0 -> changed[at] = (byte) random.nextInt(256);
                case 1 -> changed[at] = STRANGE[random.nextInt(STRANGE.length)];
                case 2 -> changed[at] ^= (byte) (1 << random.nextInt(8));
                case 3 -> changed = Arrays.copyOf(changed, 1 + at);
                default ->
                    System.arraycopy(
                            good,
                            random.nextInt(good.length - 8),
                            changed,
                            Math.max(0, Math.min(at, changed.length - 8)),
                            Math.min(8, changed.length));
            }
        }
        return changed;
    }
}
