package io.jenkins.plugins.azurestack.certificate.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.StampVersion;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;

/** The words of the checks, and what they ask of the world. */
public class PfxReadinessTest {
    private static Outcome outcome(final Case one, final ReadinessCheck check) throws Exception {
        return one.judge(null).outcome(check);
    }

    private static Case of(final Pfx file) {
        return Case.good("", tools -> file.bytes());
    }

    private static Pfx withoutKey() throws Exception {
        return new Pfx().leaf(Recipe.leaf(OneDefectTest.PORTAL), 1).certificates(Recipe.issuing(), Recipe.root());
    }

    private static Pfx whole() throws Exception {
        return withoutKey().key(Keys.rsa("leaf").getPrivate(), 1);
    }

    @Test
    public void checksHaveTheNamesAndTheOrderOfTheReadinessChecker() {
        assertThat(Arrays.stream(ReadinessCheck.values()).map(ReadinessCheck::title))
                .containsExactly(
                        "PFX Encryption",
                        "Expiry Date",
                        "Signature Algorithm",
                        "DNS Names",
                        "Key Usage",
                        "Key Length",
                        "Parse PFX",
                        "Private Key",
                        "Cert Chain",
                        "Chain Order",
                        "Other Certificates",
                        "HTTP CRL");
        assertThat(Arrays.stream(Status.values()).map(Status::label))
                .containsExactlyInAnyOrder("OK", "Warning", "Fail", "Skipped");
    }

    @Test
    public void messagesAreThoseOfTheReadinessCheckerWhereTheyAreKnown() throws Exception {
        assertThat(outcome(of(whole()).openedWith("wrong"), ReadinessCheck.PARSE_PFX)
                        .message())
                .startsWith("The provided password for the certificate is not correct.");
        assertThat(outcome(of(withoutKey()), ReadinessCheck.PRIVATE_KEY).message())
                .isEqualTo("The certificate does not contain a private key.");
        final Case other = of(whole()).in(CertificateFolder.ADMIN_PORTAL);
        assertThat(outcome(other, ReadinessCheck.DNS_NAMES).message())
                .isEqualTo(
                        "The certificate records 'portal.east.azurestack.contoso.com' do not contain a record that is"
                                + " valid for 'adminportal.east.azurestack.contoso.com'.");
        assertThat(outcome(other, ReadinessCheck.OTHER_CERTIFICATES).message())
                .isEqualTo("The Other Certificates check was skipped because Cert Chain and/or DNS Names failed.");
    }

    @Test
    public void encryptionIsToldEvenOfAFileThatDoesNotOpen() throws Exception {
        assertThat(outcome(of(whole()).openedWith("wrong"), ReadinessCheck.PFX_ENCRYPTION)
                        .status())
                .isEqualTo(Status.OK);
    }

    @Test
    public void theListIsAskedForOnlyWhereTheCertificateNamesOne() throws Exception {
        final CrlProbe never = url -> {
            throw new AssertionError("asked for " + url);
        };
        final Pfx file = new Pfx()
                .leaf(Recipe.leaf(OneDefectTest.PORTAL, recipe -> recipe.lists.clear()), 1)
                .key(Keys.rsa("leaf").getPrivate(), 1);

        assertThat(outcome(of(file).with(never), ReadinessCheck.HTTP_CRL).reason())
                .isEqualTo(Reason.NO_HTTP_CRL);
    }

    @Test
    public void theAnswerSaysFromWhereItWasProbed() throws Exception {
        assertThat(outcome(of(whole()), ReadinessCheck.HTTP_CRL).message())
                .isEqualTo(Recipe.CRL + " (asked from the tests) answers.");
        assertThat(outcome(
                                of(whole()).with(Case.saying(new CrlProbe.Result.Failed("refused"))),
                                ReadinessCheck.HTTP_CRL)
                        .message())
                .isEqualTo("No revocation list can be fetched: " + Recipe.CRL + " (asked from the tests): refused.");
    }

    @Test
    public void aCertificateWithManyAddressesDoesNotMakeUsAskForAll() throws Exception {
        final AtomicInteger asked = new AtomicInteger();
        final Pfx file = new Pfx()
                .leaf(
                        Recipe.leaf(OneDefectTest.PORTAL, recipe -> {
                            for (int i = 0; i < 100; i++) {
                                recipe.lists.add("http://host" + i + "/a.crl");
                            }
                        }),
                        1)
                .key(Keys.rsa("leaf").getPrivate(), 1);

        outcome(
                of(file).with(url -> {
                    asked.incrementAndGet();
                    return new CrlProbe.Answer("here", new CrlProbe.Result.Failed("refused"));
                }),
                ReadinessCheck.HTTP_CRL);

        assertThat(asked).hasValue(4);
    }

    @Test
    public void aRememberingProbeAsksForEachListOnce() throws Exception {
        final AtomicInteger asked = new AtomicInteger();
        final CrlProbe probe = CrlProbe.remembering(url -> {
            asked.incrementAndGet();
            return new CrlProbe.Answer("here", new CrlProbe.Result.Failed("refused"));
        });

        final CrlProbe.Answer first = probe.ask(URI.create(Recipe.CRL));

        assertThat(probe.ask(URI.create(Recipe.CRL))).isEqualTo(first);
        assertThat(asked).hasValue(1);
        probe.ask(URI.create("http://other/a.crl"));
        assertThat(asked).hasValue(2);
    }

    @Test
    public void onlyReleasesThatAreKnownNotToAskForClientAuthenticationDoWithoutTheWarning() {
        assertThat(ClientAuthentication.of(StampVersion.parse("1.2408.1.50")))
                .isEqualTo(ClientAuthentication.NOT_ASKED);
        assertThat(ClientAuthentication.of(StampVersion.parse("1.2311.1.22")))
                .isEqualTo(ClientAuthentication.WARNED_OF);
        assertThat(ClientAuthentication.of(StampVersion.UNKNOWN)).isEqualTo(ClientAuthentication.WARNED_OF);
    }

    @Test
    public void theWorstOutcomeIsTheFiles() throws Exception {
        assertThat(of(whole()).judge(null).status()).isEqualTo(Status.OK);
        assertThat(of(withoutKey()).judge(null).status()).isEqualTo(Status.FAIL);
    }

    @Test
    public void nothingThatIsShownHoldsThePassword() throws Exception {
        assertThat(of(whole()).judge(null).toString()).doesNotContain(Pfx.PASSWORD);
        assertThat(of(whole()).openedWith("Wrong" + Pfx.PASSWORD).judge(null).toString())
                .doesNotContain(Pfx.PASSWORD);
    }
}
