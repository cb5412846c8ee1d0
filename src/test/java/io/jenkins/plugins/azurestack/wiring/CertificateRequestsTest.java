package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.azurestack.certificate.SealedKey;
import io.jenkins.plugins.azurestack.peer.DebianProgram;
import io.jenkins.plugins.azurestack.peer.PemFiles;
import io.jenkins.plugins.azurestack.simulator.pki.IssuedCertificate;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The step without Jenkins: requests of a simulated stamp, answered by OpenSSL with the authority's own key. */
public class CertificateRequestsTest {
    private static final String SUBJECT = "C=US,O=Contoso,OU=Azure Stack Hub";
    private static final String ARM = "ARM Public";
    private static final String KEY = ARM + "-key-pending";
    private static final String PASSPHRASE = ARM + "-key-passphrase";

    @ClassRule
    public static final TemporaryFolder AUTHORITY = new TemporaryFolder();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private RotatingStamp east;
    private MaintenanceBuild build;

    @Before
    public void begin() throws Exception {
        east = new RotatingStamp(IdentityProvider.AAD);
        build = new MaintenanceBuild(folder.getRoot().toPath().resolve("azure-stack-hub"));
        east.equip(build);
        // Nothing of the set is there yet, but its password and the roots.
        east.stamp.certificates().forEach(stored -> build.forget(stored.credentialsId()));
    }

    @After
    public void end() throws Exception {
        east.close();
    }

    private Map<String, Object> run(final CertificateRequestsArguments arguments) throws Exception {
        return new CertificateRequests(
                        Route.direct(east.network()),
                        east.simulated.world().time().clock(),
                        east.random)
                .run(east.stamp, east.maintenance, arguments, build);
    }

    private static CertificateRequestsArguments requests(final String... folders) {
        return new CertificateRequestsArguments(List.of(folders), SUBJECT, 0, false, List.of(), List.of());
    }

    private static CertificateRequestsArguments newKeys(final String... folders) {
        return new CertificateRequestsArguments(List.of(folders), SUBJECT, 0, false, List.of(folders), List.of());
    }

    private static CertificateRequestsArguments issued(final String... texts) {
        return new CertificateRequestsArguments(List.of(), "", 0, false, List.of(), List.of(texts));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(final Map<String, Object> result, final String field) {
        return (List<Map<String, Object>>) (List<?>) result.get(field);
    }

    private static String pem(final Map<String, Object> result) {
        return String.valueOf(list(result, "requests").get(0).get("pem"));
    }

    /** What an authority answers: the certificate, and that of the issuing authority. */
    private String issue(final String request) throws Exception {
        final DebianProgram openssl = DebianProgram.required("openssl", "openssl");
        final Path place = AUTHORITY.newFolder().toPath();
        Files.writeString(place.resolve("request.req"), request);
        final IssuedCertificate issuing = east.simulated.authority().keep().get(1);
        final PemFiles authority = PemFiles.write(place, "issuing", issuing);
        Files.writeString(place.resolve("lists.cnf"), "crlDistributionPoints=URI:http://pki.contoso.com/issuing.crl\n");
        openssl.run(
                place,
                "x509",
                "-req",
                "-in",
                "request.req",
                "-CA",
                authority.leaf().toString(),
                "-CAkey",
                authority.key().toString(),
                "-set_serial",
                "0x" + Long.toHexString(east.random.nextLong() >>> 1),
                "-days",
                "700",
                "-copy_extensions",
                "copyall",
                "-extfile",
                "lists.cnf",
                "-out",
                "leaf.pem");
        return Files.readString(place.resolve("leaf.pem")) + Files.readString(authority.leaf());
    }

    private PrivateKey kept(final String key, final String passphrase) throws Exception {
        return SealedKey.open(build.file(key), build.password(passphrase));
    }

    @Test
    public void aSetGoesFromItsRequestsOverAnAuthorityToAPlanThatIsReady() throws Exception {
        final Map<String, Object> made = run(requests());
        assertThat(made).containsEntry("kind", "requests").containsEntry("schema", 1L);
        assertThat(list(made, "requests")).hasSize(11).allSatisfy(request -> {
            assertThat(request).containsEntry("again", false).containsEntry("keyLength", 2048L);
            assertThat(build.files)
                    .containsEntry(
                            String.valueOf(request.get("file")),
                            String.valueOf(request.get("pem")).getBytes(StandardCharsets.US_ASCII));
        });
        assertThat(list(made, "requests").get(0))
                .containsEntry("folder", "Admin Extension Host")
                .containsEntry("names", List.of("*.adminhosting.east.azurestack.contoso.com"))
                .containsEntry("keyCredentialsId", "Admin Extension Host-key-pending")
                .containsEntry("passphraseCredentialsId", "Admin Extension Host-key-passphrase");

        final List<String> answers = new ArrayList<>();
        for (final Map<String, Object> request : list(made, "requests")) {
            answers.add(issue(String.valueOf(request.get("pem"))));
        }
        build.workspace.put("issued/first.cer", answers.remove(0).getBytes(StandardCharsets.US_ASCII));
        answers.add("issued/first.cer");
        final Map<String, Object> joined = run(issued(answers.toArray(String[]::new)));
        assertThat(joined).containsEntry("kind", "joined").containsEntry("waiting", List.of());
        assertThat(joined.keySet()).isEqualTo(made.keySet());
        assertThat(list(joined, "certificates")).hasSize(11).allSatisfy(certificate -> assertThat(certificate)
                .containsEntry("written", true));
        assertThat(build.kind(KEY))
                .as("a key stays until its certificate is served")
                .contains("file");

        final Map<String, Object> plan = east.run(build, RotatingStamp.plan("external"));
        assertThat(plan).containsEntry("state", "READY").containsEntry("open", true);

        // The stamp takes the set, and the next requests are for new keys.
        build.approved.add(String.valueOf(plan.get("id")));
        assertThat(east.run(build, RotatingStamp.apply(plan.get("id")))).containsEntry("state", "COMPLETED");
        final PrivateKey served = kept(KEY, PASSPHRASE);
        final Map<String, Object> next = run(requests(ARM));
        assertThat(list(next, "requests").get(0)).containsEntry("again", false);
        assertThat(kept(KEY, PASSPHRASE)).isNotEqualTo(served);
        requireNoSecrets(made, joined, next);
    }

    /** Neither a passphrase nor a key is in what was said, saved or returned. */
    private void requireNoSecrets(final Object... results) throws Exception {
        final List<String> texts = new ArrayList<>(build.log);
        texts.addAll(build.marks);
        texts.addAll(build.statuses);
        build.files.values().forEach(file -> texts.add(new String(file, StandardCharsets.ISO_8859_1)));
        Stream.of(results).map(String::valueOf).forEach(texts::add);
        try (Stream<Path> files = Files.walk(folder.getRoot().toPath())) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                texts.add(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        final Set<String> canaries = new HashSet<>(build.passwords.values());
        for (final String id : build.contents().keySet()) {
            if (id.endsWith("-key-pending")) {
                final PrivateKey key = kept(id, id.replace("-pending", "-passphrase"));
                canaries.add(
                        Base64.getEncoder().encodeToString(key.getEncoded()).substring(40, 80));
                canaries.add(
                        Base64.getMimeEncoder().encodeToString(build.file(id)).substring(100, 140));
            }
        }
        assertThat(canaries).hasSizeGreaterThan(2);
        assertThat(texts).hasSizeGreaterThan(5);
        for (final String canary : canaries) {
            assertThat(texts).noneMatch(text -> text.contains(canary));
        }
        assertThat(texts).noneMatch(text -> text.contains("PRIVATE KEY"));
    }

    @Test
    public void openSslReadsRequestAndKey() throws Exception {
        final Map<String, Object> made = run(requests(ARM));
        final DebianProgram openssl = DebianProgram.required("openssl", "openssl");
        final Path place = folder.getRoot().toPath();
        Files.writeString(place.resolve("a.req"), pem(made));
        Files.write(place.resolve("key.pem"), build.file(KEY));

        assertThat(openssl.run(place, "req", "-in", "a.req", "-verify", "-noout", "-text"))
                .contains("verify OK", "DNS:management.east.azurestack.contoso.com", "O = Contoso");
        assertThat(openssl.run(
                        place,
                        "pkey",
                        "-in",
                        "key.pem",
                        "-passin",
                        "pass:" + new String(build.password(PASSPHRASE)),
                        "-pubout"))
                .isEqualTo(openssl.run(place, "req", "-in", "a.req", "-noout", "-pubkey"));
    }

    @Test
    public void aKeyThatIsPendingIsUsedAgainForTheSameRequest() throws Exception {
        final String first = pem(run(requests(ARM)));
        build.written.clear();
        build.next();

        final Map<String, Object> again = run(requests(ARM));

        assertThat(pem(again)).isEqualTo(first);
        assertThat(list(again, "requests").get(0)).containsEntry("again", true);
        assertThat(build.written).isEmpty();
    }

    @Test
    public void aNewKeySetsThePendingOneAsideAndBothCanBeJoined() throws Exception {
        final String first = pem(run(requests(ARM)));
        final PrivateKey old = kept(KEY, PASSPHRASE);
        final String second = pem(run(newKeys(ARM)));

        assertThat(second).isNotEqualTo(first);
        assertThat(kept(ARM + "-key-previous", PASSPHRASE + "-previous")).isEqualTo(old);
        assertThat(kept(KEY, PASSPHRASE)).isNotEqualTo(old);
        // A third key would have to take the place of one for which a certificate may come.
        assertThatThrownBy(() -> run(newKeys(ARM)))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("holds another key that was set aside before");
        assertThat(kept(ARM + "-key-previous", PASSPHRASE + "-previous")).isEqualTo(old);

        assertThat(list(run(issued(issue(first))), "certificates")).hasSize(1);
        assertThat(list(run(issued(issue(second))), "certificates")).hasSize(1);
    }

    @Test
    public void aSubjectIsClonedFromThePortal() throws Exception {
        final Map<String, Object> made =
                run(new CertificateRequestsArguments(List.of(ARM), "", 4096, true, List.of(), List.of()));

        assertThat(list(made, "requests").get(0)).containsEntry("keyLength", 4096L);
        final Path place = folder.getRoot().toPath();
        Files.writeString(place.resolve("a.req"), pem(made));
        assertThat(DebianProgram.required("openssl", "openssl").run(place, "req", "-in", "a.req", "-noout", "-text"))
                .contains("CN = management.east.azurestack.contoso.com", "TLS Web Client Authentication");
    }

    @Test
    public void aWrongAnswerIsRefusedAndChangesNothing() throws Exception {
        final String arm = issue(pem(run(requests(ARM))));
        final String portal = issue(pem(run(requests("Public Portal"))));
        build.forget("Public Portal-key-pending");
        final Map<String, String> before = build.contents();

        assertThatThrownBy(() -> run(issued(arm, portal)))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("no pending key is that of")
                .hasMessageContaining("portal.east.azurestack.contoso.com")
                .hasMessageContaining("Nothing was changed");
        assertThatThrownBy(() -> run(issued("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("Nothing was changed");
        assertThatThrownBy(() -> run(issued("issued/none.cer"))).isInstanceOf(IOException.class);
        assertThat(build.contents()).isEqualTo(before);
    }

    @Test
    public void aCertificateThatFailsAReadinessCheckIsNotStored() throws Exception {
        final String arm = issue(pem(run(requests(ARM))));
        // Without the issuing authority nobody finds the way to the root.
        final String alone = arm.substring(0, arm.indexOf("-----END CERTIFICATE-----") + 25);

        assertThatThrownBy(() -> run(issued(alone)))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("readiness checks fail")
                .hasMessageContaining(ARM + ", Cert Chain");
        assertThat(build.kind(ARM)).isEmpty();
        assertThat(build.kind(KEY)).isPresent();
    }

    @Test
    public void theKeyStoreThatWasThereIsKeptAsThePreviousOne() throws Exception {
        final byte[] before = east.simulated
                .issue(east.simulated.specimen(CertificateFolder.ARM_PUBLIC, 30))
                .pfx(RotatingStamp.SET_PASSWORD.toCharArray());
        build.keep(ARM, before);
        final String answer = issue(pem(run(requests(ARM))));

        run(issued(answer));
        assertThat(build.file(ARM + "-previous")).isEqualTo(before);
        assertThat(build.file(ARM)).isNotEqualTo(before);

        build.written.clear();
        assertThat(list(run(issued(answer)), "certificates").get(0)).containsEntry("written", false);
        assertThat(build.written).as("what is there is not written again").isEmpty();
        // The same key, certified once more: the previous one stays.
        run(issued(issue(pem(run(requests(ARM))))));
        assertThat(build.file(ARM + "-previous")).isEqualTo(before);
    }

    @Test
    public void whatTheStampServesIsNeverOverwrittenAsThePreviousOne() throws Exception {
        final byte[] served =
                east.simulated.served(CertificateFolder.ARM_PUBLIC).pfx(RotatingStamp.SET_PASSWORD.toCharArray());
        final byte[] other = east.simulated
                .issue(east.simulated.specimen(CertificateFolder.ARM_PUBLIC, 30))
                .pfx(RotatingStamp.SET_PASSWORD.toCharArray());
        build.keep(ARM, other);
        build.keep(ARM + "-previous", served);
        final String answer = issue(pem(run(requests(ARM))));

        assertThatThrownBy(() -> run(issued(answer)))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("holds what the stamp serves now");
        assertThat(build.file(ARM + "-previous")).isEqualTo(served);
        assertThat(build.file(ARM)).isEqualTo(other);
    }

    @Test
    public void aCertificateCredentialIsLeftAlone() throws Exception {
        east.renew(build);
        final Map<String, String> before = build.contents();
        assertThat(build.kind("ACSQueue")).contains("certificate");
        final Map<String, Object> made = run(requests("ACSQueue"));
        assertThat(String.valueOf(made.get("warnings"))).contains("ACSQueue: ", "only written as a secret file");
        final String answer = issue(pem(made));

        assertThatThrownBy(() -> run(issued(answer)))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("only written as a secret file");
        assertThat(build.contents()).containsAllEntriesOf(before);
        assertThat(build.kind("ACSQueue")).contains("certificate");
    }

    @Test
    public void whatCantBeKeptIsRefusedBeforeAKeyIsMade() throws Exception {
        build.readOnly = true;
        assertThatThrownBy(() -> run(requests(ARM)))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("no key can be kept");
        build.readOnly = false;
        build.hidden.add(KEY);
        assertThatThrownBy(() -> run(requests(ARM)))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("may be there, and this job may not use it");
        build.hidden.clear();
        build.job = "elsewhere/east";
        assertThatThrownBy(() -> run(requests(ARM)))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("may not make requests");
        assertThat(build.written).isEmpty();
    }

    @Test
    public void aPendingKeyThatDoesNotOpenIsNeverReplaced() throws Exception {
        run(requests(ARM));
        final String right = build.passwords.put(PASSPHRASE, "not the passphrase");
        final byte[] sealed = build.file(KEY);

        assertThatThrownBy(() -> run(requests(ARM)))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("does not open");
        assertThatThrownBy(() -> run(newKeys(ARM))).isInstanceOf(Rejected.class).hasMessageContaining("does not open");
        assertThat(build.file(KEY)).isEqualTo(sealed);

        build.passwords.put(PASSPHRASE, right);
        assertThat(list(run(requests(ARM)), "requests").get(0)).containsEntry("again", true);
    }

    @Test
    public void aPassphraseOfSomebodyElseThatIsTooShortIsSaidAndLeftAlone() throws Exception {
        build.passwords.put(PASSPHRASE, "short");
        assertThatThrownBy(() -> run(requests(ARM)))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("too short to seal a key");
        assertThat(build.passwords).containsEntry(PASSPHRASE, "short");
    }

    /** A fault at one write. */
    private interface Trial {
        void of(String call, MemoryStore.Fault fault) throws Exception;
    }

    private static void everyEndOf(final Trial trial, final String... calls) throws Exception {
        for (final MemoryStore.Fault fault : MemoryStore.Fault.values()) {
            for (final String call : calls) {
                if (fault != MemoryStore.Fault.NONE) {
                    trial.of(call, fault);
                }
            }
        }
    }

    @Test
    public void whateverEndsARunAtAWriteNoRequestIsShownWithoutItsKeyAndTheNextRunGoesOn() throws Exception {
        everyEndOf(
                (call, fault) -> {
                    build.forget(KEY);
                    build.forget(PASSPHRASE);
                    build.log.clear();
                    build.files.clear();
                    failing(call, fault, requests(ARM));
                    assertThat(build.log).as(call + " " + fault).noneMatch(line -> line.contains(".req"));
                    assertThat(build.files).isEmpty();
                    kept(run(requests(ARM)));
                },
                "secret " + PASSPHRASE,
                "file " + KEY);
    }

    @Test
    public void whateverEndsTheSettingAsideOfAKeyThatKeyIsStillThere() throws Exception {
        everyEndOf(
                (call, fault) -> {
                    build.forget(ARM + "-key-previous");
                    build.forget(PASSPHRASE + "-previous");
                    run(requests(ARM));
                    final PrivateKey old = kept(KEY, PASSPHRASE);
                    failing(call, fault, newKeys(ARM));
                    assertThat(kept(KEY, PASSPHRASE).equals(old)
                                    || kept(ARM + "-key-previous", PASSPHRASE + "-previous")
                                            .equals(old))
                            .as(call + " " + fault)
                            .isTrue();
                    kept(run(requests(ARM)));
                },
                "secret " + PASSPHRASE + "-previous",
                "file " + ARM + "-key-previous",
                "file " + KEY);
    }

    @Test
    public void whateverEndsAJoinBothKeyStoresAndTheKeyAreThereAndTheNextRunGoesOn() throws Exception {
        final byte[] before = east.simulated
                .issue(east.simulated.specimen(CertificateFolder.ARM_PUBLIC, 30))
                .pfx(RotatingStamp.SET_PASSWORD.toCharArray());
        final String answer = issue(pem(run(requests(ARM))));
        final PrivateKey key = kept(KEY, PASSPHRASE);
        everyEndOf(
                (call, fault) -> {
                    build.forget(ARM + "-previous");
                    build.keep(ARM, before);
                    failing(call, fault, issued(answer));
                    assertThat(kept(KEY, PASSPHRASE)).isEqualTo(key);
                    assertThat(List.of(text(build.file(ARM)), build.contents().getOrDefault(ARM + "-previous", "")))
                            .as(call + " " + fault)
                            .contains(text(before));
                    run(issued(answer));
                    assertThat(build.file(ARM + "-previous")).isEqualTo(before);
                    assertThat(build.file(ARM)).isNotEqualTo(before);
                },
                "file " + ARM + "-previous",
                "file " + ARM);
    }

    @Test
    public void whateverEndsTheDeletionOfAServedKeyItIsInItsKeyStoreAndTheNextRunGoesOn() throws Exception {
        final IssuedCertificate served = east.simulated.served(CertificateFolder.ARM_PUBLIC);
        final byte[] keyStore = served.pfx(RotatingStamp.SET_PASSWORD.toCharArray());
        build.keep(ARM, keyStore);
        everyEndOf(
                (call, fault) -> {
                    build.passwords.put(PASSPHRASE, "correct horse battery");
                    build.keep(KEY, SealedKey.seal(served.key(), "correct horse battery".toCharArray(), east.random));
                    failing(call, fault, requests(ARM));
                    assertThat(build.file(ARM)).isEqualTo(keyStore);
                    kept(run(requests(ARM)));
                    assertThat(kept(KEY, PASSPHRASE)).isNotEqualTo(served.key());
                },
                "delete " + KEY,
                "delete " + PASSPHRASE);
    }

    @Test
    public void aServedKeyThatIsInNoKeyStoreIsNotDeleted() throws Exception {
        final PrivateKey served =
                east.simulated.served(CertificateFolder.ARM_PUBLIC).key();
        build.passwords.put(PASSPHRASE, "correct horse battery");
        build.keep(KEY, SealedKey.seal(served, "correct horse battery".toCharArray(), east.random));

        assertThat(list(run(requests(ARM)), "requests").get(0)).containsEntry("again", true);
        assertThat(kept(KEY, PASSPHRASE)).isEqualTo(served);
        assertThat(build.log).anyMatch(line -> line.contains("does not hold that key. It stays"));
    }

    private static String text(final byte[] content) {
        return Base64.getEncoder().encodeToString(content);
    }

    /** The request that is shown is that of the key that is kept. */
    private void kept(final Map<String, Object> result) throws Exception {
        final Path place = folder.newFolder().toPath();
        Files.writeString(place.resolve("a.req"), pem(result));
        Files.write(place.resolve("key.pem"), build.file(KEY));
        final DebianProgram openssl = DebianProgram.required("openssl", "openssl");
        final String passphrase = "pass:" + new String(build.password(PASSPHRASE));
        assertThat(openssl.run(place, "pkey", "-in", "key.pem", "-passin", passphrase, "-pubout"))
                .isEqualTo(openssl.run(place, "req", "-in", "a.req", "-noout", "-pubkey"));
    }

    private void failing(
            final String call, final MemoryStore.Fault fault, final CertificateRequestsArguments arguments) {
        final Map<String, Boolean> met = new LinkedHashMap<>();
        build.faults = one -> one.equals(call) && met.put(one, true) == null ? fault : MemoryStore.Fault.NONE;
        final Throwable thrown = catchThrowable(() -> run(arguments));
        build.faults = one -> MemoryStore.Fault.NONE;
        assertThat(met).as(call).isNotEmpty();
        assertThat(thrown)
                .as(call + " " + fault)
                .isInstanceOf(fault.name().startsWith("KILLED") ? MemoryStore.Killed.class : NotWrittenException.class);
        if (thrown instanceof NotWrittenException) {
            assertThat(thrown).hasMessageContaining("the same step again goes on from here");
        }
    }
}
