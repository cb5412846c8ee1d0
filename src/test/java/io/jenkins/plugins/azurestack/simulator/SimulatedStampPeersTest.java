package io.jenkins.plugins.azurestack.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.peer.DebianProgram;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What OpenSSL makes of the simulated stamp: its certificates are real ones, and so are its handshakes. */
public class SimulatedStampPeersTest {
    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static final Stamp EAST = new Stamp(
            "east",
            "east",
            "azurestack.contoso.com",
            IdentityProvider.AAD,
            Set.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Set.of());

    private static SimulatedStamp simulated;
    private static Path folder;

    @BeforeClass
    public static void start() throws Exception {
        simulated = SimulatedStamp.start(EAST, Clock.systemUTC());
        folder = FOLDER.getRoot().toPath();
        Files.writeString(
                folder.resolve("root.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(simulated.authority().root().getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }

    @AfterClass
    public static void stop() throws IOException {
        simulated.close();
    }

    private static DebianProgram openssl() {
        return DebianProgram.required("openssl", "openssl");
    }

    private static String connect(final String host, final String... more) throws Exception {
        final String[] arguments = new String[10 + more.length];
        System.arraycopy(
                new String[] {
                    "s_client",
                    "-connect",
                    "127.0.0.1:" + simulated.frontEndAddress().getPort(),
                    "-servername",
                    host,
                    "-verify_hostname",
                    host,
                    "-verify_return_error",
                    "-CAfile",
                    "root.pem"
                },
                0,
                arguments,
                0,
                10);
        System.arraycopy(more, 0, arguments, 10, more.length);
        return openssl().run(folder, arguments);
    }

    @Test
    public void opensslTrustsAGoodFrontEndUnderItsName() throws Exception {
        for (final String version : List.of("-tls1_2", "-tls1_3")) {
            assertThat(connect("x7.blob.east.azurestack.contoso.com", version))
                    .contains("Verify return code: 0 (ok)", "Contoso Issuing CA");
        }
        assertThat(simulated.settle(Duration.ofSeconds(20))).isTrue();
        assertThat(simulated.ledger().handshakesOf(CertificateFolder.ACS_BLOB))
                .extracting(Ledger.Handshake::name)
                .containsOnly("x7.blob.east.azurestack.contoso.com");
    }

    @Test
    public void opensslSeesThatOneHasExpired() {
        assertThatThrownBy(() -> connect("adminportal.east.azurestack.contoso.com"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("certificate has expired");
    }

    @Test
    public void opensslIsToldThatAForeignNameIsUnknown() {
        assertThatThrownBy(() -> connect("portal.west.azurestack.contoso.com"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unrecognized name");
    }

    @Test
    public void opensslOpensAKeyStoreOfTheSet() throws Exception {
        final char[] password = "Simulated1".toCharArray();
        Files.write(
                folder.resolve("set.pfx"),
                simulated.served(CertificateFolder.ARM_PUBLIC).pfx(password));
        assertThat(openssl().run(folder, "pkcs12", "-in", "set.pfx", "-passin", "pass:Simulated1", "-nodes", "-info"))
                .contains("management.east.azurestack.contoso.com", "Contoso Issuing CA", "BEGIN PRIVATE KEY");
    }
}
