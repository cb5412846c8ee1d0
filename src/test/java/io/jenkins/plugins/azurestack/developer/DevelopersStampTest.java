package io.jenkins.plugins.azurestack.developer;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.certificate.Pem;
import io.jenkins.plugins.azurestack.wiring.Route;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The simulated stamp of a developer's Jenkins, the mail server beside it, and the authority behind that. */
public class DevelopersStampTest {
    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private DevelopersStamp start() throws IOException {
        return DevelopersStamp.start(home(), workspaces());
    }

    private Path home() {
        return temporary.getRoot().toPath().resolve("simulated-stamp");
    }

    private Path workspaces() {
        return temporary.getRoot().toPath().resolve("workspace");
    }

    @Test
    public void aRestartedOneIsTheSame() throws Exception {
        final byte[] root;
        try (DevelopersStamp stamp = start()) {
            root = stamp.root();
        }
        try (DevelopersStamp stamp = start()) {
            assertThat(stamp.root()).isEqualTo(root);
        }
    }

    @Test
    public void itIsReachedByItsNamesAndItsShareWithoutSmb() throws Exception {
        try (DevelopersStamp stamp = start()) {
            final Route route = stamp.route();
            assertThat(route.shares()).isPresent();
            try (Socket socket = route.network().connect("10.30.0.225", 5985, Duration.ofSeconds(10))) {
                assertThat(socket.getInetAddress().isLoopbackAddress()).isTrue();
            }
        }
    }

    @Test
    public void renewedCertificatesOpenWithThePasswordOfTheSet() throws Exception {
        try (DevelopersStamp stamp = start()) {
            for (final byte[] pfx : stamp.renewed().values()) {
                final KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(new ByteArrayInputStream(pfx), DevelopersStamp.SET_PASSWORD.toCharArray());
                assertThat(store.size()).isEqualTo(1);
            }
        }
    }

    @Test
    public void aMailIsKeptAsItWasWritten() throws Exception {
        try (DevelopersStamp stamp = start()) {
            mail(stamp.mailPort(), "azure-stack-operators@contoso.com", "Subject: Stamp east", "", "..two dots", "end");
        }
        assertThat(mails()).containsExactly("Subject: Stamp east\n\n.two dots\nend\n");
    }

    @Test
    public void requestsInAWorkspaceAreAnsweredOnceTheAuthorityGetsAMail() throws Exception {
        final KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        final KeyPair old = generator.generateKeyPair();
        final KeyPair pair = generator.generateKeyPair();
        final Path workspace = Files.createDirectories(workspaces().resolve("azure-stack/requests"));
        request(workspace.resolve("portal_CertRequest_20260101000000.req"), old, 1);
        request(workspace.resolve("portal_CertRequest_20260102000000.req"), pair, 2);
        final Path answer = workspace.resolve("issued/east.p7b");
        try (DevelopersStamp stamp = start()) {
            mail(stamp.mailPort(), "azure-stack-operators@contoso.com", "", "not for the authority");
            assertThat(answer).doesNotExist();

            mail(stamp.mailPort(), DevelopersStamp.AUTHORITY, "", "Please answer those");
        }
        final X509Certificate first = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificates(Files.newInputStream(answer))
                .iterator()
                .next();
        assertThat(first.getPublicKey()).isEqualTo(pair.getPublic());
    }

    private static void request(final Path file, final KeyPair pair, final long modified) throws Exception {
        final String name = "portal.east.azurestack.contoso.com";
        final ExtensionsGenerator wanted = new ExtensionsGenerator();
        wanted.addExtension(
                Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
        Files.write(
                file,
                Pem.of(
                        "CERTIFICATE REQUEST",
                        new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=" + name), pair.getPublic())
                                .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, wanted.generate())
                                .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()))
                                .getEncoded()));
        assertThat(file.toFile().setLastModified(modified * 1000)).isTrue();
    }

    private List<String> mails() throws IOException {
        final List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.list(home().resolve("mails"))) {
            for (final Path file : files.toList()) {
                texts.add(Files.readString(file).replace("\r", ""));
            }
        }
        return texts;
    }

    private static void mail(final int port, final String to, final String... lines) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            assertThat(in.readLine()).startsWith("220 ");
            say(socket, in, "EHLO jenkins", "250 ");
            say(socket, in, "MAIL FROM:<jenkins@contoso.com>", "250 ");
            say(socket, in, "RCPT TO:<" + to + ">", "250 ");
            say(socket, in, "DATA", "354 ");
            say(socket, in, String.join("\r\n", lines) + "\r\n.", "250 ");
            say(socket, in, "QUIT", "221 ");
        }
    }

    private static void say(final Socket socket, final BufferedReader in, final String line, final String answer)
            throws IOException {
        final OutputStream out = socket.getOutputStream();
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        assertThat(in.readLine()).startsWith(answer);
    }
}
