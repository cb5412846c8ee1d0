package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.expiry.NotSeenException;
import io.jenkins.plugins.azurestack.expiry.Thresholds;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.simulator.SimulatedStamp;
import io.jenkins.plugins.azurestack.simulator.tls.Manner;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.StoredCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class CheckExpiryTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String PASSWORD = "Canary1Passw0rd";

    private static final Maintenance NO_ACCOUNTS = new Maintenance(
            List.of(), false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true, Set.of());

    private static SimulatedStamp east;

    @Rule
    public final TemporaryFolder home = new TemporaryFolder();

    private final Build build = new Build();

    @BeforeClass
    public static void start() throws IOException {
        east = SimulatedStamp.start(stamp(List.of(), Set.of()), CLOCK);
    }

    @AfterClass
    public static void stop() throws IOException {
        east.close();
    }

    @Test
    public void findsWhatTheStampServes() throws Exception {
        final Map<String, Object> result = check(stamp(List.of(), Set.of()), "endpoints");
        assertThat(result).containsEntry("schema", 1L).containsEntry("severity", "CRITICAL");
        assertThat(findings(result, "EXPIRY")).hasSize(11);
        assertThat(next(result)).containsEntry("name", "Admin Portal").containsEntry("severity", "CRITICAL");
        assertThat(build.marks).hasSize(1);
        assertThat(build.marks.get(0))
                .startsWith("FAILURE stamp 'east': CRITICAL")
                .contains("Admin Portal");
        assertThat(build.files).containsOnlyKeys("expiry-east.json", "expiry-east.html", "expiry-east.xml");
        assertThat(build.log).anyMatch(line -> line.contains("12 places to look at"));
        assertThat(east.ledger().handshakesOf(CertificateFolder.ACS_BLOB))
                .as("a wildcard is asked for with a label of chance")
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.toString()).contains("azs"));
    }

    @Test
    public void policyDecidesWhatBecomesOfTheBuild() throws Exception {
        new CheckExpiry(east.network(), CLOCK, new SecureRandom())
                .run(
                        stamp(List.of(), Set.of()),
                        NO_ACCOUNTS,
                        new CheckExpiryArguments(
                                Thresholds.STAMP_ALERTS,
                                List.of("endpoints"),
                                Policy.CRITICAL,
                                Policy.NEVER,
                                Duration.ofMinutes(1)),
                        build);
        assertThat(build.marks).hasSize(1);
        assertThat(build.marks.get(0)).startsWith("UNSTABLE ");
    }

    @Test
    public void whatCannotBeReachedIsUnknownAndEverythingElseIsReported() throws Exception {
        east.meet(CertificateFolder.ARM_ADMIN, Manner.REFUSES);
        try {
            final Map<String, Object> result = check(stamp(List.of(), Set.of()), "endpoints");
            assertThat(findings(result, "EXPIRY")).hasSize(10);
            assertThat(findings(result, "UNKNOWN")).singleElement().satisfies(finding -> assertThat(finding)
                    .containsEntry("name", "ARM Admin")
                    .containsEntry("severity", "WARNING"));
        } finally {
            east.meet(CertificateFolder.ARM_ADMIN, Manner.SERVES);
        }
    }

    @Test
    public void whatWasSeenOnceIsRememberedWhenItGoesDark() throws Exception {
        check(stamp(List.of(), Set.of()), "endpoints");
        east.meet(SimulatedStamp.IN_20_DAYS, Manner.REFUSES);
        try {
            final Map<String, Object> result = check(stamp(List.of(), Set.of()), "endpoints");
            assertThat(findings(result, "UNKNOWN")).singleElement().satisfies(finding -> assertThat(finding)
                    .containsEntry("severity", "CRITICAL")
                    .containsEntry("daysLeft", 20L));
        } finally {
            east.meet(SimulatedStamp.IN_20_DAYS, Manner.SERVES);
        }
    }

    @Test
    public void storedKeyStoresAreReadAndComparedWithWhatIsServed() throws Exception {
        build.credentials.put(
                "arm", file(east.served(CertificateFolder.ARM_PUBLIC).pfx(PASSWORD.toCharArray()), PASSWORD));
        build.credentials.put(
                "portal",
                new CredentialLookup.Held.Opened(east.issue(east.specimen(CertificateFolder.ADMIN_PORTAL, 700))
                        .keyStore(PASSWORD.toCharArray())));
        final Map<String, Object> result = check(
                stamp(
                        List.of(
                                new StoredCertificate(CertificateFolder.ARM_PUBLIC, "arm", Optional.of("arm-pw")),
                                new StoredCertificate(CertificateFolder.ADMIN_PORTAL, "portal", Optional.empty())),
                        Set.of()),
                "endpoints",
                "credentials");
        assertThat(findings(result, "EXPIRY")).hasSize(12);
        assertThat(findings(result, "STORED_DIFFERS")).singleElement().satisfies(finding -> assertThat(finding)
                .containsEntry("name", "Admin Portal")
                .containsEntry("severity", "NOTICE"));
    }

    @Test
    public void everyBadCredentialIsAFindingAndNothingElseIsLost() throws Exception {
        final byte[] good = east.served(CertificateFolder.ARM_PUBLIC).pfx(PASSWORD.toCharArray());
        build.credentials.put("wrong-password", file(good, "NotThePassword1"));
        build.credentials.put("truncated", file(java.util.Arrays.copyOf(good, good.length / 2), PASSWORD));
        build.credentials.put("empty", file(new byte[0], PASSWORD));
        build.credentials.put(
                "pem", file("-----BEGIN CERTIFICATE-----\n".getBytes(StandardCharsets.US_ASCII), PASSWORD));
        build.credentials.put("uninitialised", new CredentialLookup.Held.Opened(KeyStore.getInstance("PKCS12")));
        build.credentials.put("fine", file(good, PASSWORD));
        final List<StoredCertificate> stored = new java.util.ArrayList<>();
        for (final String id :
                List.of("wrong-password", "truncated", "empty", "pem", "uninitialised", "missing", "fine")) {
            stored.add(new StoredCertificate(CertificateFolder.ARM_PUBLIC, id, Optional.empty()));
        }
        final Map<String, Object> result = check(stamp(stored, Set.of()), "credentials");
        assertThat(findings(result, "UNKNOWN"))
                .hasSize(6)
                .allSatisfy(
                        finding -> assertThat((String) finding.get("advice")).isNotEmpty())
                .extracting(finding -> (String) finding.get("message"))
                .anySatisfy(message ->
                        assertThat(message).contains("'wrong-password'").contains("password"))
                .anySatisfy(message -> assertThat(message).contains("'uninitialised'"))
                .anySatisfy(message -> assertThat(message).contains("'missing'"));
        assertThat(findings(result, "EXPIRY")).hasSize(1);
        assertThat(String.join("\n", build.log)).doesNotContain(PASSWORD).doesNotContain("NotThePassword1");
    }

    @Test
    public void exclusionsAreNotLookedAtButListed() throws Exception {
        final Map<String, Object> result = check(stamp(List.of(), Set.of("Admin Portal", "no such folder")));
        assertThat(findings(result, "EXPIRY")).hasSize(10);
        assertThat((List<?>) result.get("excluded")).hasSize(1);
        assertThat(findings(result, "EXCLUSION_UNUSED")).singleElement().satisfies(finding -> assertThat(finding)
                .containsEntry("name", "no such folder"));
    }

    @Test
    public void lookingAtNothingIsNeverGood() throws Exception {
        final Map<String, Object> result = check(stamp(List.of(), Set.of()), "credentials");
        assertThat(result).containsEntry("severity", "WARNING");
        assertThat(next(result)).containsEntry("name", "unknown").containsEntry("daysLeft", -1L);
        assertThat(build.marks.get(0)).startsWith("UNSTABLE ");
    }

    @Test
    public void aReportThatCannotBeSavedLosesNoFinding() throws Exception {
        build.diskFull = true;
        final Map<String, Object> result = check(stamp(List.of(), Set.of()), "endpoints");
        assertThat(findings(result, "EXPIRY")).hasSize(11);
        assertThat((List<?>) result.get("files")).isEmpty();
        assertThat(build.log).anyMatch(line -> line.startsWith("ERROR: expiry-east.json could not be saved"));
    }

    @Test
    public void aDamagedMemoryIsAFinding() throws Exception {
        Files.writeString(home.getRoot().toPath().resolve(MemoryFile.NAME), "{");
        final Map<String, Object> result = check(stamp(List.of(), Set.of()), "endpoints");
        assertThat(findings(result, "MEMORY")).hasSize(1);
        assertThat(findings(result, "EXPIRY")).hasSize(11);
    }

    @Test
    public void aCredentialsProviderThatBreaksOverTheRootsLosesNoFinding() throws Exception {
        build.roots = () -> {
            throw new IllegalStateException("vault sealed");
        };
        final Map<String, Object> result = check(stamp(List.of(), Set.of()), "endpoints");
        assertThat(findings(result, "EXPIRY")).hasSize(11);
        assertThat(findings(result, "UNKNOWN")).singleElement().satisfies(finding -> assertThat(
                        (String) finding.get("message"))
                .contains("vault sealed"));
    }

    @Test
    public void aStrangerInBetweenIsSeen() throws Exception {
        build.roots = () -> {
            try {
                return new io.jenkins.plugins.azurestack.simulator.pki.CertificateAuthority(
                                "Fabrikam", "fabrikam.com", NOW, new SecureRandom())
                        .root()
                        .getEncoded();
            } catch (java.security.cert.CertificateEncodingException e) {
                throw new AssertionError(e);
            }
        };
        final Map<String, Object> result = check(stamp(List.of(), Set.of()), "endpoints");
        assertThat(findings(result, "UNTRUSTED")).hasSize(11).allSatisfy(finding -> assertThat(finding)
                .containsEntry("severity", "WARNING"));
    }

    @Test
    public void cancellingEndsItAtOnceAndMarksNothing() throws Exception {
        east.meet(CertificateFolder.ARM_ADMIN, Manner.SILENT);
        try {
            final Thread me = Thread.currentThread();
            build.onLine = line -> {
                if (build.log.stream()
                                .filter(said -> said.contains(" looked at: "))
                                .count()
                        == 10) {
                    me.interrupt();
                }
            };
            assertThatThrownBy(() -> check(stamp(List.of(), Set.of()), "endpoints"))
                    .isInstanceOf(InterruptedException.class);
            assertThat(build.marks).isEmpty();
            assertThat(build.files).isEmpty();
        } finally {
            Thread.interrupted();
            east.meet(CertificateFolder.ARM_ADMIN, Manner.SERVES);
        }
    }

    private Map<String, Object> check(final Stamp stamp, final String... sources) throws Exception {
        build.marks.clear();
        final CheckExpiryArguments defaults = CheckExpiryArguments.defaults();
        return new CheckExpiry(east.network(), CLOCK, new SecureRandom())
                .run(
                        stamp,
                        NO_ACCOUNTS,
                        new CheckExpiryArguments(
                                defaults.thresholds(),
                                List.of(sources),
                                defaults.unstableOn(),
                                defaults.failOn(),
                                defaults.timeout()),
                        build);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> next(final Map<String, Object> result) {
        return (Map<String, Object>) result.get("next");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> findings(final Map<String, Object> result, final String kind) {
        return ((List<Map<String, Object>>) result.get("findings"))
                .stream().filter(finding -> kind.equals(finding.get("kind"))).toList();
    }

    private static CredentialLookup.Held file(final byte[] content, final String password) {
        return new CredentialLookup.Held.File(content.clone(), password.toCharArray());
    }

    private static Stamp stamp(final List<StoredCertificate> certificates, final Set<String> excluded) {
        return new Stamp(
                "east",
                "east",
                "azurestack.contoso.com",
                IdentityProvider.AAD,
                Set.of(),
                certificates,
                Optional.empty(),
                Optional.of("roots"),
                new LinkedHashSet<>(excluded));
    }

    /** A build that keeps everything in memory, and its stamp's folder in the test's. */
    private final class Build implements StepEnvironment {
        private final List<String> log = new CopyOnWriteArrayList<>();
        private final List<String> marks = new CopyOnWriteArrayList<>();
        private final Map<String, byte[]> files = new LinkedHashMap<>();
        private final Map<String, CredentialLookup.Held> credentials = new LinkedHashMap<>();
        private boolean diskFull;
        private java.util.function.Supplier<byte[]> roots = this::pem;
        private java.util.function.Consumer<String> onLine = line -> {};

        @Override
        public void log(final String line) {
            log.add(line);
            onLine.accept(line);
        }

        @Override
        public SecretLookup credentials() {
            return new SecretLookup() {
                @Override
                public Held find(final String id, final Optional<String> password) throws NotSeenException {
                    return id.equals("roots")
                            ? CheckExpiryTest.file(roots.get(), "")
                            : Optional.ofNullable(credentials.get(id)).orElseThrow(() -> missing(id));
                }

                @Override
                public PasswordCredentials login(final String id) throws NotSeenException {
                    throw missing(id);
                }

                @Override
                public char[] password(final String id) throws NotSeenException {
                    throw missing(id);
                }

                @Override
                public byte[] file(final String id) throws NotSeenException {
                    throw missing(id);
                }

                @Override
                public Presence presence(final String id) {
                    return Presence.HIDDEN;
                }
            };
        }

        private NotSeenException missing(final String id) {
            return new NotSeenException("there is no credential '" + id + "'", "Create it.");
        }

        private byte[] pem() {
            try {
                return east.authority().root().getEncoded();
            } catch (java.security.cert.CertificateEncodingException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public Saved save(final String fileName, final byte[] content) throws IOException {
            if (diskFull) {
                throw new IOException("No space left on device");
            }
            files.put(fileName, content);
            return new Saved(fileName, true);
        }

        @Override
        public Path stampFolder(final String stampName) {
            return home.getRoot().toPath();
        }

        @Override
        public void mark(final Outcome outcome, final String message) {
            marks.add(outcome + " " + message);
        }
    }
}
