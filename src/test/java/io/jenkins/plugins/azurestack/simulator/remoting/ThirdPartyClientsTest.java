package io.jenkins.plugins.azurestack.simulator.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.peer.DebianProgram;
import io.jenkins.plugins.azurestack.peer.PemFiles;
import io.jenkins.plugins.azurestack.simulator.world.Ledger.Call;
import io.jenkins.plugins.azurestack.simulator.world.Ledger.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/** Clients that nobody here wrote log on to the simulated endpoint, and read what it answers. */
public class ThirdPartyClientsTest {
    /** What WinRM says who it is. */
    private static final String VENDOR = "VENDOR Microsoft Corporation";
    /** MD4 lies in OpenSSL's legacy provider. */
    public static final String LEGACY =
            """
            openssl_conf = openssl_init
            [openssl_init]
            providers = providers
            [providers]
            default = default_provider
            legacy = legacy_provider
            [default_provider]
            activate = 1
            [legacy_provider]
            activate = 1
            """;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final Timeout limit = Timeout.seconds(120);

    private RunningEndpoint server;
    private Path directory;
    private String http;
    private String https;
    private String authority;

    @Before
    public void listen() throws Exception {
        server = new RunningEndpoint();
        directory = folder.getRoot().toPath();
        http = "http://127.0.0.1:" + server.httpPort() + "/wsman";
        https = "https://localhost:" + server.httpsPort() + "/wsman";
        authority = PemFiles.write(
                        directory,
                        "root.pem",
                        List.of(RunningEndpoint.authority().root()))
                .toString();
        Files.writeString(directory.resolve("users"), "AzureStack:CloudAdmin:" + TestAccounts.PASSWORD + "\n");
    }

    @After
    public void stopListening() throws Exception {
        server.close();
    }

    private List<String> gss(final String... arguments) throws IOException, InterruptedException {
        PythonClient.require("gssapi", "gss-ntlmssp and python3-gssapi");
        final String[] all = new String[arguments.length + 1];
        all[0] = directory.toString();
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return PythonClient.run(directory, "gss_client.py", List.of(), all);
    }

    @Test
    public void gssNtlmsspSealsOnHttp() throws Exception {
        assertThat(gss(http, "ntlm", "none")).containsExactly("STATUS 200", VENDOR, VENDOR, VENDOR);
        assertThat(server.ledger.calls(Service.WSMAN))
                .extracting(Call::action, Call::identity, Call::outcome)
                .startsWith(Tuple.tuple("Logon", "AzureStack\\CloudAdmin", "done"));
    }

    @Test
    public void gssNtlmsspSealsOnHttpThroughSpnego() throws Exception {
        assertThat(gss(http, "spnego", "none")).containsExactly("STATUS 200", VENDOR, VENDOR, VENDOR);
    }

    @Test
    public void gssNtlmsspBindsItsLogonToTls() throws Exception {
        assertThat(gss(https, "ntlm", "right", authority)).containsExactly("STATUS 200", VENDOR, VENDOR, VENDOR);
        assertThat(gss(https, "spnego", "right", authority)).containsExactly("STATUS 200", VENDOR, VENDOR, VENDOR);
    }

    @Test
    public void aLogonThatIsBoundToNoChannelIsAcceptedAsWindowsDoesByDefault() throws Exception {
        assertThat(gss(https, "ntlm", "none", authority)).containsExactly("STATUS 200", VENDOR, VENDOR, VENDOR);
    }

    @Test
    public void aLogonThatIsBoundToAnotherCertificateIsRefused() throws Exception {
        assertThat(gss(https, "ntlm", "wrong", authority)).containsExactly("STATUS 401");
        assertThat(server.ledger.calls(Service.WSMAN, "Logon"))
                .extracting(Call::outcome)
                .containsExactly("wrong-channel-binding");
    }

    @Test
    public void aWrongPasswordOfGssNtlmsspIsRefused() throws Exception {
        Files.writeString(directory.resolve("users"), "AzureStack:CloudAdmin:wrong\n");

        assertThat(gss(http, "ntlm", "none")).containsExactly("STATUS 401");
        assertThat(server.ledger.calls(Service.WSMAN, "Logon"))
                .extracting(Call::outcome)
                .containsExactly("wrong-password");
    }

    private List<String> winrm(final String... arguments) throws IOException, InterruptedException {
        PythonClient.require("winrm, requests_ntlm", "python3-winrm and python3-requests-ntlm");
        final Path legacy = Files.writeString(directory.resolve("openssl.cnf"), LEGACY);
        return PythonClient.run(directory, "winrm_client.py", List.of("OPENSSL_CONF=" + legacy), arguments);
    }

    @Test
    public void pywinrmSealsOnHttpAndGetsNoCommandShell() throws Exception {
        assertThat(winrm(http, "ntlm", TestAccounts.USER, TestAccounts.PASSWORD))
                .singleElement()
                .asString()
                .contains("2150858811");
        assertThat(server.ledger.calls(Service.WSMAN))
                .extracting(Call::action, Call::outcome)
                .containsExactly(Tuple.tuple("Logon", "done"), Tuple.tuple("Create", "no-such-resource"));
    }

    @Test
    public void pywinrmGetsNoCommandShellOnHttpsEither() throws Exception {
        assertThat(winrm(https, "ntlm", TestAccounts.USER, TestAccounts.PASSWORD, authority))
                .singleElement()
                .asString()
                .contains("2150858811");
        assertThat(winrm(https, "ssl", TestAccounts.USER, TestAccounts.PASSWORD, authority))
                .singleElement()
                .asString()
                .contains("2150858811");
    }

    @Test
    public void pywinrmsWrongPasswordIsRefused() throws Exception {
        assertThat(winrm(http, "ntlm", TestAccounts.USER, "wrong")).containsExactly("REFUSED");
    }

    private String curl(final String... arguments) throws IOException, InterruptedException {
        return DebianProgram.required("curl", "curl").run(directory, arguments);
    }

    @Test
    public void curlIsToldWhatItMayLogOnWith() throws Exception {
        final String onHttp = curl("-sS", "-i", "-X", "POST", "-d", "", http);
        final String onHttps = curl("-sS", "-i", "-X", "POST", "-d", "", "--cacert", authority, https);

        assertThat(onHttp).startsWith("HTTP/1.1 401").contains("WWW-Authenticate: Negotiate");
        assertThat(onHttp).doesNotContain("Basic").contains("Server: Microsoft-HTTPAPI/2.0");
        assertThat(onHttps)
                .startsWith("HTTP/1.1 401")
                .contains("WWW-Authenticate: Negotiate", "WWW-Authenticate: Basic realm=\"WSMAN\"");
    }

    @Test
    public void curlLogsOnWithBasicOnTlsOnly() throws Exception {
        final String login = TestAccounts.USER + ":" + TestAccounts.PASSWORD;

        assertThat(identify("--basic", "-u", login, "--cacert", authority, https))
                .contains("Microsoft Corporation");
        assertThat(identify("--basic", "-u", login, http)).startsWith("HTTP/1.1 401");
    }

    private String identify(final String... arguments) throws IOException, InterruptedException {
        final Path body = Files.writeString(
                directory.resolve("identify.xml"),
                "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Header/><s:Body><i:Identify"
                        + " xmlns:i=\"http://schemas.dmtf.org/wbem/wsman/identify/1/wsmanidentity.xsd\"/></s:Body>"
                        + "</s:Envelope>");
        final String[] all = new String[arguments.length + 6];
        System.arraycopy(arguments, 0, all, 6, arguments.length);
        all[0] = "-sS";
        all[1] = "-i";
        all[2] = "-H";
        all[3] = "Content-Type: application/soap+xml;charset=UTF-8";
        all[4] = "--data-binary";
        all[5] = "@" + body;
        return curl(all);
    }

    @Test
    public void anybodyMayAskWhoTheServiceIs() throws Exception {
        assertThat(identify("-H", "WSMANIDENTIFY: unauthenticated", http))
                .startsWith("HTTP/1.1 200")
                .contains("<wsmid:ProductVendor>Microsoft Corporation</wsmid:ProductVendor>");
    }
}
