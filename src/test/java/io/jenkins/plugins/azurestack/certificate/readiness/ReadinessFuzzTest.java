package io.jenkins.plugins.azurestack.certificate.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;
import org.junit.Test;

/**
 * Changes good files and revocation lists at random, for {@code fuzz.seconds} (2 by default; {@code fuzz.seed} repeats a
 * run): every check of each has an outcome with a message, and nothing else ever comes out.
 */
public class ReadinessFuzzTest {
    private static final int FEW_ITERATIONS = 2;
    private static final char[] PASSWORD = Pfx.PASSWORD.toCharArray();
    private static final byte[] STRANGE = {0, 1, 2, 4, 5, 0x30, 0x31, (byte) 0x80, (byte) 0x84, (byte) 0xA0, (byte) 0xFF
    };
    private static final ReadinessSettings SETTINGS =
            new ReadinessSettings(ClientAuthentication.REQUIRED, ReadinessSettings.LEAST_VALIDITY);

    @Test
    public void everyCheckOfAnyChangedFileHasAnOutcome() throws Exception {
        final long seed = Long.getLong("fuzz.seed", new SecureRandom().nextLong());
        final Random random = new Random(seed);
        final List<byte[]> seeds = List.of(unprotected(), sealed());
        final byte[] list = Recipe.revocationList(Keys.rsa("issuing"), Recipe.NOW.plus(Duration.ofDays(7)));
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.getLong("fuzz.seconds", 2));
        long runs = 0;
        long opened = 0;
        for (; System.nanoTime() < end; runs++) {
            final byte[] file = change(seeds.get(random.nextInt(seeds.size())), random);
            final byte[] changedList = random.nextBoolean() ? change(list, random) : list;
            try {
                final PfxReadiness readiness = PfxReadiness.of(
                        file,
                        PASSWORD,
                        CertificateFolder.PUBLIC_PORTAL,
                        Case.STAMP,
                        Recipe.NOW,
                        SETTINGS,
                        Case.answering(changedList));
                assertThat(readiness.outcomes()).hasSize(ReadinessCheck.values().length);
                assertThat(readiness.outcomes().values())
                        .allSatisfy(outcome -> assertThat(outcome.message()).isNotNull());
                opened += readiness.path().isPresent() ? 1 : 0;
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                fail(
                        "fuzz.seed=" + seed + " run " + runs + ": "
                                + HexFormat.of().formatHex(file) + " "
                                + HexFormat.of().formatHex(changedList),
                        e);
            }
        }
        assertThat(runs).isPositive();
        assertThat(opened).isPositive();
    }

    /** Certificates for anybody to change, and no MAC: changes go deep. */
    private static byte[] unprotected() throws Exception {
        final PKCS12PfxPduBuilder builder = new PKCS12PfxPduBuilder();
        for (final PKCS12SafeBag bag : bags()) {
            builder.addData(bag);
        }
        return builder.build(null, null).getEncoded();
    }

    /** As a stamp wants it, but quick to open. */
    private static byte[] sealed() throws Exception {
        final List<PKCS12SafeBag> bags = bags();
        return new PKCS12PfxPduBuilder()
                .addData(bags.get(0))
                .addEncryptedData(tripleDes(), bags.subList(1, bags.size()).toArray(PKCS12SafeBag[]::new))
                .build(
                        new JcePKCS12MacCalculatorBuilder()
                                .setProvider(Recipe.BOUNCY_CASTLE)
                                .setIterationCount(FEW_ITERATIONS),
                        PASSWORD)
                .getEncoded();
    }

    private static List<PKCS12SafeBag> bags() throws Exception {
        final DEROctetString id = new DEROctetString(new byte[] {1});
        final JcaPKCS12SafeBagBuilder key =
                new JcaPKCS12SafeBagBuilder(Keys.rsa("leaf").getPrivate(), tripleDes());
        key.addBagAttribute(PKCS12SafeBag.localKeyIdAttribute, id);
        final List<X509Certificate> chain = OneDefectTest.good();
        final JcaPKCS12SafeBagBuilder leaf = new JcaPKCS12SafeBagBuilder(chain.get(0));
        leaf.addBagAttribute(PKCS12SafeBag.localKeyIdAttribute, id);
        final List<PKCS12SafeBag> bags = new ArrayList<>(List.of(key.build(), leaf.build()));
        for (final X509Certificate issuer : chain.subList(1, chain.size())) {
            bags.add(new JcaPKCS12SafeBagBuilder(issuer).build());
        }
        return bags;
    }

    private static OutputEncryptor tripleDes() throws Exception {
        return new JcePKCSPBEOutputEncryptorBuilder(PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC)
                .setProvider(Recipe.BOUNCY_CASTLE)
                .setIterationCount(FEW_ITERATIONS)
                .build(PASSWORD);
    }

    private static byte[] change(final byte[] good, final Random random) {
        byte[] changed = good.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            final int at = random.nextInt(changed.length);
            switch (random.nextInt(5)) {
                case 0 -> changed[at] = (byte) random.nextInt(256);
                case 1 -> changed[at] = STRANGE[random.nextInt(STRANGE.length)];
                case 2 -> changed[at] ^= (byte) (1 << random.nextInt(8));
                case 3 -> {
                    if (random.nextInt(8) == 0) {
                        changed = Arrays.copyOf(changed, 1 + at);
                    }
                }
                default -> {
                    final int length = Math.min(8, changed.length);
                    System.arraycopy(
                            good,
                            random.nextInt(good.length - 8),
                            changed,
                            Math.min(at, changed.length - length),
                            length);
                }
            }
        }
        return changed;
    }
}
